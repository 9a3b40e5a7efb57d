import { areaOf, type XY } from './plane'

/** A side of a plot, its inside to the left, and how far the building stays from it in metres. */
export interface Side {
  from: XY
  to: XY
  distance: number
}

const HAIR = 0.005

/**
 * The building's outline when each side of a plot keeps its distance. Exact where the plot is convex; elsewhere each corner
 * moves along both its sides, and when that would fold the outline over itself nothing is returned. Empty when nothing remains.
 */
export function inset(given: readonly Side[]): XY[] {
  const sides = withoutSpikes(given)
  if (sides.length < 3) return []
  const shape = isConvex(sides) ? cutByHalfPlanes(sides) : moveCorners(sides)
  return shape.length >= 3 && areaOf(shape) > 0.01 ? shape : []
}

const vector = (s: Side): XY => [s.to[0] - s.from[0], s.to[1] - s.from[1]]
const cross = (a: XY, b: XY): number => a[0] * b[1] - a[1] * b[0]
const dot = (a: XY, b: XY): number => a[0] * b[0] + a[1] * b[1]
const length = (s: Side): number => Math.hypot(...vector(s))

/** Without sides too short to see, and without needles of no width, which a cut may leave on a boundary. */
function withoutSpikes(given: readonly Side[]): Side[] {
  let sides = given.filter((s) => length(s) > HAIR)
  for (;;) {
    const at = sides.findIndex((s, i) => {
      const next = sides[(i + 1) % sides.length] as Side
      const [a, b] = [vector(s), vector(next)]
      return dot(a, b) < 0 && Math.abs(cross(a, b)) / Math.max(length(s), length(next)) < HAIR
    })
    if (at < 0 || sides.length < 4) return sides
    const there = sides[at] as Side
    const back = sides[(at + 1) % sides.length] as Side
    const merged = { from: there.from, to: back.to, distance: (length(there) > length(back) ? there : back).distance }
    const rest = sides.filter((s) => s !== there && s !== back)
    const place = at + 1 === sides.length ? rest.length : at
    sides = [...rest.slice(0, place), merged, ...rest.slice(place)].filter((s) => length(s) > HAIR)
  }
}

function isConvex(sides: readonly Side[]): boolean {
  return sides.every((s, i) => {
    const next = sides[(i + 1) % sides.length] as Side
    return cross(vector(s), vector(next)) / (length(s) * length(next)) > -1e-6
  })
}

function depth(p: XY, side: Side): number {
  return cross(vector(side), [p[0] - side.from[0], p[1] - side.from[1]]) / length(side) - side.distance
}

function cutByHalfPlanes(sides: readonly Side[]): XY[] {
  let left = sides.map((s) => s.from)
  for (const side of sides) {
    left = left.flatMap((p, i) => {
      const q = left[(i + 1) % left.length] as XY
      const [dp, dq] = [depth(p, side), depth(q, side)]
      const kept: XY[] = dp >= -1e-9 ? [p] : []
      if (dp * dq < -1e-18) {
        const t = dp / (dp - dq)
        kept.push([p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])])
      }
      return kept
    })
  }
  return left
}

function moved(p: XY, side: Side): XY {
  const [dx, dy] = vector(side)
  const by = side.distance / length(side)
  return [p[0] - dy * by, p[1] + dx * by]
}

function moveCorners(sides: readonly Side[]): XY[] {
  const corners = sides.map((side, i): XY[] => {
    const before = sides[(i + sides.length - 1) % sides.length] as Side
    const [a, b] = [vector(before), vector(side)]
    const turn = cross(a, b)
    // Along one line there is no crossing: a step where the distances differ, one point where they do not.
    if (Math.abs(turn) / (length(before) * length(side)) < 1e-4) {
      return before.distance === side.distance ? [moved(side.from, side)] : [moved(side.from, before), moved(side.from, side)]
    }
    const [p, q] = [moved(before.from, before), moved(side.from, side)]
    const t = cross([q[0] - p[0], q[1] - p[1]], b) / turn
    return [[p[0] + t * a[0], p[1] + t * a[1]]]
  })
  const folded = sides.some((side, i) => {
    const start = corners[i]?.at(-1)
    const end = corners[(i + 1) % sides.length]?.[0]
    return !start || !end || dot([end[0] - start[0], end[1] - start[1]], vector(side)) <= 0
  })
  return folded ? [] : corners.flat()
}
