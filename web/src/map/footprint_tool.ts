import { boundsOf, type LonLat } from './geometry'
import { L } from './leaflet'
import { reach, snap, type SnapTarget } from './snap'

export interface DrawnShape {
  id: string
  rings: LonLat[][]
  active: boolean
  /** What is drawn beside storeys: along a wall it is a line, the first of the rings. */
  element?: { line: boolean; refused: boolean; faint: boolean }
}
/** An outline closes on its first corner; a line along a wall ends where it ends. */
export type Form = 'area' | 'line'

type Listener = {
  /** The corners while drawing or after an edit. */
  changed: (corners: LonLat[]) => void
  finished: (corners: LonLat[]) => void
}

/** Footprints and lines along walls on the map: drawn corner by corner, then edited by dragging the corners. Buttons stand outside, with words. */
export class FootprintTool {
  private readonly shapes: L.LayerGroup
  private readonly handles: L.LayerGroup
  private readonly sketch: L.Polyline
  private corners: LonLat[] = []
  private targets: SnapTarget[] = []
  private chosen = -1
  private form: Form = 'area'
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

  /** Draws the draft: storeys, and over them what is drawn beside storeys; of each the active one stands out. */
  show(shapes: readonly DrawnShape[]): void {
    this.shapes.clearLayers()
    const above = (shape: DrawnShape): number => (shape.element ? 2 : 0) + Number(shape.active)
    for (const shape of [...shapes].sort((a, b) => above(a) - above(b))) {
      const rings = shape.rings.map((ring) => ring.map((p): [number, number] => [p[1], p[0]]))
      const { element, active } = shape
      const className = [
        element ? 'draft-element' : 'draft-shape',
        active && 'is-active',
        element?.line && 'is-line',
        element?.refused && 'is-refused',
        element?.faint && 'is-faint',
      ].filter(Boolean).join(' ')
      const look = { className, weight: element?.line ? (active ? 6 : 4) : active ? 2.5 : element ? 1.5 : 1, pane: 'draft', interactive: false }
      this.shapes.addLayer(element?.line ? L.polyline(rings[0] ?? [], look) : L.polygon(rings, look))
    }
  }

  /** Corners and edges of the plot: a click near one takes it exactly. */
  snapTo(targets: SnapTarget[]): void {
    this.targets = targets
  }

  draw(form: Form = 'area'): void {
    this.stop()
    this.form = form
    this.mode = 'drawing'
    this.corners = []
    this.sketch.setLatLngs([]).addTo(this.map)
    this.map.getContainer().classList.add('is-drawing')
    this.map.doubleClickZoom.disable()
  }

  edit(corners: readonly LonLat[], form: Form = 'area'): void {
    this.stop()
    this.form = form
    this.mode = 'editing'
    this.corners = [...corners]
    this.rebuildHandles()
  }

  /** The fewest corners that are a shape. */
  get least(): number {
    return this.form === 'line' ? 2 : 3
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
    const closing = this.form === 'area' && first && this.corners.length >= 3 && this.near(point, first)
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
    if (this.mode !== 'drawing' || this.corners.length < this.least) return
    const done = [...this.corners]
    this.stop()
    this.listener.finished(done)
  }

  removeChosenCorner(): void {
    if (this.mode !== 'editing' || this.chosen < 0 || this.corners.length <= this.least) return
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
      if (this.form === 'line' && i === this.corners.length - 1) return
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
