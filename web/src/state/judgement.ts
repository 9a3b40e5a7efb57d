import { computed, ref, shallowRef } from 'vue'
import { api, Refusal } from '@/api/client'
import type { Report } from '@/api/shapes'
import { documentOf, draft } from './draft'

export const report = shallowRef<Report | null>(null)
export const judgeProblem = shallowRef<Refusal | null>(null)
export const judging = ref(false)
const judgedText = ref('')

const textNow = computed(() => JSON.stringify(documentOf(draft.value)))
/** The report speaks of a proposal that has since been changed. */
export const reportIsOld = computed(() => report.value !== null && judgedText.value !== textNow.value)

export function forgetJudgement(): void {
  report.value = null
  judgeProblem.value = null
}

export async function judge(parcel: string, on: string): Promise<void> {
  judging.value = true
  judgeProblem.value = null
  const text = textNow.value
  try {
    report.value = await api.assess(parcel, on, documentOf(draft.value))
    judgedText.value = text
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    report.value = null
    judgeProblem.value = refusal
  } finally {
    judging.value = false
  }
}
