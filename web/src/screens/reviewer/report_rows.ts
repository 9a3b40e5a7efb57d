import type { Finding, Verdict } from '@/api/shapes'
import { t, term } from '@/words'
import { number, percent, quantity } from '@/words/numbers'

const ORDER: readonly Verdict[] = ['violates', 'undecided', 'complies', 'not_applicable']

/** Violations first, then what is undecided, then the rest; within a verdict as the book has them. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict))
}
export function pressing(finding: Finding): boolean {
  return finding.verdict === 'violates' || finding.verdict === 'undecided'
}

function word(value: string): string {
  return term('use', value) ?? value
}

export function valueText({ value, unit }: Pick<Finding, 'value' | 'unit'>): string {
  if (value === null) return '—'
  if (Array.isArray(value)) return value.map(word).join('، ')
  return typeof value === 'number' ? quantity(value, unit ?? '') : word(value)
}

export function limitText(finding: Pick<Finding, 'limit' | 'unit' | 'relation'>): string {
  const { limit, unit, relation } = finding
  if (limit === null) return '—'
  if (Array.isArray(limit)) return limit.map(word).join('، ')
  if (typeof limit === 'string') return word(limit)
  const text = quantity(limit, unit ?? '')
  if (relation === 'at_most') return t('at_most', { limit: text })
  return relation === 'at_least' ? t('at_least', { limit: text }) : text
}

/** How far from the limit, + inside and − outside, in the unit of the measure (percentage points for a ratio). */
export function marginText(finding: Finding): string {
  if (finding.margin === null) return '—'
  const sign = finding.margin > 0 ? '+' : ''
  return sign + (finding.unit === '1' ? percent(finding.margin, 2) : number(finding.margin))
}

/** Of what the finding speaks: «ضلع ۳، کنار». */
export function subjectText(finding: Finding): string {
  const s = finding.subject
  if (!s) return ''
  const n = Number(s.ref)
  if (s.kind === 'edge') return t('subject_edge', { n: Number.isFinite(n) ? n + 1 : s.ref })
  if (s.kind === 'storey') return t('storey_row', { level: Number.isFinite(n) ? n : s.ref })
  return s.kind === 'zone' ? s.ref : ''
}
