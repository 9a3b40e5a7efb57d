import { language } from './language'

type Part = Intl.DateTimeFormatPart

function parts(instant: Date, options: Intl.DateTimeFormatOptions): Map<string, string> {
  const locale = language.value === 'fa' ? 'fa-IR-u-ca-persian' : 'en-GB-u-ca-gregory'
  const made: Part[] = new Intl.DateTimeFormat(locale, options).formatToParts(instant)
  return new Map(made.map((p) => [p.type, p.value]))
}

/** A legal day, `YYYY-MM-DD` on the wire: «۳۰ آبان ۱۴۰۵», 21 November 2026. Unreadable text is shown as it came. */
export function day(iso: string | null | undefined): string {
  if (!iso) return ''
  const noon = new Date(`${iso.slice(0, 10)}T12:00:00Z`)
  if (Number.isNaN(noon.getTime())) return iso
  const p = parts(noon, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  return `${p.get('day')} ${p.get('month')} ${p.get('year')}`
}

/** The day before a legal day, both `YYYY-MM-DD`. */
export function dayBefore(iso: string): string {
  return new Date(Date.parse(`${iso}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

/** An instant, UTC on the wire, in Tehran's clock: «۳۰ آبان ۱۴۰۵، ۱۴:۰۵». */
export function instant(iso: string | null | undefined): string {
  if (!iso) return ''
  const moment = new Date(iso)
  if (Number.isNaN(moment.getTime())) return iso
  const p = parts(moment, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: 'Asia/Tehran',
  })
  const comma = language.value === 'fa' ? '،' : ','
  return `${p.get('day')} ${p.get('month')} ${p.get('year')}${comma} ${p.get('hour')}:${p.get('minute')}`
}

/** A typed day as ISO: Jalali `1405/8/30` in Persian, `2026-11-21` in English. Null when it is no day of that calendar. */
export function readDay(text: string): string | null {
  const plain = text
    .replace(/[۰-۹]/g, (d) => String(d.charCodeAt(0) - 0x06f0))
    .replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x0660))
  const match = /^\s*(\d{4})\s*[/\-.]\s*(\d{1,2})\s*[/\-.]\s*(\d{1,2})\s*$/.exec(plain)
  if (!match) return null
  const [year, month, date] = match.slice(1).map(Number) as [number, number, number]
  if (year >= 1700) {
    const made = new Date(Date.UTC(year, month - 1, date))
    return made.getUTCMonth() === month - 1 && made.getUTCDate() === date ? made.toISOString().slice(0, 10) : null
  }
  // 1 Farvardin of `year` falls within 19–22 March of year + 621; the Intl calendar is asked which day it is.
  const guess = Date.UTC(year + 621, 2, 19) + ((month - 1) * 30.4 + date - 3) * 86_400_000
  for (let step = 0; step < 12; step += 1) {
    const moment = new Date(guess + step * 86_400_000)
    if (jalali(moment).join('/') === [year, month, date].join('/')) return moment.toISOString().slice(0, 10)
  }
  return null
}

function jalali(moment: Date): [number, number, number] {
  const format = new Intl.DateTimeFormat('en-US-u-ca-persian', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  })
  const p = new Map(format.formatToParts(moment).map((x) => [x.type, x.value]))
  return [Number(p.get('year')), Number(p.get('month')), Number(p.get('day'))]
}

/** The day as it is typed: ۱۴۰۵/۰۸/۳۰ or 2026-11-21. */
export function typedDay(iso: string): string {
  if (language.value === 'en') return iso
  const [year, month, date] = jalali(new Date(`${iso}T12:00:00Z`))
  const text = `${year}/${String(month).padStart(2, '0')}/${String(date).padStart(2, '0')}`
  return text.replace(/\d/g, (d) => '۰۱۲۳۴۵۶۷۸۹'[Number(d)] as string)
}
