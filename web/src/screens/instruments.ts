import type { Citation } from '@/api/shapes'

type Cited = { cite: Citation | null }

/** The instrument a clause stands in, as its reference begins. */
function instrumentOf(cite: Citation): string {
  return cite.ref.split('#')[0] ?? cite.ref
}

/** The clause of the instrument that most of the sayings stand in, to be named once above them all; null where none is cited. */
export function prevailing(sayings: readonly Cited[]): Citation | null {
  const cites = sayings.flatMap(({ cite }) => cite ?? [])
  const count = (one: Citation): number => cites.filter((cite) => instrumentOf(cite) === instrumentOf(one)).length
  return cites.reduce<Citation | null>((most, cite) => (most && count(most) >= count(cite) ? most : cite), null)
}

/** Whether a clause stands in another instrument than the one named above it, so that it has to be named beside the clause. */
export function ofAnother(cite: Citation, named: Citation | null): boolean {
  return named !== null && instrumentOf(cite) !== instrumentOf(named)
}
