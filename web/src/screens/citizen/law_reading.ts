import type { LawItem, LayerStatus, Parcel } from '@/api/shapes'
import { t, termOrCode, type WordKey } from '@/words'
import { pick } from '@/words/language'
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
  return saidOnce(items.filter((item) => item.verdict !== 'undecided' && item.verdict !== 'not_applicable'))
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

/** What must be answered before anything said of a plot is worth building on, and who answers it. */
export interface Condition {
  said: string
  who: string
}

const LAYER: Partial<Record<LayerStatus, WordKey>> = {
  incomplete: 'condition_layer_incomplete',
  not_loaded: 'condition_layer_not_loaded',
  unknown: 'condition_layer_unknown',
}
const FIRST: readonly string[] = ['inquiry', 'commission', 'judgement', 'no_law', 'layer', 'fact']

/**
 * What keeps every answer about a plot open: those who must be asked first, then the law, the layers and the facts that are
 * missing. A layer or a fact that several rules wait for is told once.
 */
export function conditions(parcel: Parcel): Condition[] {
  const waits = new Map<string, LawItem[]>()
  for (const item of open(parcel.law.items)) {
    const { kind, name } = item.missing ?? { kind: 'judgement', name: item.provision ?? '' }
    const by = kind === 'layer' || kind === 'fact' ? `${kind}|${name}` : `${kind}|${item.text.fa}`
    waits.set(by, [...(waits.get(by) ?? []), item])
  }
  const rank = (by: string): number => FIRST.indexOf(by.slice(0, by.indexOf('|')))
  return [...waits]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([by, items]) => {
      const first = items[0] as LawItem
      const who = pick(first.missing?.who)
      const name = first.missing?.name ?? ''
      const status = parcel.layers.find(({ layer }) => layer === name)?.status
      const key = by.startsWith('layer|') && status ? LAYER[status] : undefined
      if (key) return { said: t(key, { layer: termOrCode('layer', name) }), who }
      const said = items.length > 1 ? t('condition_fact', { rules: items.map((item) => pick(item.title)) }) : pick(first.text)
      return { said, who: said.includes(who) ? '' : who }
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
