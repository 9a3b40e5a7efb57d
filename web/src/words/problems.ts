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
    fa: 'ارتباط با سامانه برقرار نیست. آنچه باز است خواندنی می‌ماند و پیش‌نویس‌ها نگه داشته می‌شود؛ شبکه را ببینید و دوباره امتحان کنید.',
    en: 'The service cannot be reached. What is open can still be read and drafts are kept; check the network and try again.',
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
    fa: 'نقش شما اجازهٔ این کار را ندارد؛ اگر باید داشته باشد، از مدیر سامانه بخواهید.',
    en: 'Your role does not permit this; if it should, ask the administrator of the system.',
  },
  problem_title_missing: {
    fa: 'پیدا نشد',
    en: 'Not found',
  },
  problem_title_login: {
    fa: 'نخست وارد شوید',
    en: 'Log in first',
  },
  problem_title_forbidden: {
    fa: 'این کار با شما نیست',
    en: 'Not open to you',
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
  problem_title_offline: {
    fa: 'ارتباط برقرار نیست',
    en: 'No connection',
  },
  problem_title_no_law: {
    fa: 'برای آن روز ضابطه‌ای ثبت نشده است',
    en: 'No law is recorded for that day',
  },
  'problem.law.not_formalised': {
    fa: 'ضابطه‌های این شهر از {first_day} ثبت شده است و {on} پیش از آن است؛ برای آن روز چیزی سنجیده نمی‌شود.',
    en: 'The law of this city is recorded from {first_day}, and {on} lies before it; nothing is judged for that day.',
  },
  'problem.law.not_formalised/last_day': {
    fa: 'ضابطه‌های این شهر تا {last_day} ثبت شده است و {on} پس از آن است؛ برای آن روز چیزی سنجیده نمی‌شود.',
    en: 'The law of this city is recorded until {last_day}, and {on} lies after it; nothing is judged for that day.',
  },
  'problem.state_unknown': {
    fa: 'درخواستی با این وضعیت تعریف نشده است؛ وضعیت را از فهرست انتخاب کنید.',
    en: 'There is no such state of a request; choose one of the list.',
  },
  'problem.parameter_repeated': {
    fa: 'یک پرسش دو بار در نشانی صفحه آمده است؛ پیوند را دوباره باز کنید.',
    en: 'The address of the page asks one thing twice; open the link again.',
  },
  'problem.parameter_unknown': {
    fa: 'نشانی چیزی می‌پرسد که این سامانه نمی‌شناسد؛ پیوند را دوباره باز کنید.',
    en: 'The address asks for something that this service does not know; open the link again.',
  },
  'problem.cursor_invalid': {
    fa: 'این فهرست عوض شده است؛ آن را از اول باز کنید.',
    en: 'This list has changed; open it again from the start.',
  },
  'problem.point_outside': {
    fa: 'این نقطه روی کرهٔ زمین نیست: طول جغرافیایی از ۱۸۰ درجهٔ غربی تا ۱۸۰ درجهٔ شرقی است و عرض از ۹۰ درجهٔ جنوبی تا ۹۰ درجهٔ شمالی.',
    en: 'There is no such point on the earth: longitude runs from -180 to 180, latitude from -90 to 90.',
  },
  'problem.point_swapped': {
    fa: 'این نقطه بیرون از شهر است و اگر طول و عرض جابه‌جا شود در شهر می‌افتد؛ شاید جابه‌جا نوشته شده باشد.',
    en: 'This point lies outside of the city, and inside when longitude and latitude are exchanged; perhaps they were.',
  },
  'problem.parcel_unknown': {
    fa: 'ملکی با این شناسه در این شهر نیست.',
    en: 'No property of this city has this key.',
  },
  'problem.parcel_not_in_force': {
    fa: 'این ملک در {given} هنوز روی نقشه نبود؛ از {first} روی نقشه است.',
    en: 'On {given} this property was not yet on the map; it is there from {first}.',
  },
  'problem.parcel_not_in_force/last': {
    fa: 'این ملک از {first} تا {last} روی نقشه بود و در {given} نیست.',
    en: 'This property was on the map from {first} until {last}; on {given} it is not.',
  },
  'problem.request_unknown': {
    fa: 'پرونده‌ای با این کد رهگیری نیست، یا از آنِ شما نیست. پرونده را متقاضی آن و کارشناسان شهرداری می‌بینند.',
    en: 'No case has this tracking code, or it is not yours. A case is seen by its applicant and by the staff of the municipality.',
  },
  'problem.upload.too_large': {
    fa: 'این فایل بزرگ‌تر از ۲۰ مگابایت است.',
    en: 'This file is larger than 20 MB.',
  },
  'problem.upload.not_json': {
    fa: 'متن این فایل JSON درستی نیست.',
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
    fa: 'این‌جا «{name}» گفته نشده است.',
    en: 'It does not say its “{name}”.',
  },
  'problem.proposal.kind_at_level': {
    fa: 'زیرزمین فقط زیر تراز صفر است، و زیر تراز صفر فقط زیرزمین.',
    en: 'A basement lies below level 0, and nothing else does.',
  },
  'problem.proposal.floor_height': {
    fa: 'ارتفاع طبقه باید میان ۱٫۸ و ۱۰۰ متر باشد.',
    en: 'A floor height must be between 1.8 and 100 m.',
  },
  'problem.proposal.use_of_kind': {
    fa: 'این کاربری با نوع طبقه نمی‌خواند؛ پیلوت و خرپشته جای سکونت و کسب نیست.',
    en: 'This use does not go with the kind of storey: a pilotis or a stair head is no place to live or trade in.',
  },
  'problem.proposal.pilotis_above_ground': {
    fa: 'پیلوت فقط در طبقهٔ همکف است.',
    en: 'A pilotis stands at ground level only.',
  },
  'problem.proposal.units_of_use': {
    fa: 'پارکینگ، انباری، تأسیسات و فضای سبز واحد ندارد؛ شمار واحدها را صفر بنویسید.',
    en: 'Parking, storage, services and green space have no units; write 0.',
  },
  'problem.proposal.no_dwelling': {
    fa: 'ساختمان طبقهٔ مسکونی دارد اما واحدی برای آن نوشته نشده است.',
    en: 'The building has residential storeys and no dwelling is stated.',
  },
  'problem.proposal.no_parking_space': {
    fa: 'ساختمان طبقهٔ پارکینگ دارد اما شمار جای پارک صفر است.',
    en: 'The building has parking storeys and the number of parking spaces is 0.',
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
    fa: 'این شکل باید Polygon یا MultiPolygon باشد؛ فقط پنجره و در خودرو خط است.',
    en: 'This shape must be a Polygon or MultiPolygon; only windows and vehicle gates are lines.',
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
  'problem.proposal.not_a_line': {
    fa: 'پنجره و در خودرو یک خط (LineString) روی دیوار یا مرز خود است.',
    en: 'A window or a vehicle gate is a LineString along its wall or boundary.',
  },
  'problem.proposal.no_length': {
    fa: 'این خط درازایی ندارد؛ دو سر آن را جدا از هم بدهید.',
    en: 'This line has no length; give two different ends.',
  },
  'problem.proposal.not_a_text': {
    fa: 'این‌جا نامی با دست‌بالا ۴۰ نویسه لازم است.',
    en: 'Here a name of at most 40 characters is needed.',
  },
  'problem.proposal.clear_height': {
    fa: 'ارتفاع مفید باید بیشتر از صفر باشد و از ارتفاع طبقه ({floor_height} متر) بیشتر نباشد.',
    en: 'The clear height must be above 0 and not above the floor height ({floor_height} m).',
  },
  'problem.proposal.invalid_shape': {
    fa: 'این شکل سطح درستی ندارد؛ محیط آن را دوباره بکشید.',
    en: 'This shape is no proper area; draw its outline anew.',
  },
  'problem.proposal.unit_areas': {
    fa: 'برای هر واحد یک مساحت بالاتر از صفر لازم است: {areas} مساحت برای {units} واحد نوشته شده است.',
    en: 'Each unit needs one area above 0: {areas} areas are given for {units} units.',
  },
  'problem.proposal.unit_areas/floors': {
    fa: 'مساحت واحدها ({units} متر مربع) از سطح طبقه‌ها ({floors} متر مربع) بیشتر است.',
    en: 'The units ({units} m²) are larger than the floors ({floors} m²).',
  },
  'problem.no_city': {
    fa: 'هنوز نقشهٔ شهری در این سامانه وارد نشده است.',
    en: 'No city has been imported yet.',
  },
  'problem.log_in_needed': {
    fa: 'برای این کار وارد شوید.',
    en: 'Log in to do this.',
  },
  'problem.log_in_throttled': {
    fa: 'ورودهای نادرست زیاد شد؛ {minutes} دقیقه صبر کنید و دوباره امتحان کنید.',
    en: 'Too many failed log-ins; wait {minutes} minutes and try again.',
  },
  'problem.not_permitted': {
    fa: 'نقش شما اجازهٔ این کار را ندارد.',
    en: 'Your role does not permit this.',
  },
  'problem.csrf_missing': {
    fa: 'نشست شما تازه شده است؛ صفحه را دوباره باز کنید. پیش‌نویس شما می‌ماند.',
    en: 'Your session was renewed; open the page again. Your draft stays.',
  },
  'problem.body_too_slow': {
    fa: 'داده‌ها نیمه‌کاره رسید و پیوند بسته شد؛ چیزی ثبت نشده است. دوباره بفرستید.',
    en: 'The data stopped half way and the connection was closed; nothing was kept. Send it again.',
  },
  'problem.body_too_large': {
    fa: 'این طرح بزرگ‌تر از اندازهٔ پذیرفتنی است.',
    en: 'This proposal is larger than what is accepted.',
  },
  'problem.json_too_deep': {
    fa: 'این فایل بیش از اندازه تودرتو است.',
    en: 'This file is nested too deeply.',
  },
  'problem.number_not_finite': {
    fa: 'در این فایل عددی هست که پایان ندارد.',
    en: 'This file holds a number that is not finite.',
  },
  'problem.number_too_large': {
    fa: 'در این فایل عددی بیش از اندازه بزرگ هست.',
    en: 'This file holds a number that is too large.',
  },
  'problem.proposal.off_parcel': {
    fa: 'ساختمان روی این ملک نیست؛ مختصات و srid را ببینید.',
    en: 'The building does not stand on this property; check its coordinates and srid.',
  },
  'problem.book_missing': {
    fa: 'ضابطه‌های این شهر اکنون خوانده نمی‌شود.',
    en: 'The rules of this city cannot be read now.',
  },
  'problem.book_refused': {
    fa: 'ضابطه‌های این شهر ایراد دارد و به کار نمی‌رود.',
    en: 'The rules of this city have faults and are not used.',
  },
  'problem.book_unnamed': {
    fa: 'ضوابط این شهر هنوز بارگذاری نشده است؛ پس نامشخص است که چه می‌توان ساخت.',
    en: 'No law is loaded for this city, so what may be built here is undecided.',
  },
  'problem.parcel_is_street': {
    fa: 'این قطعه در نقشه خود گذر است؛ چیزی برای ساختن در آن پیشنهاد نمی‌شود.',
    en: 'On the map this property is itself street; nothing is offered to be built on it.',
  },
  'problem.site_unreadable': {
    fa: 'داده‌های خود شهر برای این ملک ایراد دارد.',
    en: 'The city’s own data for this property is faulty.',
  },
  'problem.registration_plate_invalid': {
    fa: 'پلاک ثبتی شمارهٔ اصلی دارد، مانند «۱۲۳ فرعی از ۴۵ اصلی» یا ۱۲۳/۴۵.',
    en: 'A registration plate names its main number, as in «123 فرعی از 45 اصلی» or 123/45.',
  },
  'problem.renovation_code_invalid': {
    fa: 'کد نوسازی یک تا هفت عدد است که با خط تیره به هم می‌پیوندند.',
    en: 'A renovation code is one to seven whole numbers joined by hyphens.',
  },
  'problem.tracking_code_invalid': {
    fa: 'کد رهگیری شانزده رقم دارد.',
    en: 'A tracking code has sixteen digits.',
  },
  'problem.tracking_code_mistyped': {
    fa: 'رقم‌های این کد رهگیری با هم نمی‌خوانند؛ با برگهٔ خود بسنجید.',
    en: 'The digits of this tracking code do not fit together; compare them with the paper.',
  },
  'problem.request_moved_on': {
    fa: 'پیش از شما کس دیگری در این پرونده گامی برداشته است؛ دوباره آن را ببینید.',
    en: 'Somebody else acted on this request first; look at it again.',
  },
  'problem.move_not_open': {
    fa: 'این گام در وضعیت کنونی پرونده باز نیست.',
    en: 'This step is not open in the present state of the case.',
  },
  'problem.move_of_others': {
    fa: 'این گام با نقش دیگری است.',
    en: 'This step belongs to another role.',
  },
  'problem.channel_of_others': {
    fa: 'با نقش شما درخواست از این راه ثبت نمی‌شود.',
    en: 'Your role does not file requests by this channel.',
  },
  'problem.move_incomplete': {
    fa: 'برای این گام چیزی کم است؛ دلیل را بنویسید.',
    en: 'Something is missing for this step; write the reason.',
  },
  'problem.text_unreadable': {
    fa: 'این متن نویسه‌ای دارد که خوانده نمی‌شود.',
    en: 'This text holds a character that cannot be read.',
  },
  'problem.database_slow': {
    fa: 'پاسخ بیش از اندازه طول کشید؛ چیز کمتری بخواهید یا دوباره امتحان کنید.',
    en: 'The answer took too long; ask for less, or try again.',
  },
  'problem.database_busy': {
    fa: 'سامانه اکنون شلوغ است؛ کمی بعد دوباره امتحان کنید.',
    en: 'The service is busy; try again in a moment.',
  },
  'problem.database_away': {
    fa: 'پایگاه دادهٔ سامانه در دسترس نیست؛ چیزی تغییر نکرد. کمی بعد دوباره امتحان کنید.',
    en: 'The database cannot be reached; nothing was changed. Try again soon.',
  },
} satisfies Record<string, TwoLanguages>
