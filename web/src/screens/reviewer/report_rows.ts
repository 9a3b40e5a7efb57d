import type { Finding, Verdict } from '@/api/shapes'
import { t, term } from '@/words'
import { limitQuantity, marginQuantity, measuredQuantity, quantity } from '@/words/numbers'

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

/** Of what the finding speaks: «ضلع ۳»; nothing where it is the plot as a whole. */
export function subjectText({ subject }: Pick<Finding, 'subject'>): string {
  if (!subject) return ''
  const { kind, ref } = subject
  const n = Number(ref)
  switch (kind) {
    case 'lot':
      return ''
    case 'edge':
      return t('subject_edge', { n: Number.isFinite(n) ? n + 1 : ref })
    case 'storey':
      return storeyName(Number.isFinite(n) ? n : ref)
    case 'zone':
      return t('subject_zone', { code: ref })
    case 'overlay':
      return t('subject_overlay', { key: ref })
  }
}
