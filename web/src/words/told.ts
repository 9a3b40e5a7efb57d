/**
 * Limits and measured values as people read them: the rule of the service's own sentences (gis/words.py), so that a row and
 * its sentence never tell two numbers. Both are held to one table of examples (tests/unit/gis/told_numbers.json).
 */
type Relation = 'at_most' | 'at_least'

/** Decimals of the wire, and of a limit as it is told: the centimetre, a tenth of a per cent. */
const WIRE: Record<string, number> = { m: 4, m2: 3, '1': 6, storeys: 0, spaces: 0, units: 0, parcels: 0, deg: 2 }
const TOLD: Record<string, number> = { m: 2, m2: 2, '1': 3, storeys: 0, spaces: 0, units: 0, parcels: 0, deg: 1 }
const wire = (unit: string) => WIRE[unit] ?? 4
const told = (unit: string) => TOLD[unit] ?? 2

/** In whole steps of the wire: the last digits of a binary fraction are noise, not law. */
const steps = (value: number, unit: string) => Math.round(value * 10 ** wire(unit))
const side = (relation: string) => (relation === 'at_least' ? -1 : 1)

export function isRelation(relation: string | null): relation is Relation {
  return relation === 'at_most' || relation === 'at_least'
}

/** A value at `decimals` places; a half goes away from zero. */
export function nearest(value: number, unit: string, decimals: number): number {
  const less = 10 ** Math.max(wire(unit) - decimals, 0)
  const whole = steps(value, unit)
  return (Math.sign(whole) * Math.round(Math.abs(whole) / less) * less) / 10 ** wire(unit) + 0
}

/** A limit rounded so that whoever keeps to it keeps to the law. */
export function toldLimit(limit: number, unit: string, relation: string): number {
  const parts = steps(limit, unit) / 10 ** (wire(unit) - told(unit))
  return (relation === 'at_least' ? Math.ceil(parts) : Math.floor(parts)) / 10 ** told(unit) + 0
}

/** A value on the side of the told limit where the law sees it, with as many digits as show it. */
export function toldValue(value: number, limit: number, unit: string, relation: string): number {
  const edge = toldLimit(limit, unit, relation)
  const keeps = side(relation) * (steps(value, unit) - steps(limit, unit)) <= 0
  let near = value
  for (let decimals = told(unit); decimals <= wire(unit); decimals += 1) {
    near = nearest(value, unit, decimals)
    if (side(relation) * (near - edge) <= 0 === keeps) return near
    if (keeps) return edge
  }
  return near
}

/** The difference of the two told numbers: + within the limit, − beyond it. */
export function toldMargin(value: number, limit: number, unit: string, relation: string): number {
  return nearest(side(relation) * (toldLimit(limit, unit, relation) - toldValue(value, limit, unit, relation)), unit, wire(unit))
}
