import type { VectorTileLayer } from '@mapbox/vector-tile'
import type { Verdict } from '@/api/shapes'
import { digits, number } from '@/words/numbers'
import { cutToView, spotOf } from './areas'
import { drawCaseMark, type CaseMark } from './case_marks'
import { drawCluster, gather, type Cluster } from './clusters'
import { featuresOf, type Decoded } from './decoded'
import { L } from './leaflet'
import { clipToView, Occupied, straightestRun, upright, write, type Pixel, type Run } from './lettering'
import { metresPerPixel } from './paint'
import type { Palette } from './palette'
import { LAST_TILE_ZOOM, type TileLayerName, type TileStore } from './tile_store'

const FAMILY = "'Vazirmatn Variable', Tahoma, sans-serif"
const POINT = 1
const LINE = 2
const POLYGON = 3
/** From here on requests on one and the same plot stand side by side. */
const MARKS_APART_FROM = 18

/** Words take the digits of the screen's language; a code («R121») stands as the plan has it. */
const PROSE = /[\u0621-\u06cc]/

type ToPixel = (x: number, y: number) => Pixel

/** Names and case marks over the sheet, on one canvas, so that none is cut at a tile's border. */
export class Names extends L.Layer {
  private canvas: HTMLCanvasElement | null = null
  private timer = 0
  private stop: (() => void) | null = null
  clusters: readonly Cluster[] = []

  constructor(
    private readonly store: TileStore,
    private palette: Palette,
    private shown: ReadonlySet<string>,
    private readonly drawn: (clusters: readonly Cluster[]) => void,
  ) {
    super()
  }

  override onAdd(map: L.Map): this {
    this.canvas = L.DomUtil.create('canvas', 'map-names', map.getPane('names'))
    this.canvas.setAttribute('aria-hidden', 'true')
    map.on('moveend resize', this.soon, this)
    map.on('zoomstart', this.hide, this)
    this.stop = this.store.onArrival(() => this.soon())
    void document.fonts.load(`12px ${FAMILY}`).then(() => this.soon())
    this.soon()
    return this
  }

  override onRemove(map: L.Map): this {
    map.off('moveend resize', this.soon, this)
    map.off('zoomstart', this.hide, this)
    this.stop?.()
    this.canvas?.remove()
    this.canvas = null
    return this
  }

  restyle(palette: Palette, shown: ReadonlySet<string>): void {
    this.palette = palette
    this.shown = shown
    this.soon()
  }

  private hide(): void {
    if (this.canvas) this.canvas.hidden = true
  }

  private soon(): void {
    if (this.timer) return
    this.timer = window.setTimeout(() => {
      this.timer = 0
      this.draw()
    }, 60)
  }

  private draw(): void {
    const map = this._map as L.Map | undefined
    if (!map || !this.canvas) return
    const size = map.getSize()
    const sharp = Math.min(window.devicePixelRatio || 1, 2)
    this.canvas.width = size.x * sharp
    this.canvas.height = size.y * sharp
    this.canvas.style.width = `${size.x}px`
    this.canvas.style.height = `${size.y}px`
    this.canvas.hidden = false
    L.DomUtil.setPosition(this.canvas, map.containerPointToLayerPoint([0, 0]))
    const ctx = this.canvas.getContext('2d')
    if (!ctx) return
    ctx.scale(sharp, sharp)
    ctx.direction = 'rtl'
    const taken = new Occupied()
    this.clusters = []
    // Streets and parcels decide little at a glance of the whole city; each kind has its zooms.
    const zoom = map.getZoom()
    if (this.shown.has('cases')) this.drawCases(ctx, map, taken)
    if (zoom <= 15) this.drawAreas(ctx, map, taken, 'districts')
    if (this.shown.has('zones') && zoom >= 14) this.drawAreas(ctx, map, taken, 'zones')
    if (zoom >= 14) this.drawStreets(ctx, map, taken)
    if (this.shown.has('overlays') && zoom >= 15) this.drawAreas(ctx, map, taken, 'overlays')
    this.drawn(this.clusters)
  }

  /** Every feature of a layer that has arrived for the view, with its own way from tile units to the screen. */
  private visit(map: L.Map, name: TileLayerName, act: (f: Decoded, to: ToPixel, extent: number) => void): void {
    const zoom = Math.round(map.getZoom())
    const z = Math.min(zoom, LAST_TILE_ZOOM)
    const side = 256 * 2 ** (zoom - z)
    const view = map.getPixelBounds()
    const min = view.min as L.Point
    const max = view.max as L.Point
    for (let x = Math.floor(min.x / side); x <= Math.floor(max.x / side); x += 1) {
      for (let y = Math.floor(min.y / side); y <= Math.floor(max.y / side); y += 1) {
        let layer: VectorTileLayer | null | undefined = this.store.peek(name, { z, x, y })
        if (layer === undefined && name === 'cases') {
          void this.store.get(name, { z, x, y })
          layer = null
        }
        if (!layer) continue
        const scale = side / layer.extent
        const to: ToPixel = (px, py) => ({ x: x * side + px * scale - min.x, y: y * side + py * scale - min.y })
        for (const feature of featuresOf(layer)) act(feature, to, layer.extent)
      }
    }
  }

  private drawCases(ctx: CanvasRenderingContext2D, map: L.Map, taken: Occupied): void {
    const marks: CaseMark[] = []
    this.visit(map, 'cases', ({ type, properties: { key, verdict, state }, rings }, to, extent) => {
      const point = rings[0]?.[0]
      // What lies in the rim of a tile belongs to the next one.
      const own = point && Math.min(point.x, point.y) >= 0 && Math.max(point.x, point.y) < extent
      if (!own || type !== POINT) return
      marks.push({
        ...to(point.x, point.y),
        key: typeof key === 'string' ? key : null,
        verdict: (verdict as Verdict | undefined) ?? null,
        state: String(state ?? ''),
      })
    })
    const origin = map.getPixelBounds().min as L.Point
    this.clusters = gather(marks, origin, map.getZoom() >= MARKS_APART_FROM)
    for (const cluster of this.clusters) {
      const only = cluster.marks.length === 1 ? cluster.marks[0] : undefined
      if (only) drawCaseMark(ctx, only, this.palette)
      else drawCluster(ctx, cluster, this.palette, number(cluster.marks.length, 0))
      taken.claim(cluster.x, cluster.y, cluster.radius * 2, cluster.radius * 2)
    }
  }

  private drawAreas(
    ctx: CanvasRenderingContext2D,
    map: L.Map,
    taken: Occupied,
    name: 'districts' | 'zones' | 'overlays',
  ): void {
    const size = map.getSize()
    const found = new Map<string, { label: string; pieces: Pixel[][][] }>()
    this.visit(map, name, ({ type, properties, rings }, to) => {
      // A district's name may explain itself in brackets; on the map the name alone is enough.
      const label = String(properties.name || properties.code || '').replace(/\s*\(.*\)\s*$/, '')
      if (!label || type !== POLYGON) return
      const seen = rings.map((ring) => cutToView(ring.map((p) => to(p.x, p.y)), size.x, size.y)).filter((r) => r.length > 2)
      if (seen.length === 0) return
      const key = String(properties.key ?? properties.code ?? label)
      const area = found.get(key) ?? { label: PROSE.test(label) ? digits(label) : label, pieces: [] }
      area.pieces.push(seen)
      found.set(key, area)
    })
    const district = name === 'districts'
    const font = district ? `600 ${map.getZoom() < 13 ? 13 : 16}px ${FAMILY}` : `600 12px ${FAMILY}`
    const spots = [...found.values()].flatMap(({ label, pieces }) => {
      const spot = spotOf(pieces)
      return spot ? [{ ...spot, label }] : []
    })
    ctx.font = font
    for (const { x, y, area, label } of spots.sort((a, b) => b.area - a.area)) {
      if (area <= (district ? 0 : 900)) continue
      const width = ctx.measureText(label).width
      if (!taken.claim(x, y, width + (district ? 24 : 16), district ? 30 : 22)) continue
      const ink = district ? this.palette.district : this.palette.label
      write(ctx, label, { x, y }, { font, ink, halo: this.palette.halo, haloWidth: district ? 4 : 3 })
    }
  }

  private drawStreets(ctx: CanvasRenderingContext2D, map: L.Map, taken: Occupied): void {
    const zoom = Math.round(map.getZoom())
    const centre = map.project(map.getCenter(), zoom)
    const metres = metresPerPixel(zoom, centre.y / 256)
    const runs: { name: string; width: number; run: Run }[] = []
    const view = map.getSize()
    this.visit(map, 'streets', ({ type, properties, rings }, to) => {
      const name = digits(String(properties.name ?? ''))
      if (!name || type !== LINE) return
      const width = (Number(properties.width) || 6) / metres
      if (width < (zoom < 16 ? 4.4 : 5)) return
      for (const line of rings) {
        const straight = straightestRun(line.map((p) => to(p.x, p.y)))
        const run = straight && clipToView(straight, view.x, view.y)
        if (run) runs.push({ name, width, run })
      }
    })
    runs.sort((a, b) => b.width - a.width || b.run.length - a.run.length)
    const placed: { name: string; at: Pixel }[] = []
    for (const { name, width, run } of runs) {
      const size = Math.max(10, Math.min(15, width * 0.62))
      const font = `500 ${size}px ${FAMILY}`
      ctx.font = font
      const length = ctx.measureText(name).width
      if (run.length < length + 12) continue
      const at = { x: (run.from.x + run.to.x) / 2, y: (run.from.y + run.to.y) / 2 }
      if (placed.some((p) => p.name === name && Math.hypot(p.at.x - at.x, p.at.y - at.y) < 420)) continue
      const angle = upright(Math.atan2(run.to.y - run.from.y, run.to.x - run.from.x))
      if (!taken.claim(at.x, at.y, length + 6, size + 4, angle)) continue
      placed.push({ name, at })
      write(ctx, name, at, { font, ink: this.palette.label, halo: this.palette.halo, angle })
    }
  }
}
