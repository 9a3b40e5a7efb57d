import type { Parcel } from '@/api/shapes'
import { number } from '@/words/numbers'
import { boundsOf } from './geometry'
import { beside } from './highlight'
import { L } from './leaflet'

const SHORT = 34
const MARKS_FROM = 17

/** The surveyor's numbers on the map: corners of the recorded boundary in circles, edges of the line after widening in squares. */
export class SurveyMarks {
  private readonly group = L.layerGroup()
  private parcel: Parcel | null = null
  private readonly draw = (): void => this.redraw()

  constructor(private readonly map: L.Map) {
    this.group.addTo(map)
    map.on('zoomend', this.draw)
  }

  show(parcel: Parcel | null): void {
    this.parcel = parcel
    this.redraw()
  }

  remove(): void {
    this.map.off('zoomend', this.draw)
    this.group.remove()
  }

  private redraw(): void {
    this.group.clearLayers()
    const bounds = this.parcel && boundsOf([this.parcel.geometry])
    // Before the first view Leaflet has no zoom: a parcel may arrive earlier than the city.
    if (!this.parcel || !bounds || !(this.map.getZoom() >= MARKS_FROM)) return
    const centre = this.map.latLngToLayerPoint(L.latLngBounds(bounds).getCenter())
    if ((this.parcel.widening.loss_m2 ?? 0) > 0) {
      for (const edge of this.parcel.edges) {
        this.group.addLayer(
          L.geoJSON(edge.geometry, { style: () => ({ className: 'survey-edge', weight: 2.5 }), pane: 'draft', interactive: false }),
        )
      }
    }
    for (const edge of this.parcel.edges) {
      const line = edge.geometry.coordinates.map((p) => this.map.latLngToLayerPoint([p[1] as number, p[0] as number]))
      const [a, b] = [line[0], line[line.length - 1]]
      if (a && b && a.distanceTo(b) >= SHORT) this.mark('edge-mark', number(edge.index + 1), beside(a, b, centre, -1))
    }
    for (const corner of this.parcel.corners) {
      const at = this.map.latLngToLayerPoint([corner.lat, corner.lon])
      const away = at.subtract(centre)
      const far = Math.max(1, Math.hypot(away.x, away.y))
      this.mark('corner-mark', number(corner.n), at.add(away.multiplyBy(14 / far)))
    }
  }

  private mark(className: string, words: string, at: L.Point): void {
    const text = document.createElement('span')
    text.className = className
    text.textContent = words
    const icon = L.divIcon({ html: text, className: 'map-label', iconSize: [0, 0] })
    this.group.addLayer(L.marker(this.map.layerPointToLatLng(at), { icon, interactive: false, keyboard: false, pane: 'lengths' }))
  }
}
