import { ref } from 'vue'

/** Colours of the map sheet, read from the tokens so that light and dark stay in one file. */
export interface Palette {
  outside: string
  ground: string
  street: string
  streetEdge: string
  parcel: string
  parcelLine: string
  building: string
  buildingLine: string
  label: string
  halo: string
  district: string
  overlay: string
  accent: string
  paper: string
  ink: string
  zone: (code: string) => string
  state: (state: string) => string
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  const zones: Record<string, string> = {
    R: token('map-zone-r'),
    S: token('map-zone-s'),
    M: token('map-zone-m'),
    G: token('map-zone-g'),
  }
  const other = token('map-zone-other')
  const states: Record<string, string> = {
    filed: token('state-filed'),
    judged: token('state-judged'),
    closed: token('state-closed'),
  }
  const otherState = token('state-other')
  return {
    outside: token('map-outside'),
    ground: token('map-ground'),
    street: token('map-street'),
    streetEdge: token('map-street-edge'),
    parcel: token('map-parcel'),
    parcelLine: token('map-parcel-line'),
    building: token('map-building'),
    buildingLine: token('map-building-line'),
    label: token('map-label'),
    halo: token('map-halo'),
    district: token('map-district'),
    overlay: token('map-overlay'),
    accent: token('accent'),
    paper: token('paper'),
    ink: token('ink'),
    zone: (code) => zones[code.charAt(0).toUpperCase()] ?? other,
    state: (state) => states[state] ?? otherState,
  }
}

export type Theme = 'light' | 'dark'
const KEY = 'parvaneh.theme'
const darkWish = window.matchMedia('(prefers-color-scheme: dark)')

function rememberedTheme(): Theme | null {
  try {
    const kept = localStorage.getItem(KEY)
    return kept === 'light' || kept === 'dark' ? kept : null
  } catch (refusal) {
    console.info('theme is not remembered here', refusal)
    return null
  }
}

export const theme = ref<Theme>(rememberedTheme() ?? (darkWish.matches ? 'dark' : 'light'))
document.documentElement.dataset.theme = theme.value

export function setTheme(next: Theme, remember = true): void {
  document.documentElement.dataset.theme = next
  theme.value = next
  if (!remember) return
  try {
    localStorage.setItem(KEY, next)
  } catch (refusal) {
    console.info('theme is not remembered here', refusal)
  }
}

darkWish.addEventListener('change', (event) => {
  if (rememberedTheme() === null) setTheme(event.matches ? 'dark' : 'light', false)
})
