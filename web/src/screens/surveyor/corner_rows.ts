import type { Corner } from '@/api/shapes'

export interface CornerRow {
  n: number
  /** Metres in the city's frame. */
  e: number
  north: number
  /** To the next corner, metres in the city's frame. */
  length: number
  /** Degrees clockwise from grid north, 0 ≤ azimuth < 360. */
  azimuth: number
}

/** Corners with the length and grid azimuth of the edge that leaves each. */
export function cornerRows(corners: readonly Corner[]): CornerRow[] {
  return corners.map((corner, i) => {
    const next = corners[(i + 1) % corners.length] ?? corner
    const [de, dn] = [next.e - corner.e, next.n_m - corner.n_m]
    const azimuth = ((Math.atan2(de, dn) * 180) / Math.PI + 360) % 360
    return { n: corner.n, e: corner.e, north: corner.n_m, length: Math.hypot(de, dn), azimuth }
  })
}

/** Decimals of a copied coordinate: a building drawn along the copied corners stands on the line and not over it,
 * where the millimetre of the table would put it up to 0.7 mm outside. */
const COPIED = 5

/** The table as other programs read it: Latin digits, one heading line. */
export function tableText(rows: readonly CornerRow[], separator: string): string {
  const lines = rows.map((r) => [r.n, r.e.toFixed(COPIED), r.north.toFixed(COPIED), r.length.toFixed(3), r.azimuth.toFixed(4)].join(separator))
  return [['n', 'E', 'N', 'edge_m', 'azimuth_deg'].join(separator), ...lines].join('\n') + '\n'
}
