import type { Parcel } from '@/api/shapes'
import { number } from '@/words/numbers'
import { boundsOf } from './geometry'
import { L } from './leaflet'
import { Occupied, type Pixel } from './lettering'

const LENGTHS_FROM = 18

/** The chosen parcel: accent line with a halo, the street edges heavier, every edge with its length at high zoom. */
export class Highlight {
  private readonly group: L.LayerGroup
  private readonly lengths: L.LayerGroup
  private parcel: Parcel | null = null
  /** Places that other marks have taken, in pixels of the view. */
  private others: readonly (Pixel & { radius: number })[] = []

  constructor(private readonly map: L.Map) {
    this.group = L.layerGroup().addTo(map)
    this.lengths = L.layerGroup()
    map.on('zoomend moveend', () => this.labels())
  }

  show(parcel: Parcel | null): void {
    this.parcel = parcel
    this.group.clearLayers()
    if (parcel) {
      const pane = 'chosen'
      const shape = (className: string, weight: number): L.GeoJSON =>
        L.geoJSON(parcel.geometry, { style: () => ({ className, weight, pane }), pane, interactive: false })
      this.group.addLayer(shape('chosen-halo', 8))
      this.group.addLayer(shape('chosen-line', 3))
      const loss = parcel.widening?.geometry
      if (loss) {
        this.group.addLayer(
          L.geoJSON(loss, { style: () => ({ className: 'evidence-strip', weight: 1.5 }), pane, interactive: false }),
        )
      }
    }
    this.labels()
  }

  refresh(): void {
    this.labels()
  }

  avoid(others: readonly (Pixel & { radius: number })[]): void {
    this.others = others
    if (this.parcel) this.labels()
  }

  private labels(): void {
    this.lengths.clearLayers()
    // Before the first view Leaflet has no zoom: a parcel may arrive earlier than the city.
    if (!this.parcel || !(this.map.getZoom() >= LENGTHS_FROM)) {
      this.lengths.remove()
      return
    }
    const bounds = boundsOf([this.parcel.geometry])
    if (!bounds) return
    const centre = this.map.latLngToLayerPoint(L.latLngBounds(bounds).getCenter())
    const taken = new Occupied()
    for (const { x, y, radius } of this.others) {
      const there = this.map.containerPointToLayerPoint([x, y])
      taken.claim(there.x, there.y, radius * 2, radius * 2)
    }
    for (const edge of this.parcel.edges) {
      const line = edge.geometry.coordinates
      const from = line[0]
      const to = line[line.length - 1]
      if (!from || !to) continue
      const a = this.map.latLngToLayerPoint([from[1] as number, from[0] as number])
      const b = this.map.latLngToLayerPoint([to[1] as number, to[0] as number])
      const length = a.distanceTo(b)
      if (length < 34) continue
      let angle = Math.atan2(b.y - a.y, b.x - a.x)
      if (angle > Math.PI / 2) angle -= Math.PI
      if (angle <= -Math.PI / 2) angle += Math.PI
      const at = [1, -1].map((side) => beside(a, b, centre, side)).find((p) => taken.claim(p.x, p.y, 36, 16, angle))
      if (!at) continue
      const text = document.createElement('span')
      text.className = 'edge-length'
      text.textContent = number(edge.length_m)
      text.style.transform = `translate(-50%, -50%) rotate(${angle}rad)`
      const middle = this.map.layerPointToLatLng(at)
      const icon = L.divIcon({ html: text, className: 'map-label', iconSize: [0, 0] })
      this.lengths.addLayer(L.marker(middle, { icon, interactive: false, keyboard: false, pane: 'lengths' }))
    }
    this.lengths.addTo(this.map)
  }
}

/** The middle of an edge, moved off the line towards the plot (1), where no street name runs, or away from it (−1). */
export function beside(a: L.Point, b: L.Point, centre: L.Point, towardsPlot: number): L.Point {
  const middle = a.add(b).divideBy(2)
  const along = b.subtract(a)
  const normal = L.point(-along.y, along.x).divideBy(Math.hypot(along.x, along.y))
  const towards = centre.subtract(middle)
  const side = normal.x * towards.x + normal.y * towards.y >= 0 ? 1 : -1
  return middle.add(normal.multiplyBy(side * towardsPlot * 12))
}
