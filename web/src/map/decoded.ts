import type { VectorTileLayer } from '@mapbox/vector-tile'

const POLYGON = 3

/** A feature of a tile, decoded once: its rings or lines in tile units. */
export interface Decoded {
  type: 0 | 1 | 2 | 3
  properties: Record<string, unknown>
  rings: readonly (readonly { x: number; y: number }[])[]
}

const features = new WeakMap<VectorTileLayer, readonly Decoded[]>()
const paths = new WeakMap<VectorTileLayer, ReadonlyMap<string, Path2D>>()

/** The features of a tile. A name is placed anew on every move of the map, so nothing is decoded twice. */
export function featuresOf(layer: VectorTileLayer): readonly Decoded[] {
  let known = features.get(layer)
  if (!known) {
    known = Array.from({ length: layer.length }, (_, i) => {
      const feature = layer.feature(i)
      return { type: feature.type, properties: feature.properties, rings: feature.loadGeometry() }
    })
    features.set(layer, known)
  }
  return known
}

/**
 * The outlines of a tile in tile units, one path for each value of `by` (all in one path without it; a layer is always
 * asked for with the same). A street's tile is
 * painted on its neighbours' squares too, so the path is kept with the tile and goes when the tile goes.
 */
export function pathsOf(layer: VectorTileLayer, by: string | null = null): ReadonlyMap<string, Path2D> {
  const known = paths.get(layer)
  if (known) return known
  const made = new Map<string, Path2D>()
  for (let i = 0; i < layer.length; i += 1) {
    const feature = layer.feature(i)
    const group = `${feature.type}|${by === null ? '' : String(feature.properties[by] ?? '')}`
    const path = made.get(group) ?? new Path2D()
    made.set(group, path)
    for (const ring of feature.loadGeometry()) {
      ring.forEach((p, n) => (n === 0 ? path.moveTo(p.x, p.y) : path.lineTo(p.x, p.y)))
      if (feature.type === POLYGON) path.closePath()
    }
  }
  paths.set(layer, made)
  return made
}

/** The kind of geometry and the value of `by` that a key of `pathsOf` stands for. */
export function groupOf(key: string): { polygon: boolean; value: string } {
  return { polygon: key.startsWith(`${POLYGON}|`), value: key.slice(key.indexOf('|') + 1) }
}
