/** What of the map stands in the address: where one looks, and which layers are on. */
import { computed, ref, watch } from 'vue'
import type { Router } from 'vue-router'
import type { Sight } from '@/map/stage'

export const SWITCHED = ['buildings', 'zones', 'overlays', 'addresses', 'cases'] as const
export type Switched = (typeof SWITCHED)[number]
const AT_FIRST: readonly Switched[] = ['buildings', 'cases']

const chosen = ref<ReadonlySet<Switched>>(new Set(AT_FIRST))
export const shownLayers = computed(() => chosen.value as ReadonlySet<string>)
export const sight = ref<Sight | null>(null)

const REFUSED = 'parvaneh.layers_off'

function remembered(): string[] {
  try {
    return (sessionStorage.getItem(REFUSED) ?? '').split(',')
  } catch (refusal) {
    // A browser that keeps nothing (private mode) still obeys until the page is loaded anew.
    console.info('layers are not remembered here', refusal)
    return []
  }
}
/** What the person has switched off; it stays off for the session, however much a page would like to show it. */
const refused = new Set(remembered())

/** A page brings a layer to what it tells of, unless the person has switched that layer off. */
export function showLayer(layer: Switched): void {
  if (!chosen.value.has(layer) && !refused.has(layer)) flip(layer)
}

/** The person's own act. */
export function toggleLayer(layer: Switched): void {
  if (chosen.value.has(layer)) refused.add(layer)
  else refused.delete(layer)
  flip(layer)
  try {
    sessionStorage.setItem(REFUSED, [...refused].join(','))
  } catch (refusal) {
    console.info('layers are not remembered here', refusal)
  }
}

function flip(layer: Switched): void {
  const next = new Set(chosen.value)
  if (!next.delete(layer)) next.add(layer)
  chosen.value = next
}

export function writeSight(s: Sight): string {
  return `${s.lat.toFixed(6)},${s.lon.toFixed(6)},${s.zoom}`
}

export function readSight(text: unknown): Sight | null {
  if (typeof text !== 'string') return null
  const [lat, lon, zoom] = text.split(',').map(Number)
  if (lat === undefined || lon === undefined || zoom === undefined) return null
  if (!(Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom >= 11 && zoom <= 22)) return null
  return { lat, lon, zoom: Math.round(zoom) }
}

function layersText(): string | undefined {
  const first = new Set<string>(AT_FIRST)
  const same = first.size === chosen.value.size && [...chosen.value].every((layer) => first.has(layer))
  return same ? undefined : [...chosen.value].sort().join(',') || 'none'
}

/** Keeps address and map in step. A move of the map replaces the address, so Back leads to the page before, not the pixel before. */
export function bindPlace(router: Router): void {
  const query = router.currentRoute.value.query
  sight.value = readSight(query.at)
  if (typeof query.layers === 'string') {
    chosen.value = new Set(SWITCHED.filter((layer) => String(query.layers).split(',').includes(layer)))
  }
  // A page that is on its way (its program may still be loading) must not be overtaken by a mere change of the view.
  let going = false
  const write = (): void => {
    if (going) return
    const now = router.currentRoute.value
    const at = sight.value ? writeSight(sight.value) : undefined
    const layers = layersText()
    if (now.query.at === at && now.query.layers === layers) return
    void router.replace({ ...now, query: { ...now.query, at, layers }, hash: now.hash })
  }
  let timer = 0
  watch([sight, chosen], () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(write, 250)
  })
  router.beforeEach(() => void (going = true))
  router.onError(() => (going = false))
  router.afterEach(() => {
    going = false
    window.clearTimeout(timer)
    timer = window.setTimeout(write, 250)
  })
}
