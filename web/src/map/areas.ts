import type { Pixel } from './lettering'

type Ring = readonly Pixel[]

/** A ring cut to the rectangle 0…width, 0…height (Sutherland–Hodgman). Empty where it lies outside. */
export function cutToView(ring: Ring, width: number, height: number): Pixel[] {
  const sides: ((p: Pixel) => number)[] = [(p) => p.x, (p) => width - p.x, (p) => p.y, (p) => height - p.y]
  let left = [...ring]
  for (const room of sides) {
    const cut: Pixel[] = []
    left.forEach((p, i) => {
      const before = left[(i + left.length - 1) % left.length] as Pixel
      const [a, b] = [room(before), room(p)]
      if (a >= 0 !== b >= 0) {
        const t = a / (a - b)
        cut.push({ x: before.x + t * (p.x - before.x), y: before.y + t * (p.y - before.y) })
      }
      if (b >= 0) cut.push(p)
    })
    left = cut
  }
  return left
}

/** Twice-signed area and moments of a ring: holes, which turn the other way, take theirs off again. */
function moments(ring: Ring): [area: number, x: number, y: number] {
  let [area, mx, my] = [0, 0, 0]
  ring.forEach((p, i) => {
    const q = ring[(i + 1) % ring.length] as Pixel
    const cross = p.x * q.y - q.x * p.y
    area += cross / 2
    mx += ((p.x + q.x) * cross) / 6
    my += ((p.y + q.y) * cross) / 6
  })
  return [area, mx, my]
}

export interface Spot extends Pixel {
  /** Square pixels that are seen. */
  area: number
}

/** The centre of gravity of what is seen of the rings, and how much that is. Null where nothing is. */
export function centreOf(rings: readonly Ring[]): Spot | null {
  let [area, mx, my] = [0, 0, 0]
  for (const ring of rings) {
    const [a, x, y] = moments(ring)
    area += a
    mx += x
    my += y
  }
  if (Math.abs(area) < 1) return null
  return { x: mx / area, y: my / area, area: Math.abs(area) }
}

function holds(rings: readonly Ring[], at: Pixel): boolean {
  let inside = false
  for (const ring of rings) {
    ring.forEach((p, i) => {
      const q = ring[(i + 1) % ring.length] as Pixel
      if (p.y > at.y !== q.y > at.y && at.x < p.x + ((at.y - p.y) / (q.y - p.y)) * (q.x - p.x)) inside = !inside
    })
  }
  return inside
}

/**
 * Where the name of an area stands that comes in pieces, one of each tile: in the middle of what is seen of it, or, where
 * a bent area does not hold its own middle, in the middle of its largest piece.
 */
export function spotOf(pieces: readonly (readonly Ring[])[]): Spot | null {
  const whole = centreOf(pieces.flat())
  if (!whole || pieces.some((piece) => holds(piece, whole))) return whole
  const largest = pieces.map(centreOf).reduce((a, b) => ((b?.area ?? 0) > (a?.area ?? 0) ? b : a), null)
  return largest && { ...largest, area: whole.area }
}
