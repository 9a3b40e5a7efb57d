import { language } from './language'
import { isRelation, toldLimit, toldMargin, toldValue } from './told'

const PERSIAN = '۰۱۲۳۴۵۶۷۸۹'

/** Digits as Persian prose writes them: 12.5 → ۱۲٫۵; a code in Latin letters keeps its own (R121, P-000043). English too. */
export function digits(text: string): string {
  if (language.value === 'en') return text
  return text.replace(/[A-Za-z][\w-]*|\d/g, (d) => PERSIAN[Number(d)] ?? d)
}

/** A length that a person typed: digits of three scripts, and ٫ / , ، all as the decimal mark. NaN when it is none. */
export function parseLength(text: string): number {
  const plain = text
    .replace(/[۰-۹]/g, (d) => String(d.charCodeAt(0) - 0x06f0))
    .replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x0660))
    .replace(/[٫/,،]/g, '.')
    .replace(/\s/g, '')
    .replace(/[−–]/g, '-')
  return plain === '' ? Number.NaN : Number(plain)
}

export function number(value: number, decimals = 2): string {
  const locale = language.value === 'fa' ? 'fa-IR' : 'en-GB'
  const tidy = Math.abs(value) < 0.5 * 10 ** -decimals ? 0 : value
  const text = new Intl.NumberFormat(locale, { maximumFractionDigits: decimals }).format(tidy)
  // The sign stands to the left of its digits in both scripts; within a line from the right it takes an isolate to stay there.
  return tidy < 0 ? `\u2066${text.replace(/\u200e?[-−]/, '−')}\u2069` : text
}

/** Share of one as a percentage: 0.6 → ۶۰٪, and 60% in English. */
export function percent(ratio: number, decimals = 1): string {
  // The last digits of a binary fraction would turn a half the wrong way.
  return number(Number((ratio * 100).toFixed(6)), decimals) + (language.value === 'fa' ? '٪' : '%')
}

/** A limit as it may be told: what is shown never allows more, nor asks less, than the law (36.15 % at most is told as 36.1 %). */
export function limitQuantity(limit: number, unit: string, relation: string | null): string {
  return quantity(isRelation(relation) ? toldLimit(limit, unit, relation) : limit, unit)
}

/** A measured value beside its limit: never on the other side of it than the law sees it. */
export function measuredQuantity(value: number, limit: number, unit: string, relation: string | null): string {
  return isRelation(relation) ? exactly(toldValue(value, limit, unit, relation), unit) : quantity(value, unit)
}

/** How far the value is from the limit, both as they are shown: + within it, − beyond it; a ratio in points of a hundred. */
export function marginQuantity(value: number, limit: number, unit: string, relation: string | null): string | null {
  if (!isRelation(relation)) return null
  const apart = toldMargin(value, limit, unit, relation)
  return plus(apart) + exactly(apart, unit)
}

/** A difference with its sign and unit. */
export function margin(value: number, unit: string): string {
  return plus(unit === 'm2' || unit === 'm' ? Math.round(value * 100) : value) + quantity(value, unit)
}

function plus(value: number): string {
  return value > 0 ? '\u2066+\u2069' : ''
}

/** In English one of a kind has a word of its own. */
const ONE: Record<string, string> = { storeys: 'storey', units: 'unit', spaces: 'parking space', parcels: 'parcel', deg: 'degree' }
const UNITS: Record<string, { fa: string; en: string }> = {
  m: { fa: 'متر', en: 'm' },
  m2: { fa: 'متر مربع', en: 'm²' },
  storeys: { fa: 'طبقه', en: 'storeys' },
  units: { fa: 'واحد', en: 'units' },
  parcels: { fa: 'قطعه', en: 'parcels' },
  deg: { fa: 'درجه', en: 'degrees' },
  spaces: { fa: 'جای پارک', en: 'parking spaces' },
}

/** A measured or permitted value with its unit, as the sentence wants it: ۱٫۳۲ متر, ۶۰٪, ۳ طبقه. */
export function quantity(value: number, unit: string): string {
  return written(value, unit, 2)
}

/** With every digit that it has. */
function exactly(value: number, unit: string): string {
  return written(value, unit, 5)
}

function written(value: number, unit: string, decimals: number): string {
  if (unit === '1' || unit === 'ratio') return percent(value, decimals - 1)
  if (unit === '%') return percent(value / 100, decimals - 1)
  const word = UNITS[unit]
  // A line never ends between a number and its unit.
  if (!word) return unit ? `${number(value, decimals)}\u00a0${unit}` : number(value, decimals)
  return `${number(value, decimals)}\u00a0${(language.value === 'en' && value === 1 && ONE[unit]) || word[language.value]}`
}
