import type { EvidencePart, Finding, Verdict } from '@/api/shapes'
import { t } from '@/words'
import { limitQuantity, measuredQuantity, quantity } from '@/words/numbers'
import { boundsOf, linesOf } from './geometry'
import { L } from './leaflet'

/** The label of a dimension line: «۱٫۳۲ متر، حداقل ۳ متر». Which way the limit cuts is said, never left to be guessed. */
function labelText({ value, limit, unit, relation }: NonNullable<EvidencePart['label']>): string {
  if (value === null) return ''
  if (limit === null || relation === null) return quantity(value, unit)
  const measured = measuredQuantity(value, limit, unit, relation)
  return `${measured}${t('comma')} ${t(relation, { limit: limitQuantity(limit, unit, relation) })}`
}

/** Draws what a finding rests on, as an architect draws dimensions: above all else, with arrows and the number. */
export class EvidenceLayer {
  private readonly group: L.LayerGroup

  constructor(private readonly map: L.Map) {
    this.group = L.layerGroup().addTo(map)
  }

  clear(): void {
    this.map.getContainer().classList.remove('has-evidence')
    this.group.clearLayers()
  }

  show({ evidence: parts, verdict }: Pick<Finding, 'evidence' | 'verdict'>): void {
    this.clear()
    this.map.getContainer().classList.toggle('has-evidence', parts.length > 0)
    const said = new Set<string>()
    const shapes: EvidencePart[] = []
    const order = ['allowed', 'buffer', 'footprint', 'strip', 'excess', 'frontage', 'witness']
    for (const part of [...parts].sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role))) {
      if (part.role === 'witness') this.witness(part, verdict)
      else {
        const className = `evidence-${part.role} is-${verdict}`
        const weight = part.role === 'frontage' ? 5 : 2
        this.group.addLayer(
          L.geoJSON(part.geometry, { style: () => ({ className, weight }), pane: 'evidence', interactive: false }),
        )
        shapes.push(part)
      }
    }
    // The number stands at the dimension line; a shape repeats it only where no line has said it.
    for (const part of [...parts.filter((p) => p.role === 'witness'), ...shapes]) this.label(part, verdict, said)
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
  }

  private label(part: EvidencePart, verdict: Verdict, said: Set<string>): void {
    if (!part.label || part.label.value === null) return
    const words = labelText(part.label)
    if (said.has(words)) return
    said.add(words)
    const bounds = boundsOf([part.geometry])
    if (!bounds) return
    const text = document.createElement('span')
    text.className = `evidence-label is-${verdict}`
    text.dir = document.documentElement.dir
    text.textContent = words
    const icon = L.divIcon({ html: text, className: 'map-label', iconSize: [0, 0] })
    const centre = L.latLngBounds(bounds).getCenter()
    this.group.addLayer(L.marker(centre, { icon, interactive: false, keyboard: false, pane: 'evidence' }))
  }
}
