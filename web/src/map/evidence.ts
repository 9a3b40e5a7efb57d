import type { EvidencePart, Verdict } from '@/api/shapes'
import { ofLimit } from '@/words/numbers'
import { boundsOf, linesOf } from './geometry'
import { L } from './leaflet'

/** Draws what a finding rests on, as an architect draws dimensions: above all else, with arrows and the number. */
export class EvidenceLayer {
  private readonly group: L.LayerGroup

  constructor(map: L.Map) {
    this.group = L.layerGroup().addTo(map)
  }

  clear(): void {
    this.group.clearLayers()
  }

  show(parts: readonly EvidencePart[], verdict: Verdict): void {
    this.clear()
    const order = ['footprint', 'strip', 'excess', 'frontage', 'witness']
    for (const part of [...parts].sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role))) {
      if (part.role === 'witness') this.witness(part, verdict)
      else {
        const className = `evidence-${part.role} is-${verdict}`
        const weight = part.role === 'frontage' ? 5 : 2
        this.group.addLayer(
          L.geoJSON(part.geometry, { style: () => ({ className, weight }), pane: 'evidence', interactive: false }),
        )
        this.label(part, verdict)
      }
    }
  }

  bounds(parts: readonly EvidencePart[]): L.LatLngBoundsExpression | null {
    return boundsOf(parts.map((p) => p.geometry))
  }

  private witness(part: EvidencePart, verdict: Verdict): void {
    for (const line of linesOf(part.geometry)) {
      const points = line.map((p): [number, number] => [p[1] as number, p[0] as number])
      const halo = L.polyline(points, { className: 'witness-halo', weight: 6, pane: 'evidence', interactive: false })
      const drawn = L.polyline(points, {
        className: `witness is-${verdict}`,
        weight: 2,
        pane: 'evidence',
        interactive: false,
      })
      this.group.addLayer(halo)
      this.group.addLayer(drawn)
      const path = drawn.getElement()
      path?.setAttribute('marker-start', 'url(#arrow)')
      path?.setAttribute('marker-end', 'url(#arrow)')
    }
    this.label(part, verdict)
  }

  private label(part: EvidencePart, verdict: Verdict): void {
    if (!part.label || part.label.value === null) return
    const bounds = boundsOf([part.geometry])
    if (!bounds) return
    const text = document.createElement('span')
    text.className = `evidence-label is-${verdict}`
    text.dir = document.documentElement.dir
    text.textContent = ofLimit(part.label.value, part.label.limit, part.label.unit)
    const icon = L.divIcon({ html: text, className: 'map-label', iconSize: [0, 0] })
    const centre = L.latLngBounds(bounds).getCenter()
    this.group.addLayer(L.marker(centre, { icon, interactive: false, keyboard: false, pane: 'evidence' }))
  }
}
