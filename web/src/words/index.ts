import { cases } from './cases'
import { common } from './common'
import { day } from './dates'
import { details } from './details'
import { language, type TwoLanguages } from './language'
import { map } from './map'
import { number } from './numbers'
import { parcel } from './parcel'
import { problems } from './problems'
import { proposal } from './proposal'
import { survey } from './survey'
import { terms } from './terms'

/** Every text of the screens. Each entry has both languages: the type of each file refuses one alone. */
export const words = { ...common, ...map, ...parcel, ...proposal, ...details, ...cases, ...survey, ...problems, ...terms } as const

export type WordKey = keyof typeof words
type Values = Record<string, string | number | readonly string[]>

/** The text of `key` in the language of the screen, its {places} filled; numbers get the digits of the language. */
export function t(key: WordKey, values?: Values): string {
  return fill(words[key][language.value], values)
}

function fill(text: string, values?: Record<string, unknown>): string {
  if (!values) return text
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    if (typeof value === 'number') return number(value)
    return Array.isArray(value) ? value.map((v) => isolated(String(v))).join(`${words.comma[language.value]} `) : isolated(String(value))
  })
}

const FOREIGN = { fa: /[A-Za-z]/, en: /[\u0621-\u06cc]/ }

/** A value in the other script, isolated (Unicode FSI…PDI), so that the words and commas around it keep their places. */
function isolated(value: string): string {
  return FOREIGN[language.value].test(value) ? `\u2068${value}\u2069` : value
}

/** A term that data names by code (`layer.zones`, `use.office`): its word, or null when no word is known. */
export function term(family: string, code: string | null | undefined): string | null {
  if (!code) return null
  const entry = (words as Record<string, TwoLanguages>)[`${family}.${code}`]
  return entry ? entry[language.value] : null
}

/**
 * What a refusal's code says, its places filled from the values the service sent (days as the calendar of the screen has
 * them); null for a code without words. A code that means two things has words of its own for a value it came with: `code/value`.
 */
export function explain(code: string, values: Record<string, unknown>): string | null {
  const special = Object.keys(values).map((name) => (values[name] == null ? null : term('problem', `${code}/${name}`)))
  const text = special.find((words) => words !== null) ?? term('problem', code)
  if (text === null) return null
  const told = Object.entries(values).map(([name, value]) => [name, typeof value === 'string' && DAY.test(value) ? day(value) : value])
  return fill(text, Object.fromEntries(told))
}
const DAY = /^\d{4}-\d\d-\d\d$/

/** As `term`, but the bare code where there is no word: a profile may name layers and kinds of its own. */
export function termOrCode(family: string, code: string | null | undefined): string {
  return term(family, code) ?? (code ?? '').replaceAll('_', ' ')
}
