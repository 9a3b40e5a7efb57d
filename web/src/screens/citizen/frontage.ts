import type { Parcel } from '@/api/shapes'
import { t } from '@/words'
import { quantity } from '@/words/numbers'

/** Metres, as the service has it: a shorter touch with a street is no front. */
const FRONT = 1

/** Metres of boundary on each street; edges of one key or of one name are on one street, those on an unknown street on one more. */
export function fronts(edges: Parcel['edges']): number[] {
  const met: { key: string; name: string | null; length: number }[] = []
  for (const edge of edges.filter(({ kind }) => kind === 'street')) {
    const { key, name } = edge.street ?? { key: '', name: null }
    const same = met.find((one) => one.key === key || (name && one.name === name))
    if (same) same.length += edge.length_m
    else met.push({ key, name, length: edge.length_m })
  }
  return met.map(({ length }) => length).filter((length) => length >= FRONT)
}

/** How a plot lies to more than one street: at how many, at a corner, from street to street, or touching another; else empty. */
export function streetsSaid(parcel: Pick<Parcel, 'edges' | 'corner_lot' | 'through_lot'>): string {
  const lengths = fronts(parcel.edges)
  if (lengths.length === 3) return t('lot_three_streets')
  if (lengths.length === 4) return t('lot_four_streets')
  if (lengths.length > 4) return t('lot_many_streets', { n: lengths.length })
  if (parcel.corner_lot) return t('corner_lot')
  if (parcel.through_lot) return t('through_lot')
  // A dead end that merely meets the back wall: the law leaves the plot its rear, yet a second street is there.
  return lengths.length === 2 ? t('lot_touches_street', { length: quantity(Math.min(...lengths), 'm') }) : ''
}
