import type { TwoLanguages } from './language'

export const proposal = {
  proposal_title: {
    fa: 'طرح پیشنهادی',
    en: 'Proposal',
  },
  proposal_empty: {
    fa: 'هنوز طرحی نیست. محیط ساختمان را روی زمین بکشید، از فاصلهٔ ضلع‌ها بسازید، یا فایل GeoJSON بدهید.',
    en: 'There is no proposal yet. Draw the footprint, make it from distances to the edges, or upload GeoJSON.',
  },
  draw: {
    fa: 'کشیدن محیط ساختمان',
    en: 'Draw a footprint',
  },
  draw_steps: {
    fa: 'روی نقشه، گوشه‌ها را یکی‌یکی بزنید؛ نزدیک گوشه یا ضلع زمین، درست روی آن می‌نشیند.',
    en: 'Click the corners one by one; near a corner or edge of the plot the point falls exactly on it.',
  },
  draw_steps_keys: {
    fa: 'با صفحه‌کلید: نقشه را جابه‌جا کنید و Enter بزنید.',
    en: 'By keyboard: move the map and press Enter.',
  },
  upload_draft_kept: {
    fa: 'طرح پیشین شما سر جای خود است.',
    en: 'Your earlier proposal is still here.',
  },
  draw_undo: {
    fa: 'برگرداندن گوشهٔ آخر',
    en: 'Undo the last corner',
  },
  draw_finish: {
    fa: 'پایان شکل',
    en: 'Finish the shape',
  },
  draw_cancel: {
    fa: 'رها کردن',
    en: 'Cancel',
  },
  draw_corners: {
    fa: '{n} گوشه، ضلع آخر {length} متر',
    en: '{n} corners, last side {length} m',
  },
  draw_first: {
    fa: 'گوشهٔ نخست را بزنید',
    en: 'Click the first corner',
  },
  edit: {
    fa: 'ویرایش گوشه‌ها',
    en: 'Edit the corners',
  },
  edit_steps: {
    fa: 'گوشه‌ها را بکشید؛ نقطهٔ میان ضلع گوشهٔ تازه می‌سازد. برای حذف، گوشه را بزنید و «حذف گوشه» را انتخاب کنید.',
    en: 'Drag the corners; the dot on a side makes a new one. To remove a corner, click it and choose “Delete the corner”.',
  },
  edit_delete_corner: {
    fa: 'حذف گوشه',
    en: 'Delete the corner',
  },
  edit_done: {
    fa: 'پایان ویرایش',
    en: 'Done editing',
  },
  offsets: {
    fa: 'ساختن از فاصلهٔ ضلع‌ها',
    en: 'Make from distances to edges',
  },
  offsets_help: {
    fa: 'فاصلهٔ ساختمان از هر ضلع زمین (بعد از اصلاحی)، به متر:',
    en: 'Distance of the building from each edge of the plot (after widening), in metres:',
  },
  offsets_edge: {
    fa: 'ضلع {n}: {kind}',
    en: 'Edge {n}: {kind}',
  },
  offsets_make: {
    fa: 'ساختن شکل',
    en: 'Make the shape',
  },
  offsets_unread: {
    fa: 'فاصلهٔ این ضلع‌ها عدد نیست: {edges}. فاصله را به متر بنویسید، مانند ۳٫۵.',
    en: 'The distance is no number at edge {edges}. Write it in metres, such as 3.5.',
  },
  offsets_empty: {
    fa: 'با این فاصله‌ها شکلی در زمین نمی‌ماند؛ فاصله‌ها را کمتر کنید یا شکل را روی نقشه بکشید.',
    en: 'No shape remains in the plot at these distances; make them smaller, or draw on the map.',
  },
  upload: {
    fa: 'دادن فایل GeoJSON',
    en: 'Upload GeoJSON',
  },
  upload_drop: {
    fa: 'فایل را این‌جا رها کنید یا انتخاب کنید',
    en: 'Drop the file here, or choose it',
  },
  upload_refused: {
    fa: 'این فایل پذیرفته نشد',
    en: 'This file was not accepted',
  },
  upload_at_line: {
    fa: 'در فایل شما، خط {line}:',
    en: 'In your file, line {line}:',
  },
  download_proposal: {
    fa: 'گرفتن GeoJSON طرح',
    en: 'Download the proposal',
  },
  clear_proposal: {
    fa: 'پاک کردن طرح',
    en: 'Clear the proposal',
  },
  draft_kept: {
    fa: 'پیش‌نویس در همین مرورگر نگه داشته می‌شود.',
    en: 'The draft is kept in this browser.',
  },
  storeys: {
    fa: 'طبقه‌ها',
    en: 'Storeys',
  },
  storey_level: {
    fa: 'تراز',
    en: 'Level',
  },
  storey_kind: {
    fa: 'نوع',
    en: 'Kind',
  },
  storey_use: {
    fa: 'کاربری',
    en: 'Use',
  },
  storey_units: {
    fa: 'واحد',
    en: 'Units',
  },
  storey_height: {
    fa: 'ارتفاع (متر)',
    en: 'Height (m)',
  },
  storey_area: {
    fa: 'سطح (متر مربع)',
    en: 'Area (m²)',
  },
  storey_delete: {
    fa: 'حذف طبقهٔ تراز {level}',
    en: 'Delete the storey of level {level}',
  },
  storey_removed: {
    fa: '{storey} حذف شد.',
    en: '{storey} was deleted.',
  },
  storey_undo: {
    fa: 'برگرداندن طبقه',
    en: 'Undo',
  },
  storey_ground: {
    fa: 'همکف (تراز ۰)',
    en: 'Ground floor (level 0)',
  },
  storey_row: {
    fa: 'طبقهٔ تراز {level}',
    en: 'Storey at level {level}',
  },
  repeat_up: {
    fa: 'تکرار این شکل در طبقه‌های بالاتر',
    en: 'Repeat this footprint above',
  },
  repeat_count: {
    fa: 'شمار طبقه',
    en: 'How many',
  },
  repeat_act: {
    fa: 'تکرار',
    en: 'Repeat',
  },
  strip_ceded: {
    fa: 'نوار تعریض رایگان به شهرداری واگذار می‌شود',
    en: 'The widening strip is ceded free of charge',
  },
  existing_question: {
    fa: 'ساختمانی که روی این زمین هست چه می‌شود؟',
    en: 'What becomes of the building that stands here?',
  },
  existing_unsure: {
    fa: 'اگر روی این زمین ساختمانی هست، چه می‌شود؟',
    en: 'If a building stands here, what becomes of it?',
  },
  existing_demolish: {
    fa: 'تخریب می‌شود',
    en: 'it is demolished',
  },
  existing_keep: {
    fa: 'می‌ماند',
    en: 'it stays',
  },
  existing_unsaid: {
    fa: 'هنوز نمی‌گویم',
    en: 'not said yet',
  },
  existing_short: {
    fa: 'ساختمان موجود',
    en: 'Existing building',
  },
  parking_spaces: {
    fa: 'جای پارک',
    en: 'Parking spaces',
  },
  judged_day: {
    fa: 'ضابطهٔ روز',
    en: 'Rules of the day',
  },
  judged_day_hint: {
    fa: 'سال/ماه/روز، مانند ۱۴۰۵/۰۸/۳۰',
    en: 'year-month-day, such as 2026-11-21',
  },
  judged_day_bad: {
    fa: 'این تاریخ خوانده نشد؛ سال/ماه/روز بنویسید.',
    en: 'This date could not be read; write year-month-day.',
  },
  judge: {
    fa: 'سنجش با ضابطه',
    en: 'Judge by the rules',
  },
  judging: {
    fa: 'در حال سنجش…',
    en: 'Judging…',
  },
  report_title: {
    fa: 'نتیجهٔ سنجش',
    en: 'Report',
  },
  report_old: {
    fa: 'طرح پس از این سنجش تغییر کرده است؛ دوباره بسنجید.',
    en: 'The proposal was changed after this judgement; judge it again.',
  },
  report_area: {
    fa: 'زمین {before}؛ در تعریض {loss}؛ مبنا {after}',
    en: 'Land {before}; lost to widening {loss}; base {after}',
  },
  report_area_unknown: {
    fa: 'زمین {before}؛ مساحت پس از اصلاحی معلوم نیست',
    en: 'Land {before}; the area after widening is not known',
  },
  report_book: {
    fa: 'ضابطه: {book}، روز {day}، نسخهٔ سامانه {engine}',
    en: 'Rule-book {book}, day {day}, engine {engine}',
  },
  report_caption: {
    fa: 'یک یافته را انتخاب کنید تا روی نقشه دیده شود',
    en: 'Choose a finding to see it on the map',
  },
  column_rule: {
    fa: 'ضابطه',
    en: 'Rule',
  },
  column_measured: {
    fa: 'اندازه',
    en: 'Measured',
  },
  column_limit: {
    fa: 'حد',
    en: 'Limit',
  },
  column_margin: {
    fa: 'فاصله تا حد',
    en: 'Margin',
  },
  column_verdict: {
    fa: 'نتیجه',
    en: 'Verdict',
  },
  column_clause: {
    fa: 'بند',
    en: 'Clause',
  },
  rest_folded: {
    fa: '{n} مورد دیگر: مطابق ضابطه، یا مشمول نیست',
    en: '{n} others: complying or not applicable',
  },
  subject_edge: {
    fa: 'ضلع {n}',
    en: 'edge {n}',
  },
  subject_zone: {
    fa: 'پهنهٔ {code}',
    en: 'zone {code}',
  },
  subject_overlay: {
    fa: 'محدودهٔ {key}',
    en: 'area {key}',
  },
  finding_no_evidence: {
    fa: 'این یافته شکلی روی نقشه ندارد.',
    en: 'This finding has no shape on the map.',
  },
  at_most: {
    fa: 'حداکثر {limit}',
    en: 'at most {limit}',
  },
  at_least: {
    fa: 'حداقل {limit}',
    en: 'at least {limit}',
  },
  keys_rows: {
    fa: 'j و k: ردیف بعد و قبل · Enter: دیدن روی نقشه · Esc: پاک کردن شواهد',
    en: 'j and k: next and previous row · Enter: see it on the map · Esc: clear the evidence',
  },
  file_request: {
    fa: 'ثبت درخواست پروانه',
    en: 'File the permit request',
  },
  confirm_title: {
    fa: 'این درخواست ثبت شود؟',
    en: 'File this request?',
  },
  confirm_proposal: {
    fa: 'طرح',
    en: 'Proposal',
  },
  confirm_storeys: {
    fa: '{storeys}، {units}؛ کاربری: {uses}',
    en: '{storeys}, {units}; use: {uses}',
  },
  confirm_verdict: {
    fa: 'نتیجهٔ سنجش',
    en: 'Judged',
  },
  confirm_undecided: {
    fa: 'هنوز همه چیز روشن نیست؛ می‌توانید ثبت کنید، اما تا آنچه نامشخص است پاسخ نگیرد، نتیجه قطعی نیست.',
    en: 'Not everything is known yet; you may file, but nothing is settled until what is undecided has an answer.',
  },
  confirm_sent: {
    fa: 'طرح برای شهرداری فرستاده و با ضابطهٔ روز ثبت سنجیده می‌شود، و شما کد رهگیری می‌گیرید. پس از ثبت، طرح این پرونده تغییر نمی‌کند.',
    en: 'The proposal goes to the municipality and is judged by the rules of the day of filing; you get a tracking code. Once filed, the proposal of the case does not change.',
  },
  confirm_act: {
    fa: 'ثبت شود',
    en: 'File it',
  },
  confirm_busy: {
    fa: 'در حال ثبت…',
    en: 'Filing…',
  },
  confirm_leave: {
    fa: 'بازگشت به طرح',
    en: 'Back to the proposal',
  },
  file_needs_login: {
    fa: 'برای ثبت درخواست وارد شوید؛ طرح شما همین‌جا می‌ماند.',
    en: 'Log in to file the request; your proposal stays here.',
  },
  file_done: {
    fa: 'درخواست ثبت شد. کد رهگیری:',
    en: 'The request was filed. Tracking code:',
  },
  file_open: {
    fa: 'دیدن پرونده',
    en: 'Open the case',
  },
  file_violates: {
    fa: 'این طرح مغایر ضابطه است؛ می‌توانید ثبت کنید، اما به همین صورت رد خواهد شد یا باید اصلاح شود.',
    en: 'This proposal violates a rule; you may file it, but as it stands it will be refused or must be changed.',
  },
} satisfies Record<string, TwoLanguages>
