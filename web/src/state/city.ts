import { shallowRef } from 'vue'
import { api, Refusal } from '@/api/client'
import type { City } from '@/api/shapes'

export const city = shallowRef<City | null>(null)
export const cityProblem = shallowRef<Refusal | null>(null)

export async function loadCity(): Promise<void> {
  cityProblem.value = null
  try {
    city.value = await api.city()
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    cityProblem.value = refusal
  }
}
