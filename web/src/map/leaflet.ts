/** The only place where Leaflet enters: everything under src/map takes L from here. */
import L from 'leaflet'
import 'leaflet/dist/leaflet.css'

export { L }
