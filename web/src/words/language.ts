import { ref, watchEffect } from 'vue'

export type Language = 'fa' | 'en'
export type TwoLanguages = { fa: string; en: string }

const KEY = 'parvaneh.language'

function remembered(): Language {
  try {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'fa'
  } catch (refusal) {
    // A browser that keeps nothing (private mode) still gets Persian.
    console.info('language is not remembered here', refusal)
    return 'fa'
  }
}

export const language = ref<Language>(remembered())

export function setLanguage(next: Language): void {
  language.value = next
  try {
    localStorage.setItem(KEY, next)
  } catch (refusal) {
    console.info('language is not remembered here', refusal)
  }
}

watchEffect(() => {
  document.documentElement.lang = language.value
  document.documentElement.dir = language.value === 'fa' ? 'rtl' : 'ltr'
})

/** The text of the language on the screen; the other one when the source wrote only that. */
export function pick(text: Partial<TwoLanguages> | null | undefined): string {
  if (!text) return ''
  return text[language.value] || text.fa || text.en || ''
}
