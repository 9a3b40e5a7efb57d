import { computed, ref, shallowRef } from 'vue'
import { api, onLoggedOut, Refusal, useCsrf } from '@/api/client'
import type { Person, Role, Session } from '@/api/shapes'

export const person = shallowRef<Person | null>(null)
export const loginOpen = ref(false)

function accept(session: Session): void {
  person.value = session.person
  useCsrf(session.csrf)
}

onLoggedOut(() => accept({ person: null, csrf: null }))

export async function loadSession(): Promise<void> {
  try {
    accept(await api.session())
  } catch (refusal) {
    // Without an answer nobody is logged in; the city's own loading shows what is wrong with the service.
    if (!(refusal instanceof Refusal)) throw refusal
    accept({ person: null, csrf: null })
  }
}

export async function logIn(username: string, password: string): Promise<void> {
  accept(await api.logIn(username, password))
}

export async function logOut(): Promise<void> {
  await api.logOut()
  accept({ person: null, csrf: null })
}

export function hasRole(...roles: Role[]): boolean {
  return person.value?.roles.some((role) => (roles as string[]).includes(role)) ?? false
}

export const isStaff = computed(() => hasRole('reviewer', 'planner', 'administrator'))
