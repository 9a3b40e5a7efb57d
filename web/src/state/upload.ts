import type { StoreyProperties } from '@/api/shapes'
import type { CityFrame } from '@/map/city_frame'
import type { LonLat } from '@/map/geometry'
import { newId, type Draft, type Mass } from './draft'
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
  const masses = features.map((feature: unknown, n): Mass => {
    const at = `/features/${n}`
    const geometry = object(object(feature)?.geometry)
    const properties = object(object(feature)?.properties)
    if (!properties) return refuse('not_an_object', `${at}/properties`)
    const where = `${at}/geometry/coordinates`
    let polygons: LonLat[][][]
    if (geometry?.type === 'Polygon') polygons = [rings(geometry.coordinates, where)]
    else if (geometry?.type === 'MultiPolygon' && Array.isArray(geometry.coordinates)) {
      polygons = geometry.coordinates.map((p: unknown, i) => rings(p, `${where}/${i}`))
    } else return refuse('not_a_polygon', `${at}/geometry`)
    for (const name of ['level', 'kind', 'use', 'units', 'floor_height_m']) {
      if (properties[name] == null) return refuse('missing_property', `${at}/properties`, { name })
    }
    return { ...(properties as unknown as StoreyProperties), id: newId(), polygons, countable_area_m2: (properties.countable_area_m2 as number | null | undefined) ?? null }
  })
  const facts = object(root.proposal)
  return {
    masses,
    strip_ceded: facts?.strip_ceded === true,
    parking_spaces: typeof facts?.parking_spaces === 'number' ? facts.parking_spaces : null,
    // A word that the service does not know is sent as it came, so that the service can name its place in the file.
    existing: (facts?.existing ?? null) as Draft['existing'],
  }
}

function object(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
}
