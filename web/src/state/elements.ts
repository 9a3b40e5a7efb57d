/** What the draft says of projections, light wells, windows, parking spaces and gates, and the few acts on them. */
import { computed } from 'vue'
import type { ElementKind, ElementProperties } from '@/api/shapes'
import type { LonLat } from '@/map/geometry'
import { active, activeElementId, draft, newId, removed, type Draft, type Element } from './draft'

export const ELEMENT_KINDS: readonly ElementKind[] = ['projection', 'light_well', 'window', 'parking_space', 'gate']
const LINES: ReadonlySet<ElementKind> = new Set(['window', 'gate'])
/** Drawn as a line along its wall or boundary, not as an area. */
export const isLine = (kind: ElementKind): boolean => LINES.has(kind)

export interface ElementField {
  name: Exclude<keyof ElementProperties, 'element'>
  sort: 'level' | 'metres' | 'flag' | 'text' | 'word' | 'count'
  /** The words of a `word`, the numbers of a `count`. */
  of?: readonly (string | number)[]
}
const LEVEL: ElementField = { name: 'level', sort: 'level' }
/** What is asked of each kind. What is not said of it leaves only those rules open that need it. */
export const FIELDS: Record<ElementKind, readonly ElementField[]> = {
  projection: [LEVEL, { name: 'underside_m', sort: 'metres' }, { name: 'closed', sort: 'flag' }],
  light_well: [LEVEL, { name: 'serves', sort: 'word', of: ['main', 'minor', 'none'] }],
  window: [LEVEL, { name: 'room', sort: 'word', of: ['main', 'minor'] }, { name: 'sill_m', sort: 'metres' }, { name: 'unit', sort: 'text' }],
  parking_space: [LEVEL, { name: 'cars', sort: 'count', of: [1, 2, 3] }],
  gate: [],
}

/** The elements of a kind in the order of the document: the service calls each by its number in it, from 1. */
export function elementsOf(kind: ElementKind, of: Pick<Draft, 'elements'> = draft.value): Element[] {
  return of.elements.filter(({ element }) => element === kind)
}
export function numberOf({ element, id }: Element, of: Pick<Draft, 'elements'> = draft.value): number {
  return elementsOf(element, of).findIndex((one) => one.id === id) + 1
}
export const activeElement = computed(() => draft.value.elements.find(({ id }) => id === activeElementId.value) ?? null)

export type Said = 'drawn' | 'none' | 'unsaid'
/** A kind that is drawn at all is drawn completely; of one that is neither drawn nor denied nobody knows. */
export function saidOf(kind: ElementKind, of: Pick<Draft, 'elements' | 'drawn'> = draft.value): Said {
  if (elementsOf(kind, of).length) return 'drawn'
  return Array.isArray(of.drawn) && of.drawn.includes(`${kind}s`) ? 'none' : 'unsaid'
}
export function sayNone(kind: ElementKind, none: boolean): void {
  const others = (Array.isArray(draft.value.drawn) ? draft.value.drawn : []).filter((name) => name !== `${kind}s`)
  draft.value.drawn = none ? [...others, `${kind}s`] : others
}

/** Cars for which spaces are drawn. */
const carsDrawn = (): number => elementsOf('parking_space').reduce((sum, { cars }) => sum + (cars ?? 1), 0)
/** The number of parking spaces that is said goes along with what is drawn, unless the person has said another. */
export function withParking(act: () => void): void {
  const before = carsDrawn()
  const along = draft.value.parking_spaces === before
  act()
  if (along) draft.value.parking_spaces = carsDrawn()
}

/** The lowest storey above the ground, on which balconies begin; where there is none, the one at hand. */
function firstAbove(level: number): number {
  const above = draft.value.masses.map((mass) => mass.level).filter((one) => one > 0)
  return above.length ? Math.min(...above) : level
}

/** The first of a kind stands where it mostly does; a further one is like the one before it. */
export function addElement(kind: ElementKind, corners: LonLat[]): void {
  removed.value = null
  sayNone(kind, false)
  const before = elementsOf(kind).at(-1)
  const level = active.value?.level ?? 0
  const first: Record<ElementKind, Partial<ElementProperties>> = {
    projection: { level: level > 0 ? level : firstAbove(level), underside_m: null, closed: false },
    light_well: { level: 0, serves: 'main' },
    window: { level, room: 'main', sill_m: null, unit: null },
    parking_space: { level: Math.min(level, 0), cars: 1 },
    gate: {},
  }
  const { id: _id, polygons: _polygons, line: _line, ...like } = before ?? { id: '', polygons: [], line: null, element: kind, ...first[kind] }
  const made: Element = { ...like, id: newId(), ...shapeOf(kind, corners) }
  withParking(() => draft.value.elements.push(made))
  activeElementId.value = made.id
}

export function reshape(element: Element, corners: LonLat[]): void {
  Object.assign(element, shapeOf(element.element, corners))
}
function shapeOf(kind: ElementKind, corners: LonLat[]): Pick<Element, 'polygons' | 'line'> {
  return isLine(kind) ? { polygons: [], line: corners } : { polygons: [[corners]], line: null }
}

/** With the last of its kind goes what was said of the kind: none drawn is not yet «there are none». */
export function removeElement(element: Element): void {
  const at = draft.value.elements.indexOf(element)
  if (at < 0) return
  removed.value = { element, number: numberOf(element), at }
  withParking(() => draft.value.elements.splice(at, 1))
  if (!elementsOf(element.element).length) sayNone(element.element, false)
  if (activeElementId.value === element.id) activeElementId.value = null
}
