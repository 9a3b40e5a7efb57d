import { ref, shallowRef } from 'vue'
import { api, Refusal } from '@/api/client'
import type { Parcel, ParcelHit } from '@/api/shapes'
import { stage } from '@/map/stage'
import { boundsOf, type LonLat } from '@/map/geometry'
import { t } from '@/words'

export const parcel = shallowRef<Parcel | null>(null)
export const parcelProblem = shallowRef<Refusal | null>(null)
export const parcelLoading = ref(false)

let asked: AbortController | null = null

/** Loads the parcel of the address and puts it on the map; a later call wins over an earlier one. */
export async function openParcel(key: string | null, on?: string): Promise<void> {
  asked?.abort()
  parcelProblem.value = null
  if (key === null) {
    parcel.value = null
    stage.value?.choose(null)
    stage.value?.evidence.clear()
    return
  }
  if (parcel.value?.key !== key) {
    parcel.value = null
    stage.value?.evidence.clear()
  }
  const mine = new AbortController()
  asked = mine
  parcelLoading.value = true
  try {
    const found = await api.parcel(key, on, mine.signal)
    if (asked !== mine) return
    parcel.value = found
    stage.value?.choose(found)
  } catch (refusal) {
    if (mine.signal.aborted) return
    if (!(refusal instanceof Refusal)) throw refusal
    parcelProblem.value = refusal
    stage.value?.choose(null)
  } finally {
    if (asked === mine) parcelLoading.value = false
  }
}

/** Why no proposal can be judged on a parcel, in words; empty where one can. */
export function unjudgeable(of: Pick<Parcel, 'street_land' | 'law'>): string {
  if (of.street_land) return t('ask_street')
  return of.law.refusal ? t('ask_no_law') : ''
}

/** Brings the open parcel into view unless all of it is well seen already; near too, where it was not picked on the map. */
export function lookAtParcel(near = true): void {
  const bounds = parcel.value && boundsOf([parcel.value.geometry])
  if (bounds) stage.value?.reveal(bounds, near)
}

export interface Looked {
  at: LonLat
  hit: ParcelHit | null
  near: ParcelHit[]
}

/** The parcel under a point, and the nearest ones when there is none. */
export async function parcelAt(at: LonLat): Promise<Looked> {
  const { items } = await api.parcelsNear(at[0], at[1])
  return { at, hit: items.find((item) => item.contains) ?? null, near: items }
}
