import { shallowRef, ref } from 'vue'
import type { Bounds, Parcel } from '@/api/shapes'
import type { CaseMark } from './case_marks'
import type { Cluster } from './clusters'
import { EvidenceLayer } from './evidence'
import type { FootprintTool } from './footprint_tool'
import type { LonLat } from './geometry'
import { Highlight } from './highlight'
import { L } from './leaflet'
import { Names } from './names'
import { readPalette } from './palette'
import { Sheet } from './sheet'
import { TileStore } from './tile_store'

export interface Sight {
  lat: number
  lon: number
  zoom: number
}

export interface StageEvents {
  pick: (at: LonLat) => void
  case: (mark: CaseMark) => void
  moved: (sight: Sight) => void
}

/** Pixels: a plot that is smaller on the map is not to be read there; and as far one keeps from the rim of what is seen. */
const SMALL = 24
const RIM = 28
/** As near as a single plot is brought: it fills a good part of the map, and its neighbours are there. */
const CLOSE = 21
/** Of the free map a plot that is brought near takes at most so much of each side: the streets around belong to it. */
const SHARE = 0.63
/** And at least so much, or it is not near. */
const NEAR = 1 / 8

/** The one map of the product, and the few acts that panels may ask of it. */
export class Stage {
  readonly map: L.Map
  readonly store = new TileStore()
  readonly evidence: EvidenceLayer
  readonly highlight: Highlight
  /** The drawing tool, once a page has wanted it (`drawingOn`). */
  tool: FootprintTool | null = null
  readonly sketch = shallowRef<{ corners: LonLat[]; finished: boolean } | null>(null)
  /** A shape is being drawn or its corners moved: a storey's, or that of something beside storeys. */
  readonly atWork = ref<'storeys' | 'elements' | null>(null)
  /** Squares of the map are on their way. */
  readonly busy = ref(false)
  readonly failedLayers = ref<string[]>([])
  /** How many cases of each state the view shows. */
  readonly casesSeen = ref<Record<string, number>>({})
  /** The case mark under a mouse. */
  readonly over = shallowRef<CaseMark | null>(null)
  private readonly sheet: Sheet
  private readonly names: Names
  private here: L.LayerGroup
  private coverBottom = 0

  constructor(element: HTMLElement, shown: ReadonlySet<string>, events: StageEvents) {
    this.map = L.map(element, {
      zoomControl: false,
      attributionControl: false,
      minZoom: 11,
      maxZoom: 22,
      zoomSnap: 1,
      // A square that is painted is shown: fading forty of them in costs the finger its answer.
      fadeAnimation: false,
      zoomAnimation: !calm(),
      markerZoomAnimation: !calm(),
      inertia: !calm(),
    })
    const heights = { chosen: 420, draft: 430, names: 440, lengths: 450, handles: 650, evidence: 640 }
    for (const [name, height] of Object.entries(heights)) {
      const pane = this.map.createPane(name)
      pane.style.zIndex = String(height)
      if (name !== 'handles') pane.style.pointerEvents = 'none'
    }
    const palette = readPalette()
    this.sheet = new Sheet(this.store, palette, shown).addTo(this.map)
    this.sheet.on('loading', () => (this.busy.value = true)).on('load', () => (this.busy.value = false))
    this.names = new Names(this.store, palette, shown, (clusters) => this.marked(clusters)).addTo(this.map)
    this.highlight = new Highlight(this.map)
    this.evidence = new EvidenceLayer(this.map)
    this.here = L.layerGroup().addTo(this.map)
    this.store.onArrival(() => (this.failedLayers.value = [...this.store.failed]))
    this.map.on('click', (event: L.LeafletMouseEvent) => this.clicked(event.latlng, events))
    this.map.on('mousemove', (event: L.LeafletMouseEvent) => this.hovered(event.containerPoint))
    this.map.on('mouseout movestart', () => (this.over.value = null))
    this.map.on('moveend', () => events.moved(this.sight()))
    // The browser calls the first focus a visible one even when a finger gave it; the cross in the middle is for keys alone.
    const byKeys = (on: boolean) => () => element.classList.toggle('by-keys', on)
    element.addEventListener('keyup', byKeys(true))
    element.addEventListener('pointerdown', byKeys(false))
    element.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && event.target === element) this.clicked(this.map.getCenter(), events)
    })
  }

  private clicked(at: L.LatLng, events: StageEvents): void {
    if (this.tool?.take(at)) return
    const hit = this.clusterAt(this.map.latLngToContainerPoint(at))
    const only = hit?.marks.length === 1 ? hit.marks[0] : undefined
    if (only?.key) events.case(only)
    else if (hit && !only) this.open(hit)
    else events.pick([at.lng, at.lat])
  }

  private clusterAt(pixel: L.Point): Cluster | undefined {
    const away = (c: Cluster): number => Math.hypot(c.x - pixel.x, c.y - pixel.y)
    return this.names.clusters.filter((c) => away(c) < c.radius + 5).sort((a, b) => away(a) - away(b))[0]
  }

  private hovered(pixel: L.Point): void {
    const hit = (this.tool?.mode ?? 'idle') === 'idle' ? this.clusterAt(pixel) : undefined
    const only = hit?.marks.length === 1 ? (hit.marks[0] ?? null) : null
    this.over.value = only
    this.map.getContainer().classList.toggle('over-mark', hit !== undefined)
  }

  /** As near as it takes for the marks told as one to part. */
  private open(cluster: Cluster): void {
    const around = L.latLngBounds(cluster.marks.map((m) => this.map.containerPointToLatLng([m.x, m.y])))
    const zoom = Math.max(this.map.getZoom() + 1, Math.min(this.map.getBoundsZoom(around, false, L.point(120, 120)), 19))
    this.map.setView(around.getCenter(), Math.min(zoom, this.map.getMaxZoom()), { animate: !calm() })
    if (this.coverBottom) this.map.panBy([0, this.coverBottom / 2], { animate: false })
  }

  private marked(clusters: readonly Cluster[]): void {
    const seen: Record<string, number> = {}
    for (const { state } of clusters.flatMap((c) => c.marks)) seen[state] = (seen[state] ?? 0) + 1
    this.casesSeen.value = seen
    this.over.value = null
    this.highlight.avoid(clusters)
  }

  sight(): Sight {
    const centre = this.map.getCenter()
    return { lat: centre.lat, lon: centre.lng, zoom: this.map.getZoom() }
  }

  restyle(shown: ReadonlySet<string>): void {
    const palette = readPalette()
    this.sheet.restyle(palette, shown)
    this.names.restyle(palette, shown)
    this.highlight.refresh()
  }

  /** The phone's sheet covers this much of the map from below; what is flown to stays above it. */
  setCover(pixels: number): void {
    this.coverBottom = pixels
  }

  set(sight: Sight): void {
    this.map.setView([sight.lat, sight.lon], sight.zoom, { animate: false })
  }

  fitCity(bounds: Bounds): void {
    const all = L.latLngBounds(box(bounds))
    const zoom = this.map.getBoundsZoom(all, false, L.point(0, this.coverBottom))
    this.map.setView(all.getCenter(), zoom, { animate: false })
    this.map.panBy([0, this.coverBottom / 2], { animate: false })
  }

  flyTo(bounds: L.LatLngBoundsExpression, maxZoom = 19): void {
    // The controls stand at one side or the other, and labels reach beyond what they measure; a small window has less to give.
    const free = this.free()
    this.fly(bounds, maxZoom, Math.min(72, free.x / 5), Math.min(60, free.y / 5))
  }

  private approach(bounds: L.LatLngBoundsExpression): void {
    const free = this.free().multiplyBy((1 - SHARE) / 2)
    this.fly(bounds, CLOSE, free.x, free.y)
  }

  private free(): L.Point {
    return this.map.getSize().subtract([0, this.coverBottom])
  }

  private fly(bounds: L.LatLngBoundsExpression, maxZoom: number, x: number, y: number): void {
    const around = { maxZoom, paddingTopLeft: L.point(x, y), paddingBottomRight: L.point(x, y + this.coverBottom) }
    const known = this.hasView()
    if (!known || calm()) this.map.fitBounds(bounds, { ...around, animate: false })
    else this.map.fitBounds(bounds, { ...around, duration: 0.2 })
  }

  /**
   * Moves the map no further than it takes for all of the bounds to stand clear of rim and sheet, or flies where they do not
   * fit. What was not picked on the map itself (`near`) is brought near as well: on a large screen the whole of a small city
   * is in view, and a plot in it is a speck.
   */
  reveal(bounds: L.LatLngBoundsExpression, near: boolean): void {
    const size = this.hasView() ? this.free() : null
    if (!size) return this.approach(bounds)
    const there = L.latLngBounds(bounds as L.LatLngBoundsLiteral)
    const box = L.bounds([there.getNorthWest(), there.getSouthEast()].map((at) => this.map.latLngToContainerPoint(at)))
    const [min, max] = [box.min as L.Point, box.max as L.Point]
    const least = near ? Math.max(SMALL, Math.min(size.x, size.y) * NEAR) : SMALL
    if (Math.max(max.x - min.x, max.y - min.y) < least) return this.approach(bounds)
    if (max.x - min.x > size.x - 2 * RIM || max.y - min.y > size.y - 2 * RIM) return this.approach(bounds)
    const over = (low: number, high: number, room: number): number => Math.min(0, low - RIM) + Math.max(0, high - room + RIM)
    const by = L.point(over(min.x, max.x, size.x), over(min.y, max.y, size.y))
    if (by.x || by.y) this.map.panBy(by, { animate: !calm() })
  }

  hasView(): boolean {
    // Leaflet throws on asking the centre before a first view; `_loaded` is its own flag for that.
    return Boolean((this.map as unknown as { _loaded?: boolean })._loaded)
  }

  choose(parcel: Parcel | null): void {
    this.highlight.show(parcel)
  }

  showHere(at: LonLat, accuracy: number): void {
    this.here.clearLayers()
    const point: [number, number] = [at[1], at[0]]
    this.here.addLayer(L.circle(point, { radius: accuracy, className: 'here-circle', weight: 1, interactive: false }))
    this.here.addLayer(L.circleMarker(point, { radius: 7, className: 'here-dot', weight: 3, interactive: false }))
  }

  resized(): void {
    this.map.invalidateSize({ animate: false })
  }
}

export function box(bounds: Bounds): [[number, number], [number, number]] {
  return [
    [bounds[1], bounds[0]],
    [bounds[3], bounds[2]],
  ]
}

function calm(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches
}

/** The stage once the map is on the screen. */
export const stage = shallowRef<Stage | null>(null)
