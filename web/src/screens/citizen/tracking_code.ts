/** The tracking code that a text is, as it is written; null for anything but sixteen digits of one of the scripts in use. */
export function trackingCode(text: string): string | null {
  const latin = text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15)).replace(/[\s\u200c\u200e\u200f\u2010-\u2013-]/g, '')
  return /^\d{16}$/.test(latin) ? latin.replace(/(\d{4})(?=\d)/g, '$1-') : null
}
