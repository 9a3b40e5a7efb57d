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
    fa: 'گوشه‌ها',
    en: 'Corners',
  },
  survey_corners_caption: {
    fa: 'گوشه‌های زمین؛ طول و آزیموت از هر گوشه به گوشهٔ بعد',
    en: 'Corners of the plot; length and azimuth run from each corner to the next',
  },
  survey_number: {
    fa: 'شماره',
    en: 'No.',
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
    fa: 'طول ضلع',
    en: 'Edge',
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
    fa: 'ضلع‌ها و گذرها',
    en: 'Edges and streets',
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
