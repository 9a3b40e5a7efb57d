import type { ElementKind, Finding, Verdict } from '@/api/shapes'
import { ELEMENT_KINDS } from '@/state/elements'
import { t, term, termOrCode, type WordKey } from '@/words'
import { digits, limitQuantity, marginQuantity, measuredQuantity, number, quantity } from '@/words/numbers'

const ORDER: readonly Verdict[] = ['violates', 'undecided', 'complies', 'not_applicable']

/** Violations first, then what is undecided, then the rest; within a verdict as the book has them. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict))
}
export function pressing(finding: Finding): boolean {
  return finding.verdict === 'violates' || finding.verdict === 'undecided'
}

/** The row of one finding, or of several that are told as one until it is opened: the worst of them first. */
export interface Row {
  key: string
  findings: readonly Finding[]
  worst: Finding
  /** What nobody has said, where that is why none of them is decided. */
  unsaid: ElementKind | null
}
/** So many findings of one rule stand by themselves; more (twenty windows) are one row. */
const FEW = 3

/** What a finding waits for, where it is a kind of elements that the proposal neither draws nor denies. */
export function unsaidIn({ verdict, missing }: Pick<Finding, 'verdict' | 'missing'>): ElementKind | null {
  if (verdict !== 'undecided' || missing?.kind !== 'fact') return null
  return ELEMENT_KINDS.find((kind) => missing.name === `${kind}s`) ?? null
}

/** How near to its limit, or how far beyond: the least margin first, what has none last. */
function byMargin(a: Finding, b: Finding): number {
  return (a.margin ?? Infinity) - (b.margin ?? Infinity) || 0
}

export function rowsOf(findings: readonly Finding[]): Row[] {
  const together = new Map<string, Finding[]>()
  for (const finding of inOrder(findings)) {
    const waits = unsaidIn(finding)
    const key = waits ? `unsaid ${waits}` : `${finding.provision} ${finding.zone ?? ''} ${finding.subject?.kind ?? ''}`
    together.set(key, [...(together.get(key) ?? []), finding])
  }
  const rows = [...together].flatMap(([key, all]): Row[] => {
    const unsaid = all[0] ? unsaidIn(all[0]) : null
    if (all.length > (unsaid ? 1 : FEW)) {
      const sorted = [...all].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || byMargin(a, b))
      return [{ key, findings: sorted, worst: sorted[0] as Finding, unsaid }]
    }
    return all.map((finding, i) => ({ key: `${key} ${i}`, findings: [finding], worst: finding, unsaid }))
  })
  return rows.sort((a, b) => ORDER.indexOf(a.worst.verdict) - ORDER.indexOf(b.worst.verdict))
}

/** What a row of several rests on: the shapes of those that made its verdict. */
export function evidenceOf({ findings, worst }: Row): Pick<Finding, 'evidence' | 'verdict'> {
  return { verdict: worst.verdict, evidence: findings.filter(({ verdict }) => verdict === worst.verdict).flatMap(({ evidence }) => evidence) }
}

/** «۲۰ پنجره: ۲ مغایر ضابطه، ۱۸ مطابق ضابطه» */
export function countText({ findings, worst, unsaid }: Row): string {
  if (unsaid) return t('group_waiting', { n: findings.length })
  const things = `${number(findings.length)} ${termOrCode('counted', worst.subject?.kind ?? 'lot')}`
  const parts = ORDER.flatMap((verdict) => {
    const n = findings.filter((one) => one.verdict === verdict).length
    return n ? [`${number(n)} ${termOrCode('verdict', verdict)}`] : []
  })
  return `${things}: ${parts.join(`${t('comma')} `)}`
}

function word(value: string): string {
  return term('use', value) ?? value
}

function list(values: readonly string[]): string {
  return values.map(word).join(`${t('comma')} `)
}

/** Whether a finding rests on what lies over the plot (a flood way, a line of supply): that layer is what there is to see of it. */
export function ofOverlay({ missing, subject }: Finding): boolean {
  return missing?.kind === 'inquiry' || subject?.kind === 'overlay'
}

/** Beside the limit that decided; where none has, as it was measured. */
export function valueText({ value, limit, unit, relation, margin }: Finding): string {
  if (value === null) return '—'
  if (Array.isArray(value)) return list(value)
  if (typeof value !== 'number') return word(value)
  return margin !== null && typeof limit === 'number' ? measuredQuantity(value, limit, unit ?? '', relation) : quantity(value, unit ?? '')
}

export function limitText(finding: Pick<Finding, 'limit' | 'unit' | 'relation'>): string {
  const { limit, unit, relation } = finding
  if (limit === null) return '—'
  if (Array.isArray(limit)) return list(limit)
  if (typeof limit === 'string') return word(limit)
  const text = limitQuantity(limit, unit ?? '', relation)
  if (relation === 'at_most') return t('at_most', { limit: text })
  return relation === 'at_least' ? t('at_least', { limit: text }) : text
}

/** How far from the limit, + inside and − outside: the difference of the two numbers in the row. */
export function marginText({ value, limit, unit, relation, margin }: Finding): string {
  if (margin === null || typeof value !== 'number' || typeof limit !== 'number') return '—'
  return marginQuantity(value, limit, unit ?? '', relation) ?? '—'
}

/** A storey by its level; the one at the street by its name as well. */
export function storeyName(level: number | string): string {
  return level === 0 ? t('storey_ground') : t('storey_row', { level })
}

const NUMBERED: Record<string, WordKey> = {
  projection: 'subject_projection',
  light_well: 'subject_light_well',
  window: 'subject_window',
  parking_space: 'subject_parking_space',
  gate: 'subject_gate',
  corner: 'subject_corner',
  piece: 'subject_piece',
  new_street: 'subject_new_street',
}

/** What is drawn beside storeys by its number among its kind, from 1, as the service's sentences call it. */
export function elementName(kind: ElementKind, n: number): string {
  return t(NUMBERED[kind] as WordKey, { n })
}

/** A number in digits of the language, a name as it is. */
function called(ref: string): string | number {
  return /^\d+$/.test(ref) ? Number(ref) : ref
}

/** Of what the finding speaks: «ضلع ۳», «پنجرهٔ ۱۲»; nothing where it is the plot as a whole. */
export function subjectText({ subject }: Pick<Finding, 'subject'>): string {
  if (!subject) return ''
  const { kind, ref } = subject
  const key = NUMBERED[kind]
  if (key) {
    const several = ref.split('+')
    if (kind === 'projection' && several.length > 1) return t('subject_projections', { n: several.map((one) => digits(one)) })
    return t(key, { n: called(ref) })
  }
  switch (kind) {
    case 'lot':
      return ''
    case 'edge':
      return t('subject_edge', { n: Number.isFinite(Number(ref)) ? Number(ref) + 1 : ref })
    case 'storey': {
      const [level, mass] = ref.split('.')
      const storey = storeyName(Number.isFinite(Number(level)) ? Number(level) : ref)
      return mass ? t('subject_mass', { n: called(mass), storey }) : storey
    }
    case 'zone':
      return t('subject_zone', { code: ref })
    case 'overlay':
      return t('subject_overlay', { key: ref })
    default:
      return ref
  }
}
