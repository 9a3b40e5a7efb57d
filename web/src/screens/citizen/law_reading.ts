import type { LawItem, LayerStatus, Parcel } from '@/api/shapes'
import { t, termOrCode, type WordKey } from '@/words'
import { pick } from '@/words/language'
import { limitQuantity, number, quantity } from '@/words/numbers'

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

/** What the law says of one thing; the building as a whole, of which everybody asks, has no title and comes first. */
export interface Topic {
  title: WordKey | null
  items: LawItem[]
}
const TOPICS: readonly { title: WordKey; of: RegExp }[] = [
  { title: 'topic_projections', of: /^(projection_|closed_projection)/ },
  { title: 'topic_light', of: /^(light_well_|window_|facing_)/ },
  { title: 'topic_cars', of: /^(parking|gate_)/ },
  { title: 'topic_division', of: /^(pieces_|new_street_|dead_end_|merged_)/ },
]
export function topics(items: readonly LawItem[]): Topic[] {
  const topicOf = ({ measure }: LawItem): WordKey | null => TOPICS.find(({ of }) => of.test(measure ?? ''))?.title ?? null
  return [null, ...TOPICS.map(({ title }) => title)]
    .map((title) => ({ title, items: items.filter((item) => topicOf(item) === title) }))
    .filter((topic) => topic.items.length)
}

/**
 * What the law asks of the land itself and the land does not have: too small after widening, too narrow at the street.
 * Where there is one, «so many storeys may be built» would be untrue, however right each sentence is.
 */
export function unmet(items: readonly LawItem[]): LawItem[] {
  return saidOnce(items.filter((item) => item.verdict === 'violates'))
}

/** A question that is open on a plot, the rules that wait for its answer where they are several, and who answers it. */
export interface Question {
  said: string
  rules: string[]
  who: string
}

/** One question keeps several rules open («the land touches no street»): it is told once, with the rules that wait for it. */
export function asked(items: readonly LawItem[]): Question[] {
  const alike = new Map<string, LawItem[]>()
  for (const item of items) {
    const said = withoutTitle(item)
    alike.set(said, [...(alike.get(said) ?? []), item])
  }
  return [...alike].flatMap(([said, rules]) => {
    const first = rules[0]
    if (!first) return []
    const who = pick(first.missing?.who)
    return rules.length === 1 ? [{ said: pick(first.text), rules: [], who }] : [{ said, rules: rules.map((item) => pick(item.title)), who }]
  })
}
/** A rule's sentence begins with its title where it speaks of what is missing. */
function withoutTitle({ title, text }: LawItem): string {
  const head = `${pick(title)}: `
  const said = pick(text)
  return said.startsWith(head) ? said.slice(head.length) : said
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
/** Who must be asked comes first; then what the law, the maps and the records do not tell. */
const FIRST: readonly string[] = ['inquiry', 'commission', 'judgement', 'no_law', 'layer', 'fact']

/** What keeps every answer about a plot open, each once, in the words of the rule that waits for it where that is one. */
export function conditions(parcel: Parcel): Condition[] {
  return [...parcel.law.held]
    .sort((a, b) => FIRST.indexOf(a.missing.kind) - FIRST.indexOf(b.missing.kind))
    .map(({ missing, provisions, text }) => {
      const who = pick(missing.who)
      const told = (said: string): Condition => ({ said, who: said.includes(who) ? '' : who })
      const status = parcel.layers.find(({ layer }) => layer === missing.name)?.status
      const key = missing.kind === 'layer' && status ? LAYER[status] : undefined
      if (key) return told(t(key, { layer: termOrCode('layer', missing.name) }))
      const waiting = saidOnce(parcel.law.items.filter((item) => item.provision !== null && provisions.includes(item.provision) && item.missing?.name === missing.name))
      const only = waiting.length === 1 && missing.kind !== 'fact' ? waiting[0] : undefined
      if (only) return told(pick(only.text))
      const rules = waiting.map((item) => pick(item.title))
      return told(pick(text) + (rules.length ? ` ${t('condition_waits', { rules })}` : ''))
    })
}

/** A single upper bound of a measure; null when there is none or several differ (then the sentences alone speak). */
function bound(items: readonly LawItem[], measure: string): LawItem | null {
  const limits = certain(items).filter((item) => item.measure === measure && item.relation === 'at_most' && typeof item.limit === 'number')
  const first = limits[0]
  return first && limits.every(({ limit }) => limit === first.limit) ? first : null
}

/** Whoever reads «you may build» thinks of a home: where none is permitted, what is stands beside it. */
function usesBeside(items: readonly LawItem[]): string {
  const lists = certain(items).flatMap(({ measure, limit }) => (measure === 'use' && Array.isArray(limit) ? [limit] : []))
  const uses = [...new Set(lists.flat())]
  if (!uses.length || uses.includes('residential')) return ''
  return ` ${t('headline_uses', { uses: uses.map((use) => termOrCode('use', use)) })}`
}

/** «در این ملک تا ۳ طبقه و روی ۶۰٪ زمین می‌توانید بسازید.» from the law's own limits; empty when they are not there. */
export function headline(items: readonly LawItem[]): string {
  const built = builtUpTo(items)
  return built && built + usesBeside(items)
}

function builtUpTo(items: readonly LawItem[]): string {
  const storeys = bound(items, 'storeys')?.limit
  const coverage = bound(items, 'coverage')?.limit
  if (typeof storeys === 'number' && typeof coverage === 'number') {
    return t('headline_both', { storeys: number(storeys), coverage: limitQuantity(coverage, '1', 'at_most') })
  }
  if (typeof storeys === 'number') return t('headline_storeys', { storeys: number(storeys) })
  return typeof coverage === 'number' ? t('headline_coverage', { coverage: limitQuantity(coverage, '1', 'at_most') }) : ''
}

/** Of which land the headline's per cent is, and what that makes, where the street takes some of it; else empty. */
export function headlineLand(parcel: Parcel): string {
  const coverage = bound(parcel.law.items, 'coverage')
  const land = coverage?.basis
  if (!land || land.limit_m2 === null || typeof coverage.limit !== 'number' || !((parcel.widening.loss_m2 ?? 0) > 0)) return ''
  const key = land.base === 'before' ? 'headline_of_before' : 'headline_of_after'
  return t(key, { coverage: limitQuantity(coverage.limit, '1', 'at_most'), base: quantity(land.base_m2, 'm2'), limit: limitQuantity(land.limit_m2, 'm2', 'at_most') })
}
