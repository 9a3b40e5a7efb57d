import type { ElementKind, ElementProperties, StoreyProperties } from '@/api/shapes'
import type { CityFrame } from '@/map/city_frame'
import type { LonLat } from '@/map/geometry'
import { newId, type Draft, type Element, type Mass } from './draft'
import { ELEMENT_KINDS, isLine } from './elements'
import { brokenLine, lineOf } from './json_places'

/** Why a file is no proposal: a code of the service's own, and the line of the person's file. */
export class UploadFault extends Error {
  constructor(
    readonly code: string,
    readonly line: number | null,
    readonly args: Record<string, unknown> = {},
  ) {
    super(code)
  }
}

const MOST_BYTES = 20_000_000

/**
 * A GeoJSON text as a draft that can be drawn. Only what drawing needs is checked here, with the service's own codes;
 * everything else is the service's to judge, so that there is one law for files.
 */
export function readUpload(text: string, frame: CityFrame | null): Draft {
  if (text.length > MOST_BYTES) throw new UploadFault('upload.too_large', null)
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (fault) {
    if (!(fault instanceof SyntaxError)) throw fault
    throw new UploadFault('upload.not_json', brokenLine(text, fault))
  }
  const refuse = (code: string, pointer: string, args?: Record<string, unknown>): never => {
    throw new UploadFault(`proposal.${code}`, lineOf(text, pointer), args)
  }
  const root = object(document)
  if (root?.type !== 'FeatureCollection') return refuse('not_a_collection', '')
  const features = root.features
  if (!Array.isArray(features)) return refuse('not_a_list', '/features')
  if (features.length === 0) return refuse('no_storeys', '/features')
  const srid = root.srid ?? 4326
  const inFrame = frame !== null && srid === frame.srid
  if (srid !== 4326 && !inFrame) return refuse('srid', '/srid', { srid, allowed: [4326, ...(frame ? [frame.srid] : [])] })
  const place = (value: unknown, pointer: string): LonLat => {
    const [x, y] = Array.isArray(value) ? (value as unknown[]) : []
    if (typeof x !== 'number' || typeof y !== 'number') return refuse('position', pointer)
    if (inFrame && frame) return frame.toLonLat([x, y])
    if (Math.abs(x) > 180 || Math.abs(y) > 90) return refuse('out_of_range', pointer)
    return [x, y]
  }
  const rings = (value: unknown, pointer: string): LonLat[][] => {
    if (!Array.isArray(value)) return refuse('coordinates', pointer)
    return value.map((ring: unknown, r) => {
      if (!Array.isArray(ring) || ring.length < 4) return refuse('coordinates', `${pointer}/${r}`)
      const corners = ring.map((p: unknown, i) => place(p, `${pointer}/${r}/${i}`))
      const [first, last] = [corners[0], corners[corners.length - 1]]
      if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) return refuse('open_ring', `${pointer}/${r}`)
      return corners.slice(0, -1)
    })
  }
  const area = (geometry: Record<string, unknown> | null, at: string): LonLat[][][] => {
    const where = `${at}/geometry/coordinates`
    if (geometry?.type === 'Polygon') return [rings(geometry.coordinates, where)]
    if (geometry?.type === 'MultiPolygon' && Array.isArray(geometry.coordinates)) {
      return geometry.coordinates.map((p: unknown, i) => rings(p, `${where}/${i}`))
    }
    return refuse('not_a_polygon', `${at}/geometry`)
  }
  const line = (geometry: Record<string, unknown> | null, at: string): LonLat[] => {
    if (geometry?.type !== 'LineString' || !Array.isArray(geometry.coordinates)) return refuse('not_a_line', `${at}/geometry`)
    if (geometry.coordinates.length < 2) return refuse('no_length', `${at}/geometry`)
    return geometry.coordinates.map((p: unknown, i) => place(p, `${at}/geometry/coordinates/${i}`))
  }
  const masses: Mass[] = []
  const elements: Element[] = []
  features.forEach((feature: unknown, n) => {
    const at = `/features/${n}`
    const geometry = object(object(feature)?.geometry)
    const properties = object(object(feature)?.properties)
    if (!properties) return refuse('not_an_object', `${at}/properties`)
    const kind = properties.element
    if (kind == null) {
      const polygons = area(geometry, at)
      for (const name of ['level', 'kind', 'use', 'units', 'floor_height_m']) {
        if (properties[name] == null) return refuse('missing_property', `${at}/properties`, { name })
      }
      const storey = properties as unknown as StoreyProperties
      masses.push({ ...storey, id: newId(), polygons, countable_area_m2: storey.countable_area_m2 ?? null })
    } else if (!(ELEMENT_KINDS as readonly unknown[]).includes(kind)) {
      return refuse('unknown_word', `${at}/properties/element`, { allowed: [...ELEMENT_KINDS] })
    } else {
      const drawn = isLine(kind as ElementKind) ? { polygons: [], line: line(geometry, at) } : { polygons: area(geometry, at), line: null }
      elements.push({ ...(properties as unknown as ElementProperties), id: newId(), ...drawn })
    }
  })
  if (!masses.length) return refuse('no_storeys', '/features')
  // What the service does not know, and facts that no field here asks for, are sent as they came: the service names their place.
  const facts = (object(root.proposal) ?? {}) as Partial<Draft>
  return {
    ...facts,
    masses,
    elements,
    drawn: facts.drawn ?? [],
    neighbour_consents: facts.neighbour_consents ?? [],
    strip_ceded: facts.strip_ceded === true,
    parking_spaces: typeof facts.parking_spaces === 'number' ? facts.parking_spaces : null,
    existing: facts.existing ?? null,
  }
}

/**
 * Where a place of the sent document lies in the person's own file: there a storey may come after what is drawn beside
 * storeys, and the draft sends all storeys first.
 */
export function inFile(text: string, pointer: string): string {
  const features = object(JSON.parse(text))?.features
  if (!Array.isArray(features)) return pointer
  const isElement = (n: number): boolean => object(object(features[n])?.properties)?.element != null
  const sent = [...features.keys()].sort((a, b) => Number(isElement(a)) - Number(isElement(b)) || a - b)
  return pointer.replace(/^\/features\/(\d+)/, (_, n: string) => `/features/${sent[Number(n)] ?? n}`)
}

function object(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
}
