import type { TwoLanguages } from './language'

export const survey = {
  survey_frame: {
    fa: 'شبکهٔ مختصات شهر',
    en: 'City frame',
  },
  survey_measured: {
    fa: 'مساحت از مختصات',
    en: 'Area from the coordinates',
  },
  survey_registered: {
    fa: 'مساحت ثبتی',
    en: 'Registered area',
  },
  survey_difference: {
    fa: 'تفاوت',
    en: 'Difference',
  },
  survey_perimeter: {
    fa: 'محیط',
    en: 'Perimeter',
  },
  survey_corners: {
    fa: 'گوشه‌ها: مرز ثبتی زمین',
    en: 'Corners: the boundary on record',
  },
  survey_corners_caption: {
    fa: 'زمین چنان که ثبت شده است، پیش از تعریض. طول و آزیموت از هر گوشه به گوشهٔ بعد است.',
    en: 'The plot as recorded, before widening. Length and azimuth run from each corner to the next.',
  },
  survey_number: {
    fa: 'گوشه',
    en: 'Corner',
  },
  survey_easting: {
    fa: 'شرقی E',
    en: 'Easting E',
  },
  survey_northing: {
    fa: 'شمالی N',
    en: 'Northing N',
  },
  survey_length: {
    fa: 'طول',
    en: 'Length',
  },
  survey_azimuth: {
    fa: 'آزیموت',
    en: 'Azimuth',
  },
  survey_copy: {
    fa: 'رونوشت جدول',
    en: 'Copy the table',
  },
  survey_download: {
    fa: 'گرفتن CSV',
    en: 'Download CSV',
  },
  survey_edges: {
    fa: 'ضلع‌ها: مرز پس از تعریض گذر',
    en: 'Edges: the line after street widening',
  },
  survey_edge: {
    fa: 'ضلع',
    en: 'Edge',
  },
  survey_edges_moved: {
    fa: 'زمینی که پس از تعریض می‌ماند: {after}. شمارهٔ ضلع‌ها در ضابطه و گزارش همین است.',
    en: 'The plot that remains after widening: {after}. Rules and reports use these edge numbers.',
  },
  survey_edges_same: {
    fa: 'تعریض از این زمین چیزی نمی‌گیرد؛ این ضلع‌ها روی همان مرز ثبتی‌اند. شمارهٔ ضلع‌ها در ضابطه و گزارش همین است.',
    en: 'Widening takes nothing here; these edges lie on the boundary on record. Rules and reports use these edge numbers.',
  },
  survey_edges_unsure: {
    fa: 'عرض مصوب گذر در دست نیست؛ این ضلع‌ها هنوز روی مرز ثبتی‌اند و شاید با تعریض عقب بروند.',
    en: 'The approved width of the street is not on record; these edges lie on the boundary on record and may move back.',
  },
  survey_edge_kind: {
    fa: 'نوع',
    en: 'Kind',
  },
  survey_edge_street: {
    fa: 'گذر و عرض (موجود / مصوب)',
    en: 'Street and width (existing / planned)',
  },
  survey_cursor: {
    fa: 'مختصات زیر نشانگر',
    en: 'Coordinates under the cursor',
  },
  survey_no_frame: {
    fa: 'شبکهٔ این شهر (EPSG:{srid}) در مرورگر محاسبه نمی‌شود؛ جدول گوشه‌ها از سامانه می‌آید و درست است.',
    en: 'The frame of this city (EPSG:{srid}) is not computed in the browser; the corner table comes from the service.',
  },
} satisfies Record<string, TwoLanguages>
