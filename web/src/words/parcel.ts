import type { TwoLanguages } from './language'

export const parcel = {
  tab_parcel: {
    fa: 'ملک',
    en: 'Property',
  },
  tab_proposal: {
    fa: 'طرح و داوری',
    en: 'Proposal',
  },
  tab_survey: {
    fa: 'نقشه‌برداری',
    en: 'Survey',
  },
  parcel_views: {
    fa: 'نماهای این ملک',
    en: 'Views of this property',
  },
  parcel_word: {
    fa: 'ملک',
    en: 'Property',
  },
  no_address: {
    fa: 'بدون نشانی ثبت‌شده',
    en: 'No address on record',
  },
  renovation_code: {
    fa: 'کد نوسازی',
    en: 'Renovation code',
  },
  registration_plate: {
    fa: 'پلاک ثبتی',
    en: 'Registration plate',
  },
  map_code: {
    fa: 'شناسهٔ نقشه',
    en: 'Map key',
  },
  area: {
    fa: 'مساحت زمین',
    en: 'Land area',
  },
  district: {
    fa: 'ناحیه',
    en: 'District',
  },
  orientation: {
    fa: 'نوع پلاک',
    en: 'Kind of plot',
  },
  frontage_and_depth: {
    fa: 'بر و عمق',
    en: 'Frontage and depth',
  },
  frontage_by_depth: {
    fa: '{frontage} در {depth} متر',
    en: '{frontage} by {depth} m',
  },
  corner_lot: {
    fa: 'دو بر',
    en: 'corner plot',
  },
  through_lot: {
    fa: 'دو سر بر گذر',
    en: 'from street to street',
  },
  lot_three_streets: {
    fa: 'سه بر',
    en: 'on three streets',
  },
  lot_four_streets: {
    fa: 'چهار بر',
    en: 'on four streets',
  },
  lot_many_streets: {
    fa: '{n} بر',
    en: 'on {n} streets',
  },
  lot_touches_street: {
    fa: 'و {length} آن بر گذری دیگر',
    en: 'with {length} on another street',
  },
  zone: {
    fa: 'پهنه',
    en: 'Zone',
  },
  share: {
    fa: 'نشانی این صفحه را بفرستید',
    en: 'Share this page',
  },
  share_copied: {
    fa: 'پیوند این ملک رونوشت شد',
    en: 'The link to this property was copied',
  },
  section_may: {
    fa: 'چه می‌توان ساخت',
    en: 'What may be built',
  },
  condition_first: {
    fa: 'پیش از هر چیز:',
    en: 'Before anything else:',
  },
  condition_who: {
    fa: '{who} باید پاسخ دهد.',
    en: 'It is for {who} to answer.',
  },
  condition_layer_incomplete: {
    fa: 'نقشهٔ «{layer}» در این جا کامل نیست؛ شاید چیزی از آن شامل این زمین شود.',
    en: 'The map of “{layer}” is not complete here; something of it may concern this land.',
  },
  condition_layer_not_loaded: {
    fa: 'نقشهٔ «{layer}» برای این شهر در دست نیست؛ شاید چیزی از آن شامل این زمین شود.',
    en: 'There is no map of “{layer}” for this city; something of it may concern this land.',
  },
  condition_layer_unknown: {
    fa: 'معلوم نیست نقشهٔ «{layer}» در این جا کامل باشد؛ شاید چیزی از آن شامل این زمین شود.',
    en: 'It is not stated that the map of “{layer}” is complete here; something of it may concern this land.',
  },
  condition_waits: {
    fa: 'برای همین این‌ها روشن نیست: {rules}.',
    en: 'So these are not known: {rules}.',
  },
  headline_of_after: {
    fa: 'این {coverage} از زمینی است که پس از تعریض گذر می‌ماند ({base})؛ یعنی {limit}.',
    en: 'The {coverage} is of the land that remains after street widening ({base}): that is {limit}.',
  },
  headline_of_before: {
    fa: 'این {coverage} از همهٔ زمین، پیش از تعریض گذر، است ({base})؛ یعنی {limit}.',
    en: 'The {coverage} is of all the land, before street widening ({base}): that is {limit}.',
  },
  headline_if: {
    fa: 'اگر آن پاسخ مانعی نگذارد:',
    en: 'If that answer leaves it possible:',
  },
  headline_both: {
    fa: 'در این ملک تا {storeys} طبقه و روی {coverage} زمین می‌توانید بسازید.',
    en: 'On this land you may build up to {storeys} storeys and cover {coverage} of it.',
  },
  headline_storeys: {
    fa: 'در این ملک تا {storeys} طبقه می‌توانید بسازید.',
    en: 'On this land you may build up to {storeys} storeys.',
  },
  headline_coverage: {
    fa: 'روی {coverage} این زمین می‌توانید بسازید.',
    en: 'You may cover {coverage} of this land.',
  },
  headline_uses: {
    fa: 'کاربری‌های مجاز: {uses}؛ مسکونی در میان آن‌ها نیست.',
    en: 'Permitted uses: {uses}; residential is not among them.',
  },
  land_has: {
    fa: 'این زمین {value} دارد.',
    en: 'This land has {value}.',
  },
  land_lacks: {
    fa: 'پس آنچه پایین آمده تنها وقتی به کار می‌آید که این کمبود برطرف شود، مثلاً با تجمیع با زمین همسایه. از شهرداری بپرسید.',
    en: 'So what follows is of use only once that is mended, for instance by merging with a neighbouring plot. Ask the municipality.',
  },
  in_zone: {
    fa: 'پهنهٔ {zone}:',
    en: 'Zone {zone}:',
  },
  clauses_of: {
    fa: 'بندها از «{instrument}» است.',
    en: 'The clauses are of “{instrument}”.',
  },
  clauses_of_several: {
    fa: 'بندها از «{instrument}» است، مگر آن‌جا که سند دیگری کنار بند آمده باشد.',
    en: 'The clauses are of “{instrument}”, unless another instrument is named beside the clause.',
  },
  law_on: {
    fa: 'طبق ضابطه‌های روز {day}',
    en: 'By the rules in force on {day}',
  },
  law_none: {
    fa: 'برای این ملک در این روز ضابطه‌ای ثبت نشده است. نبودن ضابطه به معنای اجازه نیست.',
    en: 'No rule is recorded for this property on this day. The absence of a rule is not a permission.',
  },
  clause: {
    fa: 'بند ضابطه',
    en: 'Clause',
  },
  clause_article: {
    fa: 'بند {article}',
    en: 'clause {article}',
  },
  clause_from: {
    fa: 'از {day} در اجرا',
    en: 'in force from {day}',
  },
  clause_zone: {
    fa: 'برای پهنهٔ',
    en: 'for zone',
  },
  gloss_coverage: {
    fa: 'سطح اشغال: سهمی از زمین که زیر ساختمان می‌رود.',
    en: 'Coverage: the share of the land that lies under the building.',
  },
  gloss_density: {
    fa: 'تراکم: نسبت کل زیربنا به مساحت زمین.',
    en: 'Density: all floor area against the area of the land.',
  },
  gloss_setback: {
    fa: 'عقب‌نشینی: فاصله‌ای که ساختمان باید از مرز زمین داشته باشد.',
    en: 'Setback: the distance the building must keep from the boundary.',
  },
  gloss_frontage: {
    fa: 'بر: طول ضلع زمین کنار گذر.',
    en: 'Frontage: the length of the boundary along the street.',
  },
  section_limits: {
    fa: 'چه چیز محدود می‌کند',
    en: 'What limits it',
  },
  limits_unknown: {
    fa: 'معلوم نیست حریم یا محدودهٔ ویژه‌ای (مسیل، خط انتقال، اثر تاریخی) روی این زمین هست یا نه.',
    en: 'It is not known whether a protected strip or special area (flood way, supply line, monument) lies on this land.',
  },
  limits_more_unknown: {
    fa: 'معلوم نیست جز این‌ها حریم یا محدودهٔ ویژه‌ای روی این زمین هست یا نه.',
    en: 'It is not known whether any other protected strip or special area lies on this land.',
  },
  limits_none: {
    fa: 'حریم یا محدودهٔ ویژه‌ای (مسیل، خط انتقال، اثر تاریخی) روی این زمین ثبت نشده است.',
    en: 'No protected strip or special area (flood way, supply line, monument) is recorded on this land.',
  },
  widening_loss: {
    fa: 'تعریض گذر: {loss} از زمین در گذر می‌رود و {after} می‌ماند.',
    en: 'Street widening: {loss} of the land goes to the street and {after} remains.',
  },
  widening_none: {
    fa: 'تعریض گذر از این زمین چیزی نمی‌گیرد.',
    en: 'Street widening takes nothing from this land.',
  },
  widening_unknown: {
    fa: 'عرض مصوب گذر در دست نیست، پس اصلاحی این زمین روشن نیست.',
    en: 'The approved width of the street is not on record, so the widening of this land is not known.',
  },
  overlay_share: {
    fa: '{share} زمین',
    en: '{share} of the land',
  },
  building_stands: {
    fa: 'روی این زمین ساختمانی هست: {storeys}، {area}.',
    en: 'A building stands here: {storeys}, {area}.',
  },
  building_stands_area: {
    fa: 'روی این زمین ساختمانی با سطح {area} هست.',
    en: 'A building of {area} stands here.',
  },
  section_unknown: {
    fa: 'چه چیز را نمی‌دانیم و چه کسی می‌داند',
    en: 'What we do not know, and who does',
  },
  unknown_none: {
    fa: 'برای این ملک، دادهٔ لازم برای ضابطه‌های ثبت‌شده کامل است.',
    en: 'What the recorded rules need is complete for this property.',
  },
  unknown_layer_incomplete: {
    fa: 'لایهٔ «{layer}» در این جا کامل نیست؛ خالی بودن آن چیزی را ثابت نمی‌کند.',
    en: 'The layer “{layer}” is not complete here; its being empty proves nothing.',
  },
  unknown_layer_asks: {
    fa: 'برای همین نمی‌دانیم این‌ها شامل این زمین می‌شود یا نه: {rules}.',
    en: 'So it is not known whether these apply here: {rules}.',
  },
  unknown_layer_not_loaded: {
    fa: 'لایهٔ «{layer}» برای این شهر وارد نشده است.',
    en: 'The layer “{layer}” has not been loaded for this city.',
  },
  unknown_layer_unknown: {
    fa: 'معلوم نیست لایهٔ «{layer}» در این جا کامل باشد.',
    en: 'It is not stated that the layer “{layer}” is complete here.',
  },
  unknown_who: {
    fa: 'مرجع پاسخ: {who}',
    en: 'Who can answer: {who}',
  },
  section_ask: {
    fa: 'چه می‌توانید درخواست کنید',
    en: 'What you can ask for',
  },
  ask_permit: {
    fa: 'پروانهٔ ساختمانی',
    en: 'Building permit',
  },
  ask_permit_how: {
    fa: 'طرح خود را روی زمین بکشید یا فایل آن را بدهید؛ پیش از ثبت، همان‌جا با ضابطه سنجیده می‌شود.',
    en: 'Draw your proposal on the land or upload it; it is judged on the spot, before you file.',
  },
  ask_no_law: {
    fa: 'طرح این ملک این‌جا سنجیده نمی‌شود، چون ضابطه‌ای برای آن در دست نیست. از شهرداری بپرسید.',
    en: 'A proposal for this property cannot be judged here, for there are no rules on record for it. Ask the municipality.',
  },
  ask_street: {
    fa: 'این قطعه خود گذر است؛ برای آن طرح ساختمان سنجیده نمی‌شود.',
    en: 'This parcel is itself street; no building is judged on it.',
  },
  ask_permit_act: {
    fa: 'شروع طرح',
    en: 'Start a proposal',
  },
  nodes_title: {
    fa: 'واحدهای این ملک ({n})',
    en: 'Units of this property ({n})',
  },
  history_title: {
    fa: 'سابقهٔ این ملک روی نقشه',
    en: 'History of this property on the map',
  },
  history_from: {
    fa: 'از {from}',
    en: 'from {from}',
  },
  history_until: {
    fa: 'از {from} تا {to}',
    en: 'from {from} until {to}',
  },
  lineage_from: {
    fa: 'پدیدآمده از {key} ({kind}، {day})',
    en: 'came from {key} ({kind}, {day})',
  },
  lineage_to: {
    fa: 'تبدیل‌شده به {key} ({kind}، {day})',
    en: 'became {key} ({kind}, {day})',
  },
  ended_parcel: {
    fa: 'این ملک از {from} تا {day} روی نقشه بود و دیگر نیست؛ آنچه می‌بینید سابقهٔ آن است.',
    en: 'This property was on the map from {from} until {day}; what you see is its history.',
  },
  ended_title: {
    fa: 'این ملک دیگر روی نقشه نیست',
    en: 'This property is no longer on the map',
  },
  ended_became: {
    fa: 'به جای آن ({kind}):',
    en: 'In its place ({kind}):',
  },
  ended_no_heir: {
    fa: 'معلوم نیست کدام ملک جای آن را گرفته است. همان جا را روی نقشه بزنید.',
    en: 'It is not on record which property took its place. Click the place on the map.',
  },
  not_yet_title: {
    fa: 'این ملک در آن روز روی نقشه نبود',
    en: 'This property was not on the map on that day',
  },
  not_yet_from: {
    fa: 'آن روز به جای آن بود ({kind}):',
    en: 'In its place on that day ({kind}):',
  },
  not_yet_today: {
    fa: 'دیدن این ملک چنان که امروز است',
    en: 'See it as it is today',
  },
  ended_look_back: {
    fa: 'دیدن این ملک چنان که در روز آخر بود',
    en: 'See it as it was on its last day',
  },
  terrain: {
    fa: 'ارتفاع زمین',
    en: 'Ground level',
  },
  terrain_between: {
    fa: '{min} تا {max} متر',
    en: '{min} to {max} m',
  },
} satisfies Record<string, TwoLanguages>
