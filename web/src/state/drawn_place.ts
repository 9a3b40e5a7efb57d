import { numberOf } from './elements'
import type { Draft, Element, Mass } from './draft'

/** A place of the sent document in the draft it was made of. `name`: the property that is meant, where one is. */
export type DrawnPlace = ({ mass: Mass } | { element: Element; number: number }) & { name: string | null }

/** The pointer of a refusal into the proposal alone: the service points into the body it got. */
export function pointerOf(where: string): string {
  return where.replace(/^\/?(?:body\/)?proposal(?=\/|$)/, '')
}

/** What `/features/n/properties/…` is in the draft, which sends its storeys first (`documentOf`); null where it is neither. */
export function placeIn(of: Pick<Draft, 'masses' | 'elements'>, pointer: string): DrawnPlace | null {
  const found = /^\/features\/(\d+)(?:\/properties\/([^/]+))?/.exec(pointer)
  if (!found) return null
  const n = Number(found[1])
  const name = found[2] ?? null
  const mass = of.masses[n]
  if (mass) return { mass, name }
  const element = of.elements[n - of.masses.length]
  return element ? { element, number: numberOf(element, of), name } : null
}
