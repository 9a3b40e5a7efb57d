/** The proposal being worked on for a parcel, kept in this browser until it is cleared. */
import type { MultiPolygon, Polygon } from 'geojson'
import { computed, ref, watch } from 'vue'
import type { ElementProperties, Existing, ProposalDocument, StoreyProperties } from '@/api/shapes'
import type { LonLat } from '@/map/geometry'

export interface Mass extends StoreyProperties {
  id: string
  /** Rings of each polygon, open (the first corner is not repeated), longitude and latitude. */
  polygons: LonLat[][][]
}
/** What is drawn beside storeys. */
export interface Element extends ElementProperties {
  id: string
  /** As of a storey; empty where it is a line. */
  polygons: LonLat[][][]
  line: LonLat[] | null
}
export interface Draft {
  masses: Mass[]
  elements: Element[]
  /** Kinds of elements, in the plural, that are said to be drawn completely: with none of them drawn, that there are none. */
  drawn: string[]
  neighbour_consents: number[]
  strip_ceded: boolean
  /** Null: not said. */
  parking_spaces: number | null
  existing: Existing
}

const empty = (): Draft => ({
  masses: [],
  elements: [],
  drawn: [],
  neighbour_consents: [],
  strip_ceded: false,
  parking_spaces: 0,
  existing: null,
})
export const draft = ref<Draft>(empty())
export const activeId = ref<string | null>(null)
export const activeElementId = ref<string | null>(null)
export const draftOf = ref<string | null>(null)
/** What was deleted last, with the place it had, to be put back, until another act takes its place. */
export const removed = ref<{ mass: Mass } | { element: Element; number: number; at: number } | null>(null)

const keyOf = (parcel: string): string => `parvaneh.draft.${parcel}`

export function openDraft(parcel: string): void {
  if (draftOf.value === parcel) return
  draftOf.value = parcel
  removed.value = null
  let kept: Draft | null = null
  try {
    const text = localStorage.getItem(keyOf(parcel))
    kept = text ? (JSON.parse(text) as Draft) : null
  } catch (refusal) {
    console.warn('a kept draft could not be read and is left out', refusal)
  }
  draft.value = kept && Array.isArray(kept.masses) ? { ...empty(), ...kept } : empty()
  activeId.value = draft.value.masses[0]?.id ?? null
  activeElementId.value = null
}

watch(
  draft,
  (now) => {
    if (!draftOf.value) return
    try {
      if (now.masses.length) localStorage.setItem(keyOf(draftOf.value), JSON.stringify(now))
      else localStorage.removeItem(keyOf(draftOf.value))
    } catch (refusal) {
      console.info('the draft is not kept here', refusal)
    }
  },
  { deep: true },
)

export const active = computed(() => draft.value.masses.find((m) => m.id === activeId.value) ?? null)
/** The top storey first, as a section is drawn. */
export const section = computed(() => [...draft.value.masses].sort((a, b) => b.level - a.level))

let made = 0
export function newId(): string {
  made += 1
  return `m${Date.now().toString(36)}${made}`
}

/** A first storey lies on the ground; the next one on top of the highest. */
export function addMass(ring: LonLat[]): void {
  removed.value = null
  const levels = draft.value.masses.map((m) => m.level)
  const level = levels.length ? Math.max(...levels) + 1 : 0
  const mass: Mass = {
    id: newId(),
    level,
    kind: 'floor',
    use: 'residential',
    units: 1,
    floor_height_m: 3.2,
    countable_area_m2: null,
    polygons: [[ring]],
  }
  draft.value.masses.push(mass)
  activeId.value = mass.id
}

export function repeatAbove(mass: Mass, count: number): void {
  removed.value = null
  const top = Math.max(...draft.value.masses.map((m) => m.level))
  for (let i = 1; i <= count; i += 1) {
    const { polygons, ...rest } = mass
    draft.value.masses.push({
      ...rest,
      kind: mass.kind === 'basement' || mass.kind === 'pilotis' ? 'floor' : mass.kind,
      id: newId(),
      level: Math.max(top, -1) + i,
      polygons: structuredClone(toPlain(polygons)),
    })
  }
}

function toPlain(polygons: LonLat[][][]): LonLat[][][] {
  return JSON.parse(JSON.stringify(polygons)) as LonLat[][][]
}

export function removeMass(id: string): void {
  const mass = draft.value.masses.find((m) => m.id === id)
  removed.value = mass ? { mass } : null
  draft.value.masses = draft.value.masses.filter((m) => m.id !== id)
  if (activeId.value === id) activeId.value = section.value[0]?.id ?? null
}

export function putBack(): void {
  const was = removed.value
  if (!was) return
  if ('mass' in was) {
    draft.value.masses.push(was.mass)
    activeId.value = was.mass.id
  } else {
    draft.value.elements.splice(was.at, 0, was.element)
    activeElementId.value = was.element.id
  }
  removed.value = null
}

export function clearDraft(): void {
  removed.value = null
  draft.value = empty()
  activeId.value = null
  activeElementId.value = null
}

export function replaceDraft(next: Draft): void {
  removed.value = null
  draft.value = next
  activeId.value = next.masses[0]?.id ?? null
  activeElementId.value = null
}

function closed(ring: LonLat[]): LonLat[] {
  const first = ring[0]
  return first ? [...ring, first] : []
}

/** The draft as the API takes it, in 4326: the storeys, then what is drawn beside them. */
export function documentOf(now: Draft): ProposalDocument {
  const { masses, elements, parking_spaces, ...said } = now
  return {
    type: 'FeatureCollection',
    srid: 4326,
    proposal: { ...said, parking_spaces: typeof parking_spaces === 'number' ? parking_spaces : null },
    features: [
      ...masses.map(({ polygons, id: _id, ...properties }) => ({ type: 'Feature' as const, properties, geometry: areaOf(polygons) })),
      ...elements.map(({ polygons, line, id: _id, ...properties }) => ({
        type: 'Feature' as const,
        properties,
        geometry: line ? { type: 'LineString' as const, coordinates: line } : areaOf(polygons),
      })),
    ],
  }
}

function areaOf(polygons: LonLat[][][]): Polygon | MultiPolygon {
  return polygons.length === 1
    ? { type: 'Polygon', coordinates: (polygons[0] ?? []).map(closed) }
    : { type: 'MultiPolygon', coordinates: polygons.map((rings) => rings.map(closed)) }
}

/** The draft as it stands, to be put back by `replaceDraft`. */
export function copyOfDraft(): Draft {
  return JSON.parse(JSON.stringify(draft.value)) as Draft
}

/** Only a single outline without holes is edited by its corners. */
export function editableRing(shape: Pick<Mass, 'polygons'> | null): LonLat[] | null {
  const only = shape?.polygons.length === 1 ? shape.polygons[0] : undefined
  return only?.length === 1 ? (only[0] ?? null) : null
}
