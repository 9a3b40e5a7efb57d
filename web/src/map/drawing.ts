import type { Parcel } from '@/api/shapes'
import { FootprintTool } from './footprint_tool'
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
