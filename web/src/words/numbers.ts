import { language } from './language'

const PERSIAN = '۰۱۲۳۴۵۶۷۸۹'

/** Digits as Persian prose writes them: 12.5 → ۱۲٫۵. English keeps its own. */
export function digits(text: string): string {
  if (language.value === 'en') return text
  return text.replace(/\d/g, (d) => PERSIAN[Number(d)] as string)
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
  return number(ratio * 100, decimals) + (language.value === 'fa' ? '٪' : '%')
}

/** A limit as it may be told: what is shown never allows more, nor asks less, than the law (36.15 % at most is told as 36.1 %). */
export function limitQuantity(limit: number, unit: string, relation: string | null): string {
  const finest = unit === '1' ? 1000 : 100
  const round = relation === 'at_most' ? Math.floor : relation === 'at_least' ? Math.ceil : Math.round
  // The last digits of a binary fraction are noise, not law.
  return quantity(round(Number((limit * finest).toFixed(4))) / finest, unit)
}

/** A distance from a limit: + within it, − beyond it, with its unit; a ratio in points of a hundred. */
export function margin(value: number, unit: string): string {
  const text = unit === '1' ? percent(value, 2) : quantity(value, unit)
  return value > 0 ? `\u2066+\u2069${text}` : text
}

const UNITS: Record<string, { fa: string; en: string }> = {
  m: { fa: 'متر', en: 'm' },
  m2: { fa: 'متر مربع', en: 'm²' },
  storeys: { fa: 'طبقه', en: 'storeys' },
  units: { fa: 'واحد', en: 'units' },
  spaces: { fa: 'جای پارک', en: 'spaces' },
}

/** A measured or permitted value with its unit, as the sentence wants it: ۱٫۳۲ متر, ۶۰٪, ۳ طبقه. */
export function quantity(value: number, unit: string): string {
  if (unit === '1' || unit === 'ratio') return percent(value)
  if (unit === '%') return percent(value / 100)
  const word = UNITS[unit]
  // A line never ends between a number and its unit.
  if (!word) return unit ? `${number(value)}\u00a0${unit}` : number(value)
  return `${number(value)}\u00a0${word[language.value]}`
}
