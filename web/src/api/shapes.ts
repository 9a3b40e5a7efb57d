/** The wire, as docs of the API write it. Days are ISO Gregorian; geometry is GeoJSON in EPSG:4326. */
import type { FeatureCollection, Geometry, LineString, MultiPolygon, Polygon, Position } from 'geojson'
import type { TwoLanguages } from '@/words/language'

export type Verdict = 'complies' | 'violates' | 'undecided' | 'not_applicable'
export type Reason = 'fact' | 'layer' | 'inquiry' | 'commission' | 'judgement' | 'no_law'
export type Role = 'citizen' | 'surveyor' | 'reviewer' | 'planner' | 'administrator'
export type LayerStatus = 'complete' | 'incomplete' | 'unknown' | 'not_loaded'
export type Bounds = [west: number, south: number, east: number, north: number]

export interface BookName {
  id: string
  sha256: string
  sample: boolean
}
export interface LayerOfCity {
  layer: string
  status: LayerStatus
  source: string | null
  day: string | null
  count?: number
}
export interface City {
  key: string
  name: TwoLanguages
  sample: boolean
  srid: number
  srid_name: string
  bounds: Bounds
  centre: [number, number]
  today: string
  layers: LayerOfCity[]
  overlay_kinds: string[]
  zones: { code: string; name: string | null }[]
  book: BookName | null
}

export interface ParcelHit {
  key: string
  renovation_code: string | null
  registration_plate: string | null
  address: string | null
  area_m2: number
  district: string | null
  centroid: [number, number]
  bbox: Bounds
  distance_m: number | null
  contains: boolean
}
export interface ParcelHits {
  items: ParcelHit[]
  next: string | null
  suggestions: string[]
}

export interface Citation {
  ref: string
  instrument: Partial<TwoLanguages>
  article: string | null
  from: string | null
}
export interface Missing {
  kind: Reason
  name: string | null
  who: Partial<TwoLanguages> | null
}
export interface Subject {
  kind: 'edge' | 'storey' | 'lot' | 'zone'
  ref: string
}
export interface LawItem {
  provision: string
  title: Partial<TwoLanguages>
  measure: string
  relation: string
  limit: number | string | string[] | null
  unit: string
  zone: string | null
  subject: Subject | null
  cite: Citation | null
  text: Partial<TwoLanguages>
  verdict: Verdict | null
  missing: Missing | null
}

export interface Corner {
  n: number
  e: number
  n_m: number
  lon: number
  lat: number
}
export type EdgeKind = 'street' | 'side' | 'rear' | 'unknown'
export interface ParcelEdge {
  index: number
  kind: EdgeKind
  evidence: string
  confidence: number
  length_m: number
  azimuth_deg: number
  street: {
    key: string
    name: string | null
    existing_width_m: number | null
    planned_width_m: number | null
  } | null
  geometry: LineString
}
export interface Parcel {
  key: string
  valid_from: string
  valid_to: string | null
  renovation_code: string | null
  registration_plate: string | null
  address: string | null
  district: string | null
  area_m2: number
  registered_area_m2: number | null
  geometry: Polygon | MultiPolygon
  frame: { srid: number; name: string }
  corners: Corner[]
  edges: ParcelEdge[]
  orientation: string | null
  corner_lot: boolean
  frontage_m: number | null
  depth_m: number | null
  widening: {
    before_m2: number
    loss_m2: number | null
    after_m2: number | null
    geometry: Geometry | null
    streets: string[]
  } | null
  zones: { code: string; name: string | null; share: number; area_m2: number }[]
  overlays: { key: string; kind: string; name: string | null; share: number | null }[]
  buildings: {
    key: string
    storeys: number | null
    height_m: number | null
    use: string | null
    year: number | null
    area_m2: number
    geometry: Geometry
  }[]
  nodes: { code: string; kind: string; use: string | null; floor: number | null; area_m2: number | null }[]
  terrain: { min_m: number; max_m: number; mean_m: number } | null
  layers: LayerOfCity[]
  law: { on: string; book: BookName; items: LawItem[] } | null
  lineage: { kind: string; old_key: string | null; new_key: string | null; day: string; share: number | null }[]
  history: { valid_from: string; valid_to: string | null }[]
}

export interface EvidencePart {
  role: 'witness' | 'excess' | 'strip' | 'frontage' | 'footprint'
  label: { value: number | null; limit: number | null; unit: string } | null
  geometry: Geometry
}
export interface Finding {
  provision: string
  title: Partial<TwoLanguages>
  measure: string
  verdict: Verdict
  reason: Reason | null
  missing: Missing | null
  subject: Subject | null
  zone: string | null
  relation: string
  value: number | string | null
  limit: number | string | string[] | null
  unit: string
  margin: number | null
  tolerance: number | null
  cite: Citation | null
  text: Partial<TwoLanguages>
  evidence: EvidencePart[]
}
export interface Report {
  verdict: Verdict
  on: string
  engine: string
  book: BookName
  parcel: string
  area: { before_m2: number; loss_m2: number | null; after_m2: number | null }
  findings: Finding[]
}

export interface StoreyProperties {
  level: number
  kind: 'floor' | 'basement' | 'pilotis' | 'stair_head'
  use: string
  units: number
  floor_height_m: number
  countable_area_m2: number | null
}
export interface ProposalDocument extends FeatureCollection<Polygon | MultiPolygon, StoreyProperties> {
  srid: number
  proposal: { strip_ceded: boolean; parking_spaces: number }
}

export interface Person {
  id: string
  name: string
  roles: Role[]
}
export interface Session {
  person: Person | null
  csrf: string | null
}

export interface RequestRow {
  tracking_code: string
  service: string
  state: string
  state_title?: Partial<TwoLanguages>
  verdict: Verdict | null
  parcel: string
  filed_on: string
  filed_at?: string
  applicant?: string | null
}
export interface RequestEvent {
  at: string
  actor: string | null
  move: string
  title?: Partial<TwoLanguages>
  reason: string | null
  from: string | null
  to: string | null
}
export interface RequestFile extends RequestRow {
  report: Report | null
  proposal?: ProposalDocument | null
  events: RequestEvent[]
  moves: { move: string; title: Partial<TwoLanguages> }[]
}

export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: string
  where: string | null
  args: Record<string, unknown>
  correlation_id: string | null
}
export type { Position }
