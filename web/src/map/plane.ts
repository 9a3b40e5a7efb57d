import type { Corner } from '@/api/shapes'
import { cityFrame } from './city_frame'
import type { LonLat } from './geometry'

export type XY = [x: number, y: number]

/** Metres and back for one parcel: the city's frame where it is known here, else the affine that its own corners give. */
export interface Plane {
  to: (at: LonLat) => XY
  from: (at: XY) => LonLat
}

export function planeOf(srid: number, corners: readonly Corner[]): Plane | null {
  const frame = cityFrame(srid)
  if (frame) return { to: frame.toFrame, from: frame.toLonLat }
  return affine(corners)
}

/** Least squares of E and N over longitude and latitude, about the mean of the corners; under a millimetre within a plot. */
function affine(corners: readonly Corner[]): Plane | null {
  if (corners.length < 3) return null
  const mean = (pick: (c: Corner) => number): number => corners.reduce((s, c) => s + pick(c), 0) / corners.length
  const [lon0, lat0, e0, n0] = [mean((c) => c.lon), mean((c) => c.lat), mean((c) => c.e), mean((c) => c.n_m)]
  const sum = (act: (c: Corner) => number): number => corners.reduce((s, c) => s + act(c), 0)
  const uu = sum((c) => (c.lon - lon0) ** 2)
  const vv = sum((c) => (c.lat - lat0) ** 2)
  const uv = sum((c) => (c.lon - lon0) * (c.lat - lat0))
  const det = uu * vv - uv * uv
  if (det === 0) return null
  const fit = (value: (c: Corner) => number): XY => {
    const us = sum((c) => (c.lon - lon0) * value(c))
    const vs = sum((c) => (c.lat - lat0) * value(c))
    return [(us * vv - vs * uv) / det, (vs * uu - us * uv) / det]
  }
  const [a, b] = fit((c) => c.e - e0)
  const [c, d] = fit((k) => k.n_m - n0)
  const turn = a * d - b * c
  if (turn === 0) return null
  return {
    to: ([lon, lat]) => [e0 + a * (lon - lon0) + b * (lat - lat0), n0 + c * (lon - lon0) + d * (lat - lat0)],
    from: ([e, n]) => [
      lon0 + (d * (e - e0) - b * (n - n0)) / turn,
      lat0 + (a * (n - n0) - c * (e - e0)) / turn,
    ],
  }
}

/** Signed area of a ring of metres (positive when it runs counter-clockwise). */
export function areaOf(ring: readonly XY[]): number {
  let twice = 0
  ring.forEach(([x1, y1], i) => {
    const [x2, y2] = ring[(i + 1) % ring.length] as XY
    twice += x1 * y2 - x2 * y1
  })
  return twice / 2
}
