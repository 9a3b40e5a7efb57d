import type { TwoLanguages } from './language'

export const cases = {
  requests: {
    fa: 'درخواست‌ها',
    en: 'Requests',
  },
  my_requests: {
    fa: 'درخواست‌های من',
    en: 'My requests',
  },
  requests_empty: {
    fa: 'هنوز درخواستی نیست. درخواست از صفحهٔ یک ملک و با کشیدن طرح آغاز می‌شود.',
    en: 'There are no requests yet. A request starts on the page of a property, with a proposal.',
  },
  requests_empty_state: {
    fa: 'درخواستی در این وضعیت نیست.',
    en: 'No request is in this state.',
  },
  requests_login: {
    fa: 'برای دیدن درخواست‌ها وارد شوید.',
    en: 'Log in to see requests.',
  },
  state_filter: {
    fa: 'وضعیت',
    en: 'State',
  },
  state_all: {
    fa: 'همه',
    en: 'All',
  },
  more_requests: {
    fa: 'درخواست‌های بیشتر',
    en: 'More requests',
  },
  filed_on: {
    fa: 'ثبت در {day}',
    en: 'filed on {day}',
  },
  case_beside: {
    fa: 'پرونده‌های دیگر',
    en: 'Other cases',
  },
  case_next: {
    fa: 'پروندهٔ بعد',
    en: 'Next case',
  },
  case_before: {
    fa: 'پروندهٔ قبل',
    en: 'Previous case',
  },
  case_service: {
    fa: 'درخواست',
    en: 'Request',
  },
  case_applicant: {
    fa: 'متقاضی',
    en: 'Applicant',
  },
  case_proposal: {
    fa: 'طرح ثبت‌شده',
    en: 'The filed proposal',
  },
  case_strip_ceded: {
    fa: 'نوار تعریض رایگان واگذار می‌شود',
    en: 'the widening strip is ceded free of charge',
  },
  case_strip_kept: {
    fa: 'نوار تعریض رایگان واگذار نمی‌شود',
    en: 'the widening strip is not ceded free of charge',
  },
  case_title: {
    fa: 'پروندهٔ',
    en: 'Case',
  },
  case_state: {
    fa: 'وضعیت',
    en: 'State',
  },
  case_events: {
    fa: 'رویدادهای پرونده',
    en: 'Events of the case',
  },
  case_moves: {
    fa: 'گام بعد',
    en: 'Next step',
  },
  move_reason: {
    fa: 'دلیل (در پرونده می‌ماند)',
    en: 'Reason (stays in the case)',
  },
  case_no_moves: {
    fa: 'اکنون گامی برای شما در این پرونده نیست.',
    en: 'There is no step for you in this case now.',
  },
  case_no_report: {
    fa: 'هنوز گزارشی برای این پرونده نیست.',
    en: 'There is no report for this case yet.',
  },
  event_by: {
    fa: '{who}، {when}',
    en: '{who}, {when}',
  },
  by_system: {
    fa: 'سامانه',
    en: 'the system',
  },
} satisfies Record<string, TwoLanguages>
