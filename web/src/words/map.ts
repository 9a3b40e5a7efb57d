import type { TwoLanguages } from './language'

export const map = {
  map_label: {
    fa: 'نقشهٔ شهر. با کلیدهای جهت جابه‌جا شوید، با + و − بزرگ‌نمایی کنید، و با Enter ملک میان نقشه را باز کنید.',
    en: 'Map of the city. Arrow keys move it, + and − zoom, Enter opens the property at the centre.',
  },
  map_region: {
    fa: 'نقشه',
    en: 'Map',
  },
  zoom_in: {
    fa: 'بزرگ‌تر',
    en: 'Zoom in',
  },
  zoom_out: {
    fa: 'کوچک‌تر',
    en: 'Zoom out',
  },
  where_i_am: {
    fa: 'اینجا که هستم',
    en: 'Where I am',
  },
  locating: {
    fa: 'در حال یافتن جای شما…',
    en: 'Finding where you are…',
  },
  locate_denied: {
    fa: 'مرورگر اجازهٔ دیدن جای شما را نداد. در تنظیمات مرورگر اجازه دهید، یا ملک را روی نقشه بزنید.',
    en: 'The browser did not allow your position to be read. Allow it in the settings, or click the map.',
  },
  locate_unavailable: {
    fa: 'دستگاه شما جای خود را پیدا نکرد. ملک را روی نقشه بزنید.',
    en: 'Your device could not find its position. Click the property on the map.',
  },
  locate_timeout: {
    fa: 'پیدا کردن جای شما بیش از اندازه طول کشید. دوباره امتحان کنید یا ملک را روی نقشه بزنید.',
    en: 'Finding your position took too long. Try again, or click the property on the map.',
  },
  locate_unsupported: {
    fa: 'این مرورگر (یا نشانی بدون https) نمی‌تواند جای شما را بگوید. ملک را روی نقشه بزنید.',
    en: 'This browser (or an address without https) cannot tell your position. Click the property on the map.',
  },
  locate_outside: {
    fa: 'شما بیرون از محدودهٔ این نقشه هستید.',
    en: 'You are outside the area of this map.',
  },
  locate_rough: {
    fa: 'جای شما با خطای حدود {m} متر پیدا شد؛ درست بودن ملک را ببینید.',
    en: 'Your position is known to about {m} m; check that this is the right property.',
  },
  nothing_here: {
    fa: 'در این نقطه ملکی ثبت نشده است.',
    en: 'No property is recorded at this point.',
  },
  nearest: {
    fa: 'نزدیک‌ترین ملک‌ها:',
    en: 'The nearest properties:',
  },
  nothing_near: {
    fa: 'در نزدیکی این نقطه هم ملکی ثبت نشده است.',
    en: 'No property is recorded near this point either.',
  },
  layers: {
    fa: 'لایه‌ها و راهنمای نقشه',
    en: 'Layers and legend',
  },
  layers_shown: {
    fa: 'لایه‌ها',
    en: 'Layers',
  },
  legend: {
    fa: 'راهنما',
    en: 'Legend',
  },
  layer_failed: {
    fa: 'این لایه اکنون خوانده نشد',
    en: 'this layer could not be read now',
  },
  layer_from_zoom: {
    fa: 'با بزرگ‌نمایی بیشتر دیده می‌شود',
    en: 'zoom in to see it',
  },
  layer_not_loaded: {
    fa: 'برای این شهر ثبت نشده است',
    en: 'not recorded for this city',
  },
  layer_sources: {
    fa: 'منبع داده‌ها',
    en: 'Where the data comes from',
  },
  legend_cases: {
    fa: 'پرونده‌ها: رنگ و نشانه می‌گوید پرونده در کدام گام رسیدگی است.',
    en: 'Cases: colour and sign tell at which step of the procedure a case is.',
  },
  legend_cases_seen: {
    fa: '{n} پرونده در این نما',
    en: '{n} in this view',
  },
  legend_cases_together: {
    fa: 'چند پرونده کنار هم؛ با زدن روی آن باز می‌شود',
    en: 'several cases together; click to part them',
  },
  legend_chosen: {
    fa: 'ملک انتخاب‌شده',
    en: 'the chosen property',
  },
  legend_strip: {
    fa: 'بخشی که در تعریض گذر می‌رود',
    en: 'the part lost to street widening',
  },
  legend_excess: {
    fa: 'بخش بیرون از حد مجاز',
    en: 'the part outside the limit',
  },
  legend_allowed: {
    fa: 'جایی که ساختمان باید در آن بماند',
    en: 'where the building has to stay',
  },
  legend_zone_r: {
    fa: 'پهنهٔ سکونت (R)',
    en: 'residential zone (R)',
  },
  legend_zone_s: {
    fa: 'پهنهٔ کار و فعالیت (S)',
    en: 'activity zone (S)',
  },
  legend_zone_m: {
    fa: 'پهنهٔ مختلط (M)',
    en: 'mixed zone (M)',
  },
  legend_zone_g: {
    fa: 'پهنهٔ سبز و حفاظت (G)',
    en: 'green and protection zone (G)',
  },
  legend_zone_other: {
    fa: 'پهنه‌های دیگر',
    en: 'other zones',
  },
  metre_short: {
    fa: '{n} متر',
    en: '{n} m',
  },
  kilometre_short: {
    fa: '{n} کیلومتر',
    en: '{n} km',
  },
  scale: {
    fa: 'مقیاس',
    en: 'Scale',
  },
} satisfies Record<string, TwoLanguages>
