import { shallowRef } from 'vue'

/** The tracking codes of the list the person last saw, in its order: the way from one file to the next. */
export const queue = shallowRef<readonly string[]>([])

export function neighbours(code: string): { before: string | null; next: string | null } {
  const at = queue.value.indexOf(code)
  if (at < 0) return { before: null, next: null }
  return { before: queue.value[at - 1] ?? null, next: queue.value[at + 1] ?? null }
}
