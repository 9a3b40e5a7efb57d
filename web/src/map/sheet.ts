import type { VectorTileLayer } from '@mapbox/vector-tile'
import { L } from './leaflet'
import * as paint from './paint'
import type { Palette } from './palette'
import { Turns } from './turns'
import { LAST_TILE_ZOOM, type TileAddress, type TileLayerName, type TileStore } from './tile_store'

const SIDE = 256

/** The tile that is really asked for, and how its units fall on the 256-pixel square of `coords`. */
export function sourceOf(coords: TileAddress): { tile: TileAddress; zoomed: number; offset: [number, number] } {
  const steps = Math.max(0, coords.z - LAST_TILE_ZOOM)
  const zoomed = 2 ** steps
  const tile = { z: coords.z - steps, x: Math.floor(coords.x / zoomed), y: Math.floor(coords.y / zoomed) }
  return { tile, zoomed, offset: [coords.x - tile.x * zoomed, coords.y - tile.y * zoomed] }
}

/** The base map: our own vector tiles painted as a map sheet, one canvas for each square. */
export class Sheet extends L.GridLayer {
  private readonly turns = new Turns()

  constructor(
    private readonly store: TileStore,
    private palette: Palette,
    private shown: ReadonlySet<string>,
  ) {
    super({ tileSize: SIDE, maxZoom: 22, updateWhenZooming: false, keepBuffer: 3 })
  }

  restyle(palette: Palette, shown: ReadonlySet<string>): void {
    this.palette = palette
    this.shown = shown
    this.redraw()
  }

  protected override createTile(coords: L.Coords, done: L.DoneCallback): HTMLElement {
    const canvas = document.createElement('canvas')
    const sharp = Math.min(window.devicePixelRatio || 1, 2)
    canvas.width = SIDE * sharp
    canvas.height = SIDE * sharp
    canvas.setAttribute('aria-hidden', 'true')
    const ctx = canvas.getContext('2d')
    if (!ctx) {
      window.setTimeout(() => done(new Error('no canvas'), canvas))
      return canvas
    }
    ctx.scale(sharp, sharp)
    ctx.fillStyle = this.palette.outside
    ctx.fillRect(0, 0, SIDE, SIDE)
    this.fill(ctx, coords, () => canvas.isConnected).then(
      () => done(undefined, canvas),
      (cause: unknown) => done(cause instanceof Error ? cause : new Error(String(cause)), canvas),
    )
    return canvas
  }

  private async fill(ctx: CanvasRenderingContext2D, coords: L.Coords, wanted: () => boolean): Promise<void> {
    const { tile, zoomed, offset } = sourceOf(coords)
    const palette = this.palette
    const get = (name: TileLayerName): Promise<VectorTileLayer | null> => this.store.get(name, tile)
    const shown = (name: TileLayerName): Promise<VectorTileLayer | null> =>
      this.shown.has(name) ? get(name) : Promise.resolve(null)
    const [districts, parcels, buildings, zones, overlays, addresses, streets] = await Promise.all([
      get('districts'),
      get('parcels'),
      shown('buildings'),
      shown('zones'),
      shown('overlays'),
      shown('addresses'),
      this.streetsAround(tile),
    ])
    await this.turns.next()
    // A square that the map has left behind meanwhile is not painted for nobody.
    if (!wanted()) return
    const place = (layer: VectorTileLayer, dx = 0, dy = 0): paint.Placement => ({
      x: (dx * zoomed - offset[0]) * SIDE,
      y: (dy * zoomed - offset[1]) * SIDE,
      scale: (SIDE * zoomed) / layer.extent,
    })
    if (districts) paint.paintDistricts(ctx, districts, place(districts), palette)
    const metres = paint.metresPerPixel(coords.z, coords.y)
    paint.paintStreets(
      ctx,
      streets.map(({ layer, dx, dy }) => ({ layer, at: place(layer, dx, dy) })),
      coords.z,
      metres,
      palette,
    )
    if (parcels) paint.paintParcels(ctx, parcels, place(parcels), coords.z, palette)
    if (buildings) paint.paintBuildings(ctx, buildings, place(buildings), coords.z, palette)
    if (zones) paint.paintZones(ctx, zones, place(zones), palette)
    if (overlays) paint.paintOverlays(ctx, overlays, place(overlays), SIDE, palette)
    if (addresses) paint.paintAddresses(ctx, addresses, place(addresses), palette)
    if (districts) paint.paintDistrictLines(ctx, districts, place(districts), palette)
  }

  /** A wide street reaches beyond the square that holds its axis, so its neighbours are painted too. */
  private async streetsAround(tile: TileAddress): Promise<{ layer: VectorTileLayer; dx: number; dy: number }[]> {
    const reach = tile.z >= 15 ? [-1, 0, 1] : [0]
    const wanted = reach.flatMap((dy) => reach.map((dx) => ({ dx, dy })))
    const found = await Promise.all(
      wanted.map(async ({ dx, dy }) => ({
        dx,
        dy,
        layer: await this.store.get('streets', { z: tile.z, x: tile.x + dx, y: tile.y + dy }),
      })),
    )
    return found.filter((f): f is { layer: VectorTileLayer; dx: number; dy: number } => f.layer !== null)
  }
}
