import type { VectorTileLayer } from '@mapbox/vector-tile'
import { featuresOf, groupOf, pathsOf } from './decoded'
import type { Palette } from './palette'

/** Where a decoded tile lies on the canvas being painted: origin in pixels and pixels per tile unit. */
export interface Placement {
  x: number
  y: number
  scale: number
}

const EARTH = 40075016.686

/** Metres on the ground under one pixel of a 256-pixel tile at this zoom and row of Web Mercator. */
export function metresPerPixel(z: number, y: number): number {
  const latitude = Math.atan(Math.sinh(Math.PI * (1 - (2 * (y + 0.5)) / 2 ** z)))
  return (EARTH * Math.cos(latitude)) / (256 * 2 ** z)
}

/** Draws in tile units; `pixels(n)` is a width of n screen pixels in them. */
function within(
  ctx: CanvasRenderingContext2D,
  at: Placement,
  draw: (pixels: (n: number) => number) => void,
): void {
  ctx.save()
  ctx.translate(at.x, at.y)
  ctx.scale(at.scale, at.scale)
  draw((n) => n / at.scale)
  ctx.restore()
}

export function paintDistricts(ctx: CanvasRenderingContext2D, layer: VectorTileLayer, at: Placement, p: Palette): void {
  within(ctx, at, () => {
    ctx.fillStyle = p.ground
    for (const path of pathsOf(layer).values()) ctx.fill(path, 'evenodd')
  })
}

export function paintDistrictLines(
  ctx: CanvasRenderingContext2D,
  layer: VectorTileLayer,
  at: Placement,
  p: Palette,
): void {
  within(ctx, at, (pixels) => {
    ctx.strokeStyle = p.district
    ctx.globalAlpha = 0.55
    ctx.lineWidth = pixels(1.2)
    ctx.setLineDash([7, 4, 1.5, 4].map(pixels))
    for (const path of pathsOf(layer).values()) ctx.stroke(path)
  })
}

/** Streets as the ground shows them: white bands of their true width over a hair of kerb. */
export function paintStreets(
  ctx: CanvasRenderingContext2D,
  layers: readonly { layer: VectorTileLayer; at: Placement }[],
  z: number,
  metres: number,
  p: Palette,
): void {
  const thinnest = z < 13 ? 0.8 : 1.4
  for (const pass of ['edge', 'band'] as const) {
    const colour = pass === 'edge' ? p.streetEdge : p.street
    const extra = pass === 'edge' ? (z < 14 ? 1 : 1.6) : 0
    for (const { layer, at } of layers) {
      within(ctx, at, (pixels) => {
        ctx.lineCap = 'round'
        ctx.lineJoin = 'round'
        ctx.strokeStyle = colour
        ctx.fillStyle = colour
        for (const [group, path] of pathsOf(layer, 'width')) {
          const { polygon, value } = groupOf(group)
          if (polygon && pass === 'band') ctx.fill(path, 'evenodd')
          else {
            const width = polygon ? 1.6 : Math.max((Number(value) || 6) / metres, thinnest) + extra
            ctx.lineWidth = pixels(width)
            ctx.stroke(path)
          }
        }
      })
    }
  }
}

export function paintParcels(
  ctx: CanvasRenderingContext2D,
  layer: VectorTileLayer,
  at: Placement,
  z: number,
  p: Palette,
): void {
  within(ctx, at, (pixels) => {
    ctx.fillStyle = p.parcel
    ctx.strokeStyle = p.parcelLine
    ctx.lineWidth = pixels(z <= 14 ? 0.35 : z === 15 ? 0.55 : z <= 17 ? 0.9 : 1.2)
    ctx.lineJoin = 'round'
    for (const path of pathsOf(layer).values()) {
      ctx.fill(path, 'nonzero')
      ctx.stroke(path)
    }
  })
}

export function paintBuildings(
  ctx: CanvasRenderingContext2D,
  layer: VectorTileLayer,
  at: Placement,
  z: number,
  p: Palette,
): void {
  within(ctx, at, (pixels) => {
    ctx.fillStyle = p.building
    ctx.strokeStyle = p.buildingLine
    ctx.lineWidth = pixels(z < 17 ? 0.5 : 0.9)
    for (const path of pathsOf(layer).values()) {
      ctx.fill(path, 'nonzero')
      if (z >= 15) ctx.stroke(path)
    }
  })
}

export function paintZones(ctx: CanvasRenderingContext2D, layer: VectorTileLayer, at: Placement, p: Palette): void {
  within(ctx, at, (pixels) => {
    ctx.lineWidth = pixels(1.2)
    for (const [group, path] of pathsOf(layer, 'code')) {
      const colour = p.zone(groupOf(group).value)
      ctx.fillStyle = colour
      ctx.globalAlpha = 0.24
      ctx.fill(path, 'evenodd')
      ctx.strokeStyle = colour
      ctx.globalAlpha = 0.75
      ctx.stroke(path)
    }
  })
}

/** Overlays are drawn as slanted hatching; the slant runs on from tile to tile. */
export function paintOverlays(
  ctx: CanvasRenderingContext2D,
  layer: VectorTileLayer,
  at: Placement,
  side: number,
  p: Palette,
): void {
  for (const [group, path] of pathsOf(layer, 'key')) {
    const onScreen = new Path2D()
    onScreen.addPath(path, new DOMMatrix([at.scale, 0, 0, at.scale, at.x, at.y]))
    ctx.save()
    ctx.strokeStyle = p.overlay
    ctx.lineWidth = 1.6
    ctx.globalAlpha = 0.9
    ctx.stroke(onScreen)
    if (groupOf(group).polygon) {
      ctx.clip(onScreen, 'evenodd')
      ctx.globalAlpha = 0.4
      ctx.lineWidth = 1
      ctx.beginPath()
      for (let d = -side; d < side * 2; d += 8) {
        ctx.moveTo(d, 0)
        ctx.lineTo(d + side, side)
      }
      ctx.stroke()
    }
    ctx.restore()
  }
}

export function paintAddresses(ctx: CanvasRenderingContext2D, layer: VectorTileLayer, at: Placement, p: Palette): void {
  ctx.fillStyle = p.label
  for (const { rings } of featuresOf(layer))
    for (const point of rings.flat()) {
      ctx.beginPath()
      ctx.arc(at.x + point.x * at.scale, at.y + point.y * at.scale, 2, 0, Math.PI * 2)
      ctx.fill()
    }
}
