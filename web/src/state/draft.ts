/** The proposal being worked on for a parcel, kept in this browser until it is cleared. */
import { computed, ref, watch } from 'vue'
import type { Existing, ProposalDocument, StoreyProperties } from '@/api/shapes'
import type { LonLat } from '@/map/geometry'

export interface Mass extends StoreyProperties {
  id: string
  /** Rings of each polygon, open (the first corner is not repeated), longitude and latitude. */
  polygons: LonLat[][][]
}
export interface Draft {
  masses: Mass[]
  strip_ceded: boolean
  /** Null: not said. */
  parking_spaces: number | null
  existing: Existing
}

const empty = (): Draft => ({ masses: [], strip_ceded: false, parking_spaces: 0, existing: null })
export const draft = ref<Draft>(empty())
export const activeId = ref<string | null>(null)
export const draftOf = ref<string | null>(null)
/** The storey that was deleted last, to be put back, until another act takes its place. */
export const removed = ref<Mass | null>(null)

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
  removed.value = draft.value.masses.find((m) => m.id === id) ?? null
  draft.value.masses = draft.value.masses.filter((m) => m.id !== id)
  if (activeId.value === id) activeId.value = section.value[0]?.id ?? null
}

export function putBack(): void {
  if (!removed.value) return
  draft.value.masses.push(removed.value)
  activeId.value = removed.value.id
  removed.value = null
}

export function clearDraft(): void {
  removed.value = null
  draft.value = empty()
  activeId.value = null
}

export function replaceDraft(next: Draft): void {
  removed.value = null
  draft.value = next
  activeId.value = next.masses[0]?.id ?? null
}

function closed(ring: LonLat[]): LonLat[] {
  const first = ring[0]
  return first ? [...ring, first] : []
}

/** The draft as the API takes it, in 4326. */
export function documentOf(now: Draft): ProposalDocument {
  return {
    type: 'FeatureCollection',
    srid: 4326,
    proposal: {
      strip_ceded: now.strip_ceded,
      parking_spaces: typeof now.parking_spaces === 'number' ? now.parking_spaces : null,
      existing: now.existing,
    },
    features: now.masses.map(({ polygons, id: _id, ...properties }) => ({
      type: 'Feature',
      properties,
      geometry:
        polygons.length === 1
          ? { type: 'Polygon', coordinates: (polygons[0] ?? []).map(closed) }
          : { type: 'MultiPolygon', coordinates: polygons.map((rings) => rings.map(closed)) },
    })),
  }
}

/** The draft as it stands, to be put back by `replaceDraft`. */
export function copyOfDraft(): Draft {
  return JSON.parse(JSON.stringify(draft.value)) as Draft
}

/** Only a single outline without holes is edited by its corners. */
export function editableRing(mass: Mass | null): LonLat[] | null {
  const only = mass?.polygons.length === 1 ? mass.polygons[0] : undefined
  return only?.length === 1 ? (only[0] ?? null) : null
}
