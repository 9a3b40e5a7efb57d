import { boundsOf, type LonLat } from './geometry'
import { L } from './leaflet'
import { reach, snap, type SnapTarget } from './snap'

export interface DrawnShape {
  id: string
  rings: LonLat[][]
  active: boolean
}

type Listener = {
  /** The corners while drawing or after an edit. */
  changed: (corners: LonLat[]) => void
  finished: (corners: LonLat[]) => void
}

/** Footprints on the map: drawn corner by corner, then edited by dragging the corners. Buttons stand outside, with words. */
export class FootprintTool {
  private readonly shapes: L.LayerGroup
  private readonly handles: L.LayerGroup
  private readonly sketch: L.Polyline
  private corners: LonLat[] = []
  private targets: SnapTarget[] = []
  private chosen = -1
  mode: 'idle' | 'drawing' | 'editing' = 'idle'

  constructor(
    private readonly map: L.Map,
    private readonly listener: Listener,
  ) {
    this.shapes = L.layerGroup().addTo(map)
    this.handles = L.layerGroup().addTo(map)
    this.sketch = L.polyline([], { className: 'draft-sketch', weight: 2.5, pane: 'draft', interactive: false })
    map.on('mousemove', (event: L.LeafletMouseEvent) => this.hover(event.latlng))
  }

  /** Draws the storeys of the draft; the active one stands out. */
  show(shapes: readonly DrawnShape[]): void {
    this.shapes.clearLayers()
    for (const shape of [...shapes].sort((a, b) => Number(a.active) - Number(b.active))) {
      const rings = shape.rings.map((ring) => ring.map((p): [number, number] => [p[1], p[0]]))
      const className = shape.active ? 'draft-shape is-active' : 'draft-shape'
      this.shapes.addLayer(L.polygon(rings, { className, weight: shape.active ? 2.5 : 1, pane: 'draft', interactive: false }))
    }
  }

  /** Corners and edges of the plot: a click near one takes it exactly. */
  snapTo(targets: SnapTarget[]): void {
    this.targets = targets
  }

  draw(): void {
    this.stop()
    this.mode = 'drawing'
    this.corners = []
    this.sketch.setLatLngs([]).addTo(this.map)
    this.map.getContainer().classList.add('is-drawing')
    this.map.doubleClickZoom.disable()
  }

  edit(corners: readonly LonLat[]): void {
    this.stop()
    this.mode = 'editing'
    this.corners = [...corners]
    this.rebuildHandles()
  }

  stop(): void {
    this.mode = 'idle'
    this.chosen = -1
    this.handles.clearLayers()
    this.sketch.remove()
    this.map.getContainer().classList.remove('is-drawing')
    this.map.doubleClickZoom.enable()
  }

  /** A click or a keyboard «corner here»; true when the tool took it. */
  take(at: L.LatLng): boolean {
    if (this.mode !== 'drawing') return this.mode === 'editing'
    const point = this.snapped(at)
    const first = this.corners[0]
    const closing = first && this.corners.length >= 3 && this.near(point, first)
    if (closing) {
      this.finish()
      return true
    }
    const last = this.corners[this.corners.length - 1]
    if (last && this.near(point, last, 3)) return true
    this.corners.push(point)
    this.redrawSketch()
    this.rebuildHandles()
    this.listener.changed([...this.corners])
    return true
  }

  undo(): void {
    if (this.mode !== 'drawing') return
    this.corners.pop()
    this.redrawSketch()
    this.rebuildHandles()
    this.listener.changed([...this.corners])
  }

  finish(): void {
    if (this.mode !== 'drawing' || this.corners.length < 3) return
    const done = [...this.corners]
    this.stop()
    this.listener.finished(done)
  }

  removeChosenCorner(): void {
    if (this.mode !== 'editing' || this.chosen < 0 || this.corners.length <= 3) return
    this.corners.splice(this.chosen, 1)
    this.chosen = -1
    this.rebuildHandles()
    this.listener.changed([...this.corners])
  }

  fit(): L.LatLngBoundsExpression | null {
    return boundsOf([{ type: 'MultiPoint', coordinates: this.corners }])
  }

  private snapped(at: L.LatLng): LonLat {
    return snap(this.map, at, this.targets)
  }

  private near(a: LonLat, b: LonLat, pixels = reach()): boolean {
    const p = this.map.latLngToContainerPoint([a[1], a[0]])
    return p.distanceTo(this.map.latLngToContainerPoint([b[1], b[0]])) < pixels
  }

  private hover(at: L.LatLng): void {
    if (this.mode !== 'drawing' || this.corners.length === 0) return
    this.redrawSketch(this.snapped(at))
  }

  private redrawSketch(next?: LonLat): void {
    const line = next ? [...this.corners, next] : this.corners
    this.sketch.setLatLngs(line.map((p): [number, number] => [p[1], p[0]]))
  }

  private rebuildHandles(): void {
    this.handles.clearLayers()
    this.corners.forEach((corner, i) => {
      const className = i === this.chosen ? 'draft-handle is-chosen' : 'draft-handle'
      const marker = this.handle(corner, className, this.mode === 'editing')
      if (this.mode === 'editing') {
        marker.on('click', () => {
          this.chosen = i
          this.rebuildHandles()
        })
        marker.on('drag', () => this.moved(i, this.snapped(marker.getLatLng())))
        marker.on('dragend', () => this.rebuildHandles())
      }
    })
    if (this.mode !== 'editing') return
    this.corners.forEach((corner, i) => {
      const next = this.corners[(i + 1) % this.corners.length] as LonLat
      const middle: LonLat = [(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2]
      const marker = this.handle(middle, 'draft-handle is-middle', true)
      marker.on('dragstart', () => this.corners.splice(i + 1, 0, middle))
      marker.on('drag', () => this.moved(i + 1, this.snapped(marker.getLatLng())))
      marker.on('dragend', () => this.rebuildHandles())
    })
  }

  private moved(index: number, to: LonLat): void {
    this.corners[index] = to
    this.listener.changed([...this.corners])
  }

  private handle(at: LonLat, className: string, draggable: boolean): L.Marker {
    const side = reach() * 2
    const icon = L.divIcon({ className, iconSize: [side, side] })
    const marker = L.marker([at[1], at[0]], { icon, draggable, keyboard: false, pane: 'handles' })
    this.handles.addLayer(marker)
    return marker
  }
}
