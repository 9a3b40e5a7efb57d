import type { TwoLanguages } from './language'

export const common = {
  comma: {
    fa: '،',
    en: ',',
  },
  product: {
    fa: 'پروانه',
    en: 'Parvaneh',
  },
  skip_to_panel: {
    fa: 'رفتن به متن صفحه',
    en: 'Skip to the page text',
  },
  skip_to_map: {
    fa: 'رفتن به نقشه',
    en: 'Skip to the map',
  },
  sample_banner: {
    fa: 'شهر نمونه (SAMPLE): نقشه، ضابطه‌ها و پرونده‌های این شهر ساختگی است و هیچ اثر قانونی ندارد.',
    en: 'SAMPLE city: its map, rules and cases are made up and have no legal effect.',
  },
  sample_book_banner: {
    fa: 'ضابطه‌های نمونه (SAMPLE): آنچه این‌جا دربارهٔ ضابطه‌ها گفته می‌شود ساختگی است و هیچ اثر قانونی ندارد.',
    en: 'SAMPLE rules: what is said here about the law is made up and has no legal effect.',
  },
  search_label: {
    fa: 'جست‌وجوی ملک',
    en: 'Find a property',
  },
  search_hint: {
    fa: 'نشانی، کد نوسازی، پلاک ثبتی، یا روی نقشه بزنید',
    en: 'Address, code or plate, or click the map',
  },
  search_act: {
    fa: 'جست‌وجو',
    en: 'Search',
  },
  search_clear: {
    fa: 'پاک کردن جست‌وجو',
    en: 'Clear the search',
  },
  results_count: {
    fa: '{n} ملک پیدا شد',
    en: 'Properties found: {n}',
  },
  results_many: {
    fa: '{n} ملک نخست',
    en: 'The first {n} properties',
  },
  results_more: {
    fa: 'ملک‌های بیشتر',
    en: 'More properties',
  },
  results_none: {
    fa: 'ملکی با «{q}» پیدا نشد.',
    en: 'No property was found for “{q}”.',
  },
  results_none_help: {
    fa: 'املای نشانی را دوباره ببینید، بخشی از نام خیابان را بنویسید، یا ملک را روی نقشه بزنید.',
    en: 'Check the spelling, write part of the street name, or click the property on the map.',
  },
  search_is_tracking: {
    fa: 'این کد رهگیری یک درخواست است.',
    en: 'This is the tracking code of a request.',
  },
  search_open_case: {
    fa: 'دیدن پروندهٔ',
    en: 'Open case',
  },
  results_for: {
    fa: 'نتیجه برای «{q}»:',
    en: 'Results for “{q}”:',
  },
  results_did_you_mean: {
    fa: 'شاید منظورتان این بوده است:',
    en: 'Perhaps you meant:',
  },
  hit_reversed: {
    fa: 'شماره‌ها از سر دیگر خوانده شد؛ ببینید همین ملک است.',
    en: 'The numbers were read from the other end; check that this is the property.',
  },
  home_title: {
    fa: 'در زمین من چه می‌شود ساخت؟',
    en: 'What may be built on my land?',
  },
  home_intro: {
    fa: 'ملک را پیدا کنید تا ببینید چه می‌توان در آن ساخت، کدام بند ضابطه این را می‌گوید و چه چیز هنوز روشن نیست.',
    en: 'Find the property to see what may be built there, which clause says so, and what is not yet known.',
  },
  home_ways: {
    fa: 'سه راه برای پیدا کردن ملک',
    en: 'Three ways to find a property',
  },
  home_way_search: {
    fa: 'نشانی، کد نوسازی یا پلاک ثبتی را بالای همین صفحه بنویسید.',
    en: 'Write the address, renovation code or registration plate at the top of this page.',
  },
  home_way_click: {
    fa: 'روی نقشه، روی زمین خود بزنید.',
    en: 'Click your land on the map.',
  },
  home_way_here: {
    fa: 'اگر همان‌جا هستید، «اینجا که هستم» را بزنید.',
    en: 'If you are there, press “Where I am”.',
  },
  home_city_data: {
    fa: 'داده‌های این شهر',
    en: 'What this city has on record',
  },
  menu: {
    fa: 'فهرست',
    en: 'Menu',
  },
  close: {
    fa: 'بستن',
    en: 'Close',
  },
  home: {
    fa: 'صفحهٔ نخست',
    en: 'Home',
  },
  language_switch: {
    fa: 'English',
    en: 'فارسی',
  },
  theme_dark: {
    fa: 'نمای تیره',
    en: 'Dark view',
  },
  theme_light: {
    fa: 'نمای روشن',
    en: 'Light view',
  },
  log_in: {
    fa: 'ورود',
    en: 'Log in',
  },
  log_out: {
    fa: 'خروج',
    en: 'Log out',
  },
  log_in_title: {
    fa: 'ورود به سامانه',
    en: 'Log in',
  },
  log_in_why: {
    fa: 'برای دیدن نقشه و داوری طرح ورود لازم نیست؛ برای ثبت درخواست لازم است.',
    en: 'The map and the judging of a proposal need no log-in; filing a request does.',
  },
  log_in_sample: {
    fa: 'در شهر نمونه، نام کاربری همان نقش به انگلیسی است (\u2068citizen\u2069، \u2068surveyor\u2069، \u2068reviewer\u2069، \u2068planner\u2069، \u2068administrator\u2069) و گذرواژه هنگام راه‌اندازی چاپ می‌شود.',
    en: 'In the sample city the user name is the role (citizen, surveyor, reviewer, planner, administrator); the password is printed at start.',
  },
  username: {
    fa: 'نام کاربری',
    en: 'User name',
  },
  password: {
    fa: 'گذرواژه',
    en: 'Password',
  },
  signed_in_as: {
    fa: 'با نام {name} وارد شده‌اید',
    en: 'Logged in as {name}',
  },
  try_again: {
    fa: 'دوباره امتحان کنید',
    en: 'Try again',
  },
  loading: {
    fa: 'در حال خواندن…',
    en: 'Loading…',
  },
  copied: {
    fa: 'رونوشت برداشته شد',
    en: 'Copied',
  },
  copy_refused: {
    fa: 'مرورگر اجازهٔ رونوشت نداد؛ متن را انتخاب و کپی کنید.',
    en: 'The browser refused to copy; select the text and copy it.',
  },
  print: {
    fa: 'چاپ',
    en: 'Print',
  },
  sheet_raise: {
    fa: 'بالا بردن متن',
    en: 'Raise the panel',
  },
  sheet_lower: {
    fa: 'پایین بردن متن',
    en: 'Lower the panel',
  },
  not_said: {
    fa: 'گفته نشده',
    en: 'not stated',
  },
  not_on_record: {
    fa: 'ثبت نشده',
    en: 'not on record',
  },
  page_unknown: {
    fa: 'این صفحه پیدا نشد',
    en: 'This page was not found',
  },
  page_unknown_help: {
    fa: 'شاید پیوند ناقص کپی شده باشد. از جست‌وجو یا نقشه شروع کنید.',
    en: 'The link may have been copied in part. Start from the search or the map.',
  },
} satisfies Record<string, TwoLanguages>
