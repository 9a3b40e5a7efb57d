import type { TwoLanguages } from './language'

/** What is drawn beside storeys, and how it is told. */
export const details = {
  details_title: {
    fa: 'جزئیات نقشه',
    en: 'Details of the drawing',
  },
  details_help: {
    fa: 'هیچ‌کدام اجباری نیست. اگر چیزی را نگویید، ضابطه‌هایش «نامشخص» می‌ماند؛ نه مطابق شمرده می‌شود و نه مغایر. هر نوع را که می‌کشید، همهٔ آن را بکشید.',
    en: 'Nothing here is compulsory. What you do not say leaves its rules undecided: neither kept nor broken. Of a kind that you draw, draw all there are.',
  },
  details_open: {
    fa: 'هنوز گفته نشده، پس ضابطه‌هایش نامشخص می‌ماند: {kinds}',
    en: 'Not said yet, so its rules stay undecided: {kinds}',
  },
  details_all_said: {
    fa: 'همه گفته شده است.',
    en: 'All of it is said.',
  },
  details_unsaid: {
    fa: 'گفته نشده؛ ضابطه‌هایش نامشخص می‌ماند',
    en: 'not said; its rules stay undecided',
  },
  details_none: {
    fa: 'گفته‌اید که این طرح ندارد',
    en: 'you say that there are none',
  },
  details_none_short: {
    fa: 'ندارد',
    en: 'none',
  },
  details_drawn: {
    fa: '{n} تا کشیده شده',
    en: '{n} drawn',
  },
  details_none_act: {
    fa: 'ندارد',
    en: 'None',
  },
  details_say_none: {
    fa: '{kinds}: این طرح ندارد',
    en: '{kinds}: there are none',
  },
  details_draw_act: {
    fa: 'کشیدن',
    en: 'Draw',
  },
  details_more_act: {
    fa: 'یکی دیگر',
    en: 'Another',
  },
  details_draw: {
    fa: 'کشیدن {kind} روی نقشه',
    en: 'Draw a {kind} on the map',
  },
  details_draw_more: {
    fa: 'کشیدن {kind} دیگر',
    en: 'Draw another {kind}',
  },
  draw_steps_line: {
    fa: 'روی نقشه، دو سر آن را بزنید؛ نزدیک دیوار یا مرز زمین، درست روی آن می‌نشیند.',
    en: 'Click its two ends on the map; near a wall or the boundary they fall exactly on it.',
  },
  draw_steps_area: {
    fa: 'گوشه‌های آن را یکی‌یکی بزنید؛ نزدیک دیوار یا مرز زمین، درست روی آن می‌نشیند.',
    en: 'Click its corners one by one; near a wall or the boundary they fall exactly on it.',
  },
  draw_first_end: {
    fa: 'سر نخست را بزنید',
    en: 'Click the first end',
  },
  draw_other_end: {
    fa: 'سر دیگر را بزنید',
    en: 'Click the other end',
  },
  draw_next: {
    fa: '{n} تا کشیده شد؛ بعدی را بزنید',
    en: '{n} drawn; click the next one',
  },
  draw_enough: {
    fa: 'همین‌ها بس است',
    en: 'That is all',
  },
  element_delete: {
    fa: 'حذف {what}',
    en: 'Delete {what}',
  },
  element_delete_act: {
    fa: 'حذف',
    en: 'Delete',
  },
  element_undo: {
    fa: 'برگرداندن',
    en: 'Undo',
  },
  storey_more_help: {
    fa: 'ارتفاع مفید از کف تمام‌شده تا پایین‌ترین جای سقف است و از ارتفاع طبقه به دست نمی‌آید. مساحت واحدها را جدا از هم با «؛» بنویسید.',
    en: 'The clear height is from the finished floor to the lowest point overhead; it does not follow from the floor height. Write the areas of the units apart by semicolons.',
  },
  consents: {
    fa: 'رضایت همسایه',
    en: 'Consent of neighbours',
  },
  consents_help: {
    fa: 'اگر همسایه‌ای به پیش‌روی بیشتر ساختمان رضایت داده است، ضلع او را نشان کنید؛ سند محضری‌اش را شهرداری می‌خواهد.',
    en: 'Where a neighbour consents to a building that reaches further, tick that edge; the municipality asks for the notarised paper.',
  },
  refused_thing: {
    fa: 'در طرح شما: {what}',
    en: 'In your drawing: {what}',
  },
  refused_field: {
    fa: 'در طرح شما: {what}، {field}',
    en: 'In your drawing: {what}, {field}',
  },
  refused_look: {
    fa: 'دیدن آن در طرح',
    en: 'See it in the drawing',
  },
  group_unsaid: {
    fa: 'گفته نشده: {kinds}',
    en: 'Not said: {kinds}',
  },
  group_waiting: {
    fa: '{n} ضابطه منتظر آن است',
    en: '{n} rules wait for it',
  },
  group_unsaid_help: {
    fa: 'طرح نمی‌گوید که این‌ها را دارد یا ندارد؛ تا گفته نشود، ضابطه‌های زیر نامشخص می‌ماند.',
    en: 'The proposal does not say whether there are any; until it does, the rules below stay undecided.',
  },
  group_say: {
    fa: 'گفتن در جزئیات نقشه',
    en: 'Say it in the details',
  },
  group_worst: {
    fa: 'بدترین: {what}',
    en: 'worst: {what}',
  },
  subject_projection: {
    fa: 'پیش‌آمدگی {n}',
    en: 'projection {n}',
  },
  subject_projections: {
    fa: 'پیش‌آمدگی‌های {n}',
    en: 'projections {n}',
  },
  subject_light_well: {
    fa: 'نورگیر {n}',
    en: 'light well {n}',
  },
  subject_window: {
    fa: 'پنجرهٔ {n}',
    en: 'window {n}',
  },
  subject_parking_space: {
    fa: 'جای پارک {n}',
    en: 'parking space {n}',
  },
  subject_gate: {
    fa: 'در خودرو {n}',
    en: 'vehicle gate {n}',
  },
  subject_corner: {
    fa: 'گوشهٔ {n}',
    en: 'corner {n}',
  },
  subject_piece: {
    fa: 'قطعهٔ {n}',
    en: 'piece {n}',
  },
  subject_new_street: {
    fa: 'گذر تازهٔ {n}',
    en: 'new street {n}',
  },
  subject_mass: {
    fa: 'بخش {n}، {storey}',
    en: 'mass {n}, {storey}',
  },
  topic_projections: {
    fa: 'بالکن و پیش‌آمدگی',
    en: 'Balconies and projections',
  },
  topic_light: {
    fa: 'نورگیر و پنجره',
    en: 'Light wells and windows',
  },
  topic_cars: {
    fa: 'پارکینگ و در خودرو',
    en: 'Parking and vehicle gates',
  },
  topic_division: {
    fa: 'تفکیک و تجمیع',
    en: 'Dividing and merging land',
  },
  topic_count: {
    fa: '{n} ضابطه',
    en: '{n} rules',
  },
  unit_areas: {
    fa: 'مساحت هر واحد (متر مربع)',
    en: 'Area of each unit (m²)',
  },
  unit_areas_bad: {
    fa: 'این مساحت‌ها خوانده نشد؛ برای هر واحد یک عدد بنویسید، جدا از هم با «؛»، مانند ۸۵؛ ۹۰٫۵.',
    en: 'These areas could not be read; write one number for each unit, apart by semicolons, such as 85; 90.5.',
  },
  storey_more: {
    fa: 'دربارهٔ هر طبقه',
    en: 'About each storey',
  },
  storey_clear: {
    fa: 'ارتفاع مفید (متر)',
    en: 'Clear height (m)',
  },
  'element.projection': {
    fa: 'پیش‌آمدگی',
    en: 'projection',
  },
  'element.light_well': {
    fa: 'نورگیر',
    en: 'light well',
  },
  'element.window': {
    fa: 'پنجره',
    en: 'window',
  },
  'element.parking_space': {
    fa: 'جای پارک',
    en: 'parking space',
  },
  'element.gate': {
    fa: 'در خودرو',
    en: 'vehicle gate',
  },
  'elements.projection': {
    fa: 'پیش‌آمدگی‌ها',
    en: 'Projections',
  },
  'elements.light_well': {
    fa: 'نورگیرها',
    en: 'Light wells',
  },
  'elements.window': {
    fa: 'پنجره‌ها',
    en: 'Windows',
  },
  'elements.parking_space': {
    fa: 'جای پارک‌ها',
    en: 'Parking spaces',
  },
  'elements.gate': {
    fa: 'درهای خودرو',
    en: 'Vehicle gates',
  },
  'counted.projection': {
    fa: 'پیش‌آمدگی',
    en: 'projections',
  },
  'counted.light_well': {
    fa: 'نورگیر',
    en: 'light wells',
  },
  'counted.window': {
    fa: 'پنجره',
    en: 'windows',
  },
  'counted.parking_space': {
    fa: 'جای پارک',
    en: 'parking spaces',
  },
  'counted.gate': {
    fa: 'در خودرو',
    en: 'vehicle gates',
  },
  'counted.corner': {
    fa: 'گوشه',
    en: 'corners',
  },
  'counted.overlay': {
    fa: 'محدوده',
    en: 'areas',
  },
  'counted.storey': {
    fa: 'طبقه',
    en: 'storeys',
  },
  'counted.edge': {
    fa: 'ضلع',
    en: 'edges',
  },
  'counted.zone': {
    fa: 'پهنه',
    en: 'zones',
  },
  'counted.piece': {
    fa: 'قطعه',
    en: 'pieces',
  },
  'counted.new_street': {
    fa: 'گذر تازه',
    en: 'new streets',
  },
  'counted.lot': {
    fa: 'مورد',
    en: 'findings',
  },
  'element_gloss.projection': {
    fa: 'بالکن، کنسول',
    en: 'balconies, bays',
  },
  'element_gloss.light_well': {
    fa: 'پاسیو، حیاط خلوت',
    en: 'patios, back yards',
  },
  'element_help.projection': {
    fa: 'زیر پیش‌آمدگی را از کف پیاده‌رو بسنجید.',
    en: 'Its underside is measured from the pavement.',
  },
  'element_help.light_well': {
    fa: 'از پایین‌ترین طبقه‌ای که از آن آغاز می‌شود تا آسمان. اتاق اصلی: خواب، نشیمن، پذیرایی؛ فرعی: آشپزخانه، انباری.',
    en: 'From the lowest storey where it begins up to the sky. Main rooms: bed, living, dining; minor: kitchen, storage.',
  },
  'element_help.window': {
    fa: 'اتاق اصلی: خواب، نشیمن، پذیرایی؛ فرعی: آشپزخانه، انباری. نام واحد کافی است که دو پنجرهٔ یک خانه را از دو خانه جدا کند.',
    en: 'Main rooms: bed, living, dining; minor: kitchen, storage. The dwelling’s name need only tell windows of one home from those of two.',
  },
  'field.level': {
    fa: 'طبقه',
    en: 'Storey',
  },
  'field.light_well.level': {
    fa: 'از طبقهٔ',
    en: 'From the storey',
  },
  'field.underside_m': {
    fa: 'ارتفاع زیر آن (متر)',
    en: 'Height of its underside (m)',
  },
  'field.closed': {
    fa: 'بسته است (اتاق روی آن است)',
    en: 'closed (a room stands on it)',
  },
  'field.serves': {
    fa: 'نور چه اتاقی را می‌دهد',
    en: 'Gives light to',
  },
  'field.room': {
    fa: 'پنجرهٔ چه اتاقی است',
    en: 'Room behind it',
  },
  'field.sill_m': {
    fa: 'لبهٔ زیرین از کف (متر)',
    en: 'Sill above the floor (m)',
  },
  'field.unit': {
    fa: 'واحد',
    en: 'Dwelling',
  },
  'field.cars': {
    fa: 'جای چند خودرو',
    en: 'Cars',
  },
  'field.kind': {
    fa: 'نوع',
    en: 'kind',
  },
  'field.use': {
    fa: 'کاربری',
    en: 'use',
  },
  'field.units': {
    fa: 'شمار واحدها',
    en: 'number of units',
  },
  'field.floor_height_m': {
    fa: 'ارتفاع طبقه',
    en: 'floor height',
  },
  'field.clear_height_m': {
    fa: 'ارتفاع مفید',
    en: 'clear height',
  },
  'field.unit_areas_m2': {
    fa: 'مساحت واحدها',
    en: 'areas of the units',
  },
  'field.countable_area_m2': {
    fa: 'سطح قابل محاسبه',
    en: 'countable area',
  },
  'serves_word.main': {
    fa: 'اتاق اصلی',
    en: 'main rooms',
  },
  'serves_word.minor': {
    fa: 'اتاق فرعی',
    en: 'minor rooms',
  },
  'serves_word.none': {
    fa: 'هیچ اتاقی',
    en: 'no room',
  },
  'room_word.main': {
    fa: 'اصلی',
    en: 'main',
  },
  'room_word.minor': {
    fa: 'فرعی',
    en: 'minor',
  },
} satisfies Record<string, TwoLanguages>
