import type { LawItem, Parcel } from '@/api/shapes'
import { t, type WordKey } from '@/words'
import { number, percent } from '@/words/numbers'

const GLOSS: Record<string, WordKey> = {
  coverage: 'gloss_coverage',
  density: 'gloss_density',
  setback: 'gloss_setback',
  frontage: 'gloss_frontage',
}

/** The plain explanation of the legal term behind a measure; nothing where the word explains itself. */
export function glossOf(measure: string | null): string | undefined {
  const key = GLOSS[(measure ?? '').split('.')[0]?.split('_')[0] ?? '']
  return key ? t(key) : undefined
}

/** What the plan says for certain, without what is undecided or does not apply. */
export function certain(items: readonly LawItem[]): LawItem[] {
  return saidOnce(items.filter((item) => item.verdict === null))
}
export function open(items: readonly LawItem[]): LawItem[] {
  return saidOnce(items.filter((item) => item.verdict === 'undecided'))
}
/** Two side edges have one rule each, in the same words; a person needs to read it once. */
function saidOnce(items: readonly LawItem[]): LawItem[] {
  const seen = new Set<string>()
  return items.filter((item) => {
    const said = `${item.cite?.ref}|${item.text.fa}`
    return !seen.has(said) && seen.add(said)
  })
}

/**
 * What the law asks of the land itself and the land does not have: too small after widening, too narrow at the street.
 * Where there is one, «so many storeys may be built» would be untrue, however right each sentence is.
 */
export function unmet(parcel: Parcel): LawItem[] {
  const has: Record<string, number | null> = { lot_area: parcel.widening.after_m2, frontage: parcel.frontage_m }
  return certain(parcel.law.items).filter((item) => {
    const own = has[item.measure ?? '']
    return item.relation === 'at_least' && typeof item.limit === 'number' && typeof own === 'number' && own < item.limit - 0.005
  })
}

/** A single upper bound of a measure; null when there is none or several differ (then the sentences alone speak). */
function bound(items: readonly LawItem[], measure: string): number | null {
  const limits = certain(items)
    .filter((item) => item.measure === measure && item.relation === 'at_most' && typeof item.limit === 'number')
    .map((item) => item.limit as number)
  return limits.length > 0 && limits.every((limit) => limit === limits[0]) ? (limits[0] ?? null) : null
}

/** «در این ملک تا ۳ طبقه و روی ۶۰٪ زمین می‌توانید بسازید.» from the law's own limits; empty when they are not there. */
export function headline(items: readonly LawItem[]): string {
  const storeys = bound(items, 'storeys')
  const coverage = bound(items, 'coverage')
  if (storeys !== null && coverage !== null) {
    return t('headline_both', { storeys: number(storeys), coverage: percent(coverage) })
  }
  if (storeys !== null) return t('headline_storeys', { storeys: number(storeys) })
  return coverage === null ? '' : t('headline_coverage', { coverage: percent(coverage) })
}
