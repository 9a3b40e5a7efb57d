/** The wire as the screens use it: the generated types, with GeoJSON where OpenAPI can only say «object». */
import type { FeatureCollection, Geometry, LineString, MultiPolygon, Polygon } from 'geojson'
import type { components } from './schema'

type Wire<Name extends keyof components['schemas']> = components['schemas'][Name]
/** The generated type with some members said more closely. */
type Refined<Base, Closer> = Omit<Base, keyof Closer> & Closer

export type Verdict = Wire<'FindingOut'>['verdict']
export type LayerStatus = Wire<'SiteLayer'>['status']
export type Role = 'citizen' | 'surveyor' | 'reviewer' | 'planner' | 'administrator'
export type Bounds = [west: number, south: number, east: number, north: number]

export type City = Wire<'CityOut'>
export type ParcelHit = Wire<'ParcelItem'>
export type ParcelHits = Wire<'ParcelList'>
export type Citation = Wire<'Cite'>
export type LawItem = Wire<'LawItemOut'>
export type Corner = Wire<'Corner'>
export type ParcelEdge = Refined<Wire<'EdgeOut'>, { geometry: LineString }>
export type Parcel = Refined<
  Wire<'ParcelOut'>,
  {
    geometry: Polygon | MultiPolygon
    edges: ParcelEdge[]
    widening: Refined<Wire<'WideningOut'>, { geometry: Geometry | null }>
  }
>

export type EvidencePart = Refined<Wire<'EvidenceOut'>, { geometry: Geometry }>
export type Finding = Refined<Wire<'FindingOut'>, { evidence: EvidencePart[] }>
export type Report = Refined<Wire<'ReportOut'>, { findings: Finding[]; evidence: EvidencePart[] }>

export interface StoreyProperties {
  level: number
  kind: 'floor' | 'basement' | 'pilotis' | 'stair_head'
  use: string
  units: number
  floor_height_m: number
  countable_area_m2: number | null
  /** Null or absent: not said. */
  clear_height_m?: number | null
  /** The area of each unit; null or absent: not said. */
  unit_areas_m2?: number[] | null
}
/** What is drawn in or on a building beside its storeys; windows and gates are lines, the others areas. */
export type ElementKind = 'projection' | 'light_well' | 'window' | 'parking_space' | 'gate'
export interface ElementProperties {
  element: ElementKind
  level?: number
  underside_m?: number | null
  closed?: boolean
  serves?: 'main' | 'minor' | 'none'
  room?: 'main' | 'minor'
  sill_m?: number | null
  unit?: string | null
  cars?: number
}
/** What becomes of the buildings that stand on the plot; null: not said. */
export type Existing = 'demolish' | 'keep' | null
export interface ProposalDocument extends FeatureCollection<Polygon | MultiPolygon | LineString, StoreyProperties | ElementProperties> {
  srid: number
  proposal: {
    strip_ceded: boolean
    parking_spaces: number | null
    existing: Existing
    /** Kinds of elements of which there are no others than those drawn. */
    drawn: string[]
    /** Edges, by their number from 0, whose neighbours are said to consent. */
    neighbour_consents: number[]
  }
}

export type Person = Wire<'PersonOut'>
export type Session = Wire<'SessionOut'>
export type RequestRow = Wire<'RequestItem'>
export type RequestFiled = Refined<Wire<'RequestFiled'>, { report: Report }>
export type RequestFile = Refined<Wire<'RequestOut'>, { report: Report | null }>
export type Problem = Wire<'Problem'>
