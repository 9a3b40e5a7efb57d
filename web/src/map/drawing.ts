import type { Parcel } from '@/api/shapes'
import type { Draft } from '@/state/draft'
import { FootprintTool, type DrawnShape } from './footprint_tool'
import type { LonLat } from './geometry'
import { planeOf } from './plane'
import type { SnapTarget } from './snap'
import type { Stage } from './stage'

/** The drawing tool of the map, made when a page first wants it: the citizen's first page does without its program. */
export function drawingOn(stage: Stage): FootprintTool {
  stage.tool ??= new FootprintTool(stage.map, {
    changed: (corners) => (stage.sketch.value = { corners, finished: false }),
    finished: (corners) => (stage.sketch.value = { corners, finished: true }),
  })
  return stage.tool
}

/** Corners and edges of a plot for a click to fall on. The frame's own numbers are finer than the degrees on the wire: a corner taken by a click is the corner. */
export function outlineOf(parcel: Parcel): SnapTarget[] {
  const plane = planeOf(parcel.frame.srid, parcel.corners)
  const corners = parcel.corners.map((c): LonLat => (plane ? plane.from([c.e, c.n_m]) : [c.lon, c.lat]))
  return corners.map((from, i) => ({ from, to: corners[(i + 1) % corners.length] ?? from }))
}

/** Corners and walls of the storeys, on which windows and balconies stand. */
export function wallsOf(masses: readonly { polygons: LonLat[][][] }[]): SnapTarget[] {
  return masses.flatMap(({ polygons }) =>
    polygons.flat().flatMap((ring) => ring.map((from, i) => ({ from, to: ring[(i + 1) % ring.length] ?? from }))),
  )
}

/** A draft as it stands on the map; what stands on another storey than the active one is faint. */
export function shapesOf(draft: Pick<Draft, 'masses' | 'elements'>, storey: string | null, element: string | null, refused: string | null = null): DrawnShape[] {
  const level = draft.masses.find(({ id }) => id === storey)?.level
  return [
    ...draft.masses.flatMap(({ id, polygons }) => polygons.map((rings) => ({ id, rings, active: id === storey }))),
    ...draft.elements.flatMap((one) => {
      const { id, line, polygons } = one
      const [active, isRefused] = [id === element, id === refused]
      const faint = !active && !isRefused && level !== undefined && one.level !== undefined && one.level !== level && one.element !== 'light_well'
      const look = { line: line !== null, refused: isRefused, faint }
      return (line ? [[line]] : polygons).map((rings) => ({ id, rings, active, element: look }))
    }),
  ]
}
