import type { TwoLanguages } from './language'

/** What a refusal says to a person. Codes of the service as `problem.<code>`; what is not here shows the service's own sentence. */
export const problems = {
  problem_title: {
    fa: 'این کار انجام نشد',
    en: 'This was not done',
  },
  problem_nothing_lost: {
    fa: 'چیزی از کار شما از دست نرفته است.',
    en: 'Nothing of your work is lost.',
  },
  problem_id: {
    fa: 'شمارهٔ پیگیری خطا:',
    en: 'Error reference:',
  },
  problem_where: {
    fa: 'جای آن:',
    en: 'Where:',
  },
  problem_offline: {
    fa: 'ارتباط با سامانه برقرار نیست. شبکه را ببینید و دوباره امتحان کنید.',
    en: 'The service cannot be reached. Check the network and try again.',
  },
  problem_unreadable: {
    fa: 'پاسخ سامانه خوانده نشد.',
    en: 'The answer of the service could not be read.',
  },
  problem_server: {
    fa: 'سامانه دچار اشکال شد. کمی بعد دوباره امتحان کنید؛ اگر ماند، شمارهٔ زیر را بفرستید.',
    en: 'The service has a defect. Try again later; if it stays, send the reference below.',
  },
  problem_no_permission: {
    fa: 'نقش شما اجازهٔ این کار را ندارد.',
    en: 'Your role does not permit this.',
  },
  problem_login_first: {
    fa: 'برای این کار وارد شوید.',
    en: 'Log in to do this.',
  },
  problem_login_wrong: {
    fa: 'نام کاربری یا گذرواژه درست نیست؛ دوباره ببینید.',
    en: 'The user name or password is not right; check them again.',
  },
  problem_too_many: {
    fa: 'دفعه‌های زیادی امتحان شد. کمی صبر کنید.',
    en: 'Too many attempts. Wait a little.',
  },
  'problem.parcel_unknown': {
    fa: 'ملکی با این شناسه در این شهر نیست.',
    en: 'No property of this city has this key.',
  },
  'problem.parcel_not_in_force': {
    fa: 'این ملک در آن روز روی نقشه نبوده است.',
    en: 'This property was not on the map on that day.',
  },
  'problem.request_unknown': {
    fa: 'پرونده‌ای با این کد رهگیری نیست.',
    en: 'No case has this tracking code.',
  },
  'problem.upload.too_large': {
    fa: 'این پرونده بزرگ‌تر از ۲۰ مگابایت است.',
    en: 'This file is larger than 20 MB.',
  },
  'problem.upload.not_json': {
    fa: 'متن این پرونده JSON درستی نیست.',
    en: 'The text of this file is not valid JSON.',
  },
  'problem.proposal.not_a_collection': {
    fa: 'طرح باید یک FeatureCollection باشد؛ هر طبقه یک Feature.',
    en: 'A proposal is a FeatureCollection, one Feature for each storey.',
  },
  'problem.proposal.crs_member': {
    fa: 'دستگاه مختصات را به جای crs با srid بگویید.',
    en: 'Say the coordinate system with srid instead of crs.',
  },
  'problem.proposal.srid': {
    fa: 'دستگاه مختصات باید یکی از این‌ها باشد: {allowed}',
    en: 'The coordinate system must be one of: {allowed}',
  },
  'problem.proposal.not_an_object': {
    fa: 'این‌جا یک شیء (object) لازم است.',
    en: 'An object is needed here.',
  },
  'problem.proposal.not_a_boolean': {
    fa: 'این‌جا true یا false لازم است.',
    en: 'Here true or false is needed.',
  },
  'problem.proposal.not_a_list': {
    fa: 'این‌جا یک فهرست لازم است.',
    en: 'A list is needed here.',
  },
  'problem.proposal.no_storeys': {
    fa: 'طرح هیچ طبقه‌ای ندارد؛ دست‌کم یک طبقه بدهید.',
    en: 'The proposal has no storey; give at least one.',
  },
  'problem.proposal.too_many_masses': {
    fa: 'شمار شکل‌ها بیش از اندازه است.',
    en: 'There are too many features.',
  },
  'problem.proposal.not_a_feature': {
    fa: 'هر عضو features باید یک Feature باشد.',
    en: 'Every item of features must be a Feature.',
  },
  'problem.proposal.missing_property': {
    fa: 'این طبقه «{name}» را نمی‌گوید.',
    en: 'This storey does not say its “{name}”.',
  },
  'problem.proposal.kind_at_level': {
    fa: 'زیرزمین فقط زیر تراز صفر است، و زیر تراز صفر فقط زیرزمین.',
    en: 'A basement lies below level 0, and nothing else does.',
  },
  'problem.proposal.floor_height': {
    fa: 'ارتفاع طبقه باید بیش از صفر و حداکثر ۱۰۰ متر باشد.',
    en: 'A floor height must be above 0 and at most 100 m.',
  },
  'problem.proposal.countable_area': {
    fa: 'سطح قابل محاسبه باید میان صفر و سطح شکل ({footprint} متر مربع) باشد.',
    en: 'The countable area must be between 0 and the footprint ({footprint} m²).',
  },
  'problem.proposal.level_gap': {
    fa: 'در تراز {level} طبقه‌ای نیست؛ ترازها باید پشت سر هم باشند.',
    en: 'There is no storey at level {level}; levels must follow without a gap.',
  },
  'problem.proposal.too_many_storeys': {
    fa: 'شمار طبقه‌ها بیش از ۲۰۰ است.',
    en: 'There are more than 200 storeys.',
  },
  'problem.proposal.stair_head_below': {
    fa: 'سرپله باید روی بالاترین طبقه باشد.',
    en: 'A stair head stands on the highest storey.',
  },
  'problem.proposal.overlapping_masses': {
    fa: 'دو شکل در یک تراز روی هم افتاده‌اند ({area} متر مربع)؛ یک محیط برای هر دو بکشید.',
    en: 'Two shapes of one level overlap by {area} m²; draw one outline for both.',
  },
  'problem.proposal.unknown_property': {
    fa: 'این نام شناخته نیست؛ نام‌های شناخته: {known}',
    en: 'This name is not known; known are: {known}',
  },
  'problem.proposal.not_a_number': {
    fa: 'این‌جا عدد لازم است.',
    en: 'A number is needed here.',
  },
  'problem.proposal.not_finite': {
    fa: 'این عدد بی‌پایان یا بیرون از هر اندازه‌ای است.',
    en: 'The number is not finite or beyond every measure.',
  },
  'problem.proposal.not_in_range': {
    fa: 'این عدد بیرون از بازهٔ مجاز است.',
    en: 'The number is out of its range.',
  },
  'problem.proposal.unknown_word': {
    fa: 'باید یکی از این‌ها باشد: {allowed}',
    en: 'It must be one of: {allowed}',
  },
  'problem.proposal.not_a_polygon': {
    fa: 'شکل هر طبقه باید Polygon یا MultiPolygon باشد.',
    en: 'The geometry of a storey must be a Polygon or MultiPolygon.',
  },
  'problem.proposal.coordinates': {
    fa: 'مختصات این شکل درست نوشته نشده است؛ هر حلقه دست‌کم چهار نقطه دارد.',
    en: 'The coordinates of this shape are not well formed; a ring has at least four positions.',
  },
  'problem.proposal.too_many_vertices': {
    fa: 'شمار نقطه‌های طرح بیش از اندازه است.',
    en: 'The proposal has too many vertices.',
  },
  'problem.proposal.empty': {
    fa: 'این شکل خالی است.',
    en: 'This shape is empty.',
  },
  'problem.proposal.out_of_range': {
    fa: 'این مختصات بیرون از محدودهٔ شبکهٔ شهر است.',
    en: 'These coordinates lie outside the frame of the city.',
  },
  'problem.proposal.no_area': {
    fa: 'این شکل مساحتی ندارد.',
    en: 'This shape has no area.',
  },
  'problem.proposal.self_crossing': {
    fa: 'خط محیط این شکل خودش را می‌بُرد؛ گوشه‌ها را به ترتیب بدهید.',
    en: 'The outline of this shape crosses itself; give the corners in order.',
  },
  'problem.proposal.open_ring': {
    fa: 'حلقه بسته نیست؛ نقطهٔ آخر باید همان نقطهٔ اول باشد.',
    en: 'The ring is not closed; the last position must equal the first.',
  },
  'problem.proposal.position': {
    fa: 'هر نقطه باید دو عدد باشد.',
    en: 'Each position must be two numbers.',
  },
} satisfies Record<string, TwoLanguages>
