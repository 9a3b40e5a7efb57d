import proj4 from 'proj4'
import type { LonLat } from './geometry'

export interface CityFrame {
  srid: number
  toFrame: (at: LonLat) => [e: number, n: number]
  toLonLat: (en: readonly [e: number, n: number]) => LonLat
}

/** The metric frame of a city as far as it can be computed here: UTM on WGS84 (EPSG 32601–32660, 32701–32760). Null for others. */
export function cityFrame(srid: number): CityFrame | null {
  const south = srid > 32700
  const zone = srid - (south ? 32700 : 32600)
  if (!(Number.isInteger(zone) && zone >= 1 && zone <= 60)) return null
  const definition = `+proj=utm +zone=${zone} ${south ? '+south ' : ''}+datum=WGS84 +units=m +no_defs`
  const way = proj4('WGS84', definition)
  return {
    srid,
    toFrame: (at) => way.forward([at[0], at[1]]) as [number, number],
    toLonLat: (en) => way.inverse([en[0], en[1]]) as LonLat,
  }
}
