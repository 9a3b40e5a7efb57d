import { VectorTile, type VectorTileLayer } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'

export type TileLayerName =
  | 'parcels'
  | 'streets'
  | 'zones'
  | 'buildings'
  | 'districts'
  | 'overlays'
  | 'addresses'
  | 'cases'

/** Below its first zoom a layer is not served; above 18 the tile of 18 is drawn larger, still sharp. */
export const FIRST_ZOOM: Record<TileLayerName, number> = {
  districts: 11,
  streets: 11,
  zones: 11,
  overlays: 11,
  cases: 11,
  parcels: 14,
  buildings: 14,
  addresses: 17,
}
export const LAST_TILE_ZOOM = 18
const KEPT = 900

export interface TileAddress {
  z: number
  x: number
  y: number
}

type Entry = { answer: Promise<VectorTileLayer | null>; layer: VectorTileLayer | null | undefined }

/** Fetches and decodes our vector tiles once each, keeping the most recently used. */
export class TileStore {
  private readonly kept = new Map<string, Entry>()
  private readonly listeners = new Set<() => void>()
  /** Names of layers whose last fetch failed: the legend says so instead of showing an empty layer. */
  readonly failed = new Set<TileLayerName>()

  onArrival(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }

  get(name: TileLayerName, at: TileAddress): Promise<VectorTileLayer | null> {
    const side = 2 ** at.z
    if (at.z < FIRST_ZOOM[name] || at.x < 0 || at.y < 0 || at.x >= side || at.y >= side) {
      return Promise.resolve(null)
    }
    const key = `${name}/${at.z}/${at.x}/${at.y}`
    const known = this.kept.get(key)
    if (known) {
      this.kept.delete(key)
      this.kept.set(key, known)
      return known.answer
    }
    const entry: Entry = { layer: undefined, answer: Promise.resolve(null) }
    entry.answer = this.fetch(name, key)
      .then((layer) => {
        entry.layer = layer
        if (this.failed.delete(name)) this.tell()
        if (layer) this.tell()
        return layer
      })
      .catch((cause: unknown) => {
        // Not kept, so that a later look asks again; the screen names the layer that is missing.
        this.kept.delete(key)
        this.failed.add(name)
        this.tell()
        console.warn('tile not read', key, cause)
        return null
      })
    this.kept.set(key, entry)
    while (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value as string)
    return entry.answer
  }

  /** What has already arrived; undefined while it is on its way. */
  peek(name: TileLayerName, at: TileAddress): VectorTileLayer | null | undefined {
    return this.kept.get(`${name}/${at.z}/${at.x}/${at.y}`)?.layer
  }

  /** Forget a layer that changed on the server (a filed request adds a case). */
  forget(name: TileLayerName): void {
    for (const key of [...this.kept.keys()]) if (key.startsWith(`${name}/`)) this.kept.delete(key)
    this.tell()
  }

  private async fetch(name: TileLayerName, key: string): Promise<VectorTileLayer | null> {
    const answer = await fetch(`/tiles/${key}.mvt`, { credentials: 'same-origin' })
    if (answer.status === 204 || answer.status === 404) return null
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
    const bytes = await answer.arrayBuffer()
    if (bytes.byteLength === 0) return null
    return new VectorTile(new PbfReader(new Uint8Array(bytes))).layers[name] ?? null
  }
}
