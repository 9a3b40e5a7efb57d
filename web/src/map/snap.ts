import type { LonLat } from './geometry'
import { L } from './leaflet'

export interface SnapTarget {
  from: LonLat
  to: LonLat
}

const finger = window.matchMedia('(pointer: coarse)')

/** How near, in pixels, a mouse or a finger must come to mean a thing. */
export function reach(): number {
  return finger.matches ? 26 : 11
}

/**
 * The point of the plot's outline a click means: a corner within reach, else the foot on an edge within reach, else the
 * click itself. A corner is returned with its own numbers, so a footprint drawn on the line lies exactly on the line.
 */
export function snap(map: L.Map, at: L.LatLng, targets: readonly SnapTarget[]): LonLat {
  const here = map.latLngToContainerPoint(at)
  const pixel = (p: LonLat): L.Point => map.latLngToContainerPoint([p[1], p[0]])
  let best: LonLat = [at.lng, at.lat]
  const most = reach()
  let nearest = most
  for (const { from } of targets) {
    const distance = pixel(from).distanceTo(here)
    if (distance < nearest) {
      nearest = distance
      best = from
    }
  }
  if (nearest < most) return best
  for (const { from, to } of targets) {
    const a = pixel(from)
    const b = pixel(to)
    const along = b.subtract(a)
    const square = along.x ** 2 + along.y ** 2
    if (square === 0) continue
    const t = ((here.x - a.x) * along.x + (here.y - a.y) * along.y) / square
    if (t <= 0 || t >= 1) continue
    const distance = a.add(along.multiplyBy(t)).distanceTo(here)
    if (distance < nearest) {
      nearest = distance
      best = [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])]
    }
  }
  return best
}
