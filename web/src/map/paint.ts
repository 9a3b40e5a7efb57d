import type { VectorTileFeature, VectorTileLayer } from '@mapbox/vector-tile'
import type { Palette } from './palette'

/** Where a decoded tile lies on the canvas being painted: origin in pixels and pixels per tile unit. */
export interface Placement {
  x: number
  y: number
  scale: number
}

const POLYGON = 3
const EARTH = 40075016.686

/** Metres on the ground under one pixel of a 256-pixel tile at this zoom and row of Web Mercator. */
export function metresPerPixel(z: number, y: number): number {
  const latitude = Math.atan(Math.sinh(Math.PI * (1 - (2 * (y + 0.5)) / 2 ** z)))
  return (EARTH * Math.cos(latitude)) / (256 * 2 ** z)
}

function trace(ctx: CanvasRenderingContext2D, feature: VectorTileFeature, at: Placement): void {
  const close = feature.type === POLYGON
  for (const ring of feature.loadGeometry()) {
    ring.forEach((p, i) => {
      const x = at.x + p.x * at.scale
      const y = at.y + p.y * at.scale
      if (i === 0) ctx.moveTo(x, y)
      else ctx.lineTo(x, y)
    })
    if (close) ctx.closePath()
  }
}

function each(layer: VectorTileLayer, act: (feature: VectorTileFeature) => void): void {
  for (let i = 0; i < layer.length; i += 1) act(layer.feature(i))
}

export function paintDistricts(ctx: CanvasRenderingContext2D, layer: VectorTileLayer, at: Placement, p: Palette): void {
  ctx.beginPath()
  each(layer, (f) => trace(ctx, f, at))
  ctx.fillStyle = p.ground
  ctx.fill('evenodd')
}

export function paintDistrictLines(
  ctx: CanvasRenderingContext2D,
  layer: VectorTileLayer,
  at: Placement,
  p: Palette,
): void {
  ctx.save()
  ctx.beginPath()
  each(layer, (f) => trace(ctx, f, at))
  ctx.strokeStyle = p.district
  ctx.globalAlpha = 0.55
  ctx.lineWidth = 1.2
  ctx.setLineDash([7, 4, 1.5, 4])
  ctx.stroke()
  ctx.restore()
}

/** Streets as the ground shows them: white bands of their true width over a hair of kerb. */
export function paintStreets(
  ctx: CanvasRenderingContext2D,
  layers: readonly { layer: VectorTileLayer; at: Placement }[],
  z: number,
  metres: number,
  p: Palette,
): void {
  ctx.save()
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  const thinnest = z < 13 ? 0.8 : 1.4
  for (const pass of ['edge', 'band'] as const) {
    const colour = pass === 'edge' ? p.streetEdge : p.street
    const extra = pass === 'edge' ? (z < 14 ? 1 : 1.6) : 0
    ctx.strokeStyle = colour
    ctx.fillStyle = colour
    for (const { layer, at } of layers) {
      each(layer, (f) => {
        ctx.beginPath()
        trace(ctx, f, at)
        if (f.type === POLYGON) {
          if (pass === 'band') ctx.fill('evenodd')
          else {
            ctx.lineWidth = 1.6
            ctx.stroke()
          }
          return
        }
        const width = Number(f.properties.width) || 6
        ctx.lineWidth = Math.max(width / metres, thinnest) + extra
        ctx.stroke()
      })
    }
  }
  ctx.restore()
}

export function paintParcels(
  ctx: CanvasRenderingContext2D,
  layer: VectorTileLayer,
  at: Placement,
  z: number,
  p: Palette,
): void {
  ctx.beginPath()
  each(layer, (f) => trace(ctx, f, at))
  ctx.fillStyle = p.parcel
  ctx.fill('nonzero')
  ctx.strokeStyle = p.parcelLine
  ctx.lineWidth = z <= 14 ? 0.35 : z === 15 ? 0.55 : z <= 17 ? 0.9 : 1.2
  ctx.lineJoin = 'round'
  ctx.stroke()
}

export function paintBuildings(
  ctx: CanvasRenderingContext2D,
  layer: VectorTileLayer,
  at: Placement,
  z: number,
  p: Palette,
): void {
  ctx.beginPath()
  each(layer, (f) => trace(ctx, f, at))
  ctx.fillStyle = p.building
  ctx.fill('nonzero')
  if (z < 15) return
  ctx.strokeStyle = p.buildingLine
  ctx.lineWidth = z < 17 ? 0.5 : 0.9
  ctx.stroke()
}

export function paintZones(ctx: CanvasRenderingContext2D, layer: VectorTileLayer, at: Placement, p: Palette): void {
  ctx.save()
  each(layer, (f) => {
    const colour = p.zone(String(f.properties.code ?? ''))
    ctx.beginPath()
    trace(ctx, f, at)
    ctx.fillStyle = colour
    ctx.globalAlpha = 0.24
    ctx.fill('evenodd')
    ctx.strokeStyle = colour
    ctx.globalAlpha = 0.75
    ctx.lineWidth = 1.2
    ctx.stroke()
  })
  ctx.restore()
}

/** Overlays are drawn as slanted hatching; the slant runs on from tile to tile. */
export function paintOverlays(
  ctx: CanvasRenderingContext2D,
  layer: VectorTileLayer,
  at: Placement,
  side: number,
  p: Palette,
): void {
  ctx.save()
  each(layer, (f) => {
    ctx.save()
    ctx.beginPath()
    trace(ctx, f, at)
    ctx.strokeStyle = p.overlay
    ctx.lineWidth = 1.6
    ctx.globalAlpha = 0.9
    ctx.stroke()
    if (f.type === POLYGON) {
      ctx.clip('evenodd')
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
  })
  ctx.restore()
}

export function paintAddresses(ctx: CanvasRenderingContext2D, layer: VectorTileLayer, at: Placement, p: Palette): void {
  ctx.fillStyle = p.label
  each(layer, (f) => {
    for (const ring of f.loadGeometry())
      for (const point of ring) {
        ctx.beginPath()
        ctx.arc(at.x + point.x * at.scale, at.y + point.y * at.scale, 2, 0, Math.PI * 2)
        ctx.fill()
      }
  })
}
