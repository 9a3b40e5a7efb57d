import type { Geometry, Position } from 'geojson'

export type LonLat = [lon: number, lat: number]

/** Every position of a geometry, in order. */
export function positions(geometry: Geometry): Position[] {
  switch (geometry.type) {
    case 'Point':
      return [geometry.coordinates]
    case 'MultiPoint':
    case 'LineString':
      return geometry.coordinates
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates.flat()
    case 'MultiPolygon':
      return geometry.coordinates.flat(2)
    case 'GeometryCollection':
      return geometry.geometries.flatMap(positions)
  }
}

/** [[south, west], [north, east]] of geometries, as the map takes it; null when there is nothing. */
export function boundsOf(geometries: readonly Geometry[]): [[number, number], [number, number]] | null {
  const all = geometries.flatMap(positions)
  if (all.length === 0) return null
  const lon = all.map((p) => p[0] as number)
  const lat = all.map((p) => p[1] as number)
  return [
    [Math.min(...lat), Math.min(...lon)],
    [Math.max(...lat), Math.max(...lon)],
  ]
}

/** Lines of a LineString or MultiLineString; rings of polygons; nothing for points. */
export function linesOf(geometry: Geometry): Position[][] {
  switch (geometry.type) {
    case 'LineString':
      return [geometry.coordinates]
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates
    case 'MultiPolygon':
      return geometry.coordinates.flat()
    case 'GeometryCollection':
      return geometry.geometries.flatMap(linesOf)
    default:
      return []
  }
}
