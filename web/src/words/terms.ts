import type { TwoLanguages } from './language'

/** Words for codes that come in data: `family.code`. */
export const terms = {
  'verdict.complies': {
    fa: 'مطابق ضابطه',
    en: 'complies',
  },
  'verdict.violates': {
    fa: 'مغایر ضابطه',
    en: 'violates',
  },
  'verdict.undecided': {
    fa: 'نامشخص',
    en: 'undecided',
  },
  'verdict.not_applicable': {
    fa: 'مشمول نیست',
    en: 'not applicable',
  },
  'layer.parcels': {
    fa: 'ملک‌ها',
    en: 'Properties',
  },
  'layer.streets': {
    fa: 'گذرها',
    en: 'Streets',
  },
  'layer.zones': {
    fa: 'پهنه‌ها',
    en: 'Zones',
  },
  'layer.buildings': {
    fa: 'ساختمان‌ها',
    en: 'Buildings',
  },
  'layer.districts': {
    fa: 'ناحیه‌ها',
    en: 'Districts',
  },
  'layer.overlays': {
    fa: 'حریم‌ها و محدودیت‌ها',
    en: 'Buffers and restrictions',
  },
  'layer.addresses': {
    fa: 'نشانی‌ها',
    en: 'Addresses',
  },
  'layer.terrain': {
    fa: 'ارتفاع زمین',
    en: 'Terrain',
  },
  'layer.cases': {
    fa: 'پرونده‌ها',
    en: 'Cases',
  },
  'status.complete': {
    fa: 'کامل',
    en: 'complete',
  },
  'status.incomplete': {
    fa: 'ناکامل',
    en: 'incomplete',
  },
  'status.unknown': {
    fa: 'کامل بودن اعلام نشده',
    en: 'completeness not stated',
  },
  'status.not_loaded': {
    fa: 'وارد نشده',
    en: 'not loaded',
  },
  'overlay.flood': {
    fa: 'پهنهٔ سیل‌گیر',
    en: 'Flood area',
  },
  'overlay.easement': {
    fa: 'حق ارتفاق',
    en: 'Easement',
  },
  'overlay.heritage': {
    fa: 'حریم میراث فرهنگی',
    en: 'Heritage buffer',
  },
  'overlay.power': {
    fa: 'حریم خط برق',
    en: 'Power line buffer',
  },
  'overlay.gas': {
    fa: 'حریم گاز',
    en: 'Gas buffer',
  },
  'overlay.river': {
    fa: 'حریم رودخانه',
    en: 'River buffer',
  },
  'overlay.fault': {
    fa: 'پهنهٔ گسل',
    en: 'Fault zone',
  },
  'overlay.qanat': {
    fa: 'حریم قنات',
    en: 'Qanat buffer',
  },
  'overlay.railway': {
    fa: 'حریم راه‌آهن',
    en: 'Railway buffer',
  },
  'overlay.worn_fabric': {
    fa: 'بافت فرسوده',
    en: 'Worn-out fabric',
  },
  'edge.street': {
    fa: 'رو به گذر',
    en: 'street',
  },
  'edge.side': {
    fa: 'کنار',
    en: 'side',
  },
  'edge.rear': {
    fa: 'پشت',
    en: 'rear',
  },
  'edge.unknown': {
    fa: 'نامشخص',
    en: 'unknown',
  },
  'edge_evidence.right_of_way': {
    fa: 'از حریم مصوب گذر',
    en: 'by the approved right of way',
  },
  'edge_evidence.axis_width': {
    fa: 'از محور و عرض گذر',
    en: 'by axis and width',
  },
  'edge_evidence.gap': {
    fa: 'از فاصلهٔ میان ملک‌ها',
    en: 'by the gap between plots',
  },
  'edge_evidence.neighbour': {
    fa: 'از ملک همسایه',
    en: 'by the neighbouring plot',
  },
  'edge_evidence.officer': {
    fa: 'به نظر کارشناس',
    en: 'by an officer',
  },
  'edge_evidence.none': {
    fa: 'بدون مدرک',
    en: 'no evidence',
  },
  'orientation.northern': {
    fa: 'پلاک شمالی',
    en: 'northern plot',
  },
  'orientation.southern': {
    fa: 'پلاک جنوبی',
    en: 'southern plot',
  },
  'orientation.eastern': {
    fa: 'پلاک شرقی',
    en: 'eastern plot',
  },
  'orientation.western': {
    fa: 'پلاک غربی',
    en: 'western plot',
  },
  'use.residential': {
    fa: 'مسکونی',
    en: 'residential',
  },
  'use.commercial': {
    fa: 'تجاری',
    en: 'commercial',
  },
  'use.office': {
    fa: 'اداری',
    en: 'office',
  },
  'use.educational': {
    fa: 'آموزشی',
    en: 'educational',
  },
  'use.healthcare': {
    fa: 'درمانی',
    en: 'healthcare',
  },
  'use.industrial': {
    fa: 'صنعتی',
    en: 'industrial',
  },
  'use.parking': {
    fa: 'پارکینگ',
    en: 'parking',
  },
  'use.storage': {
    fa: 'انباری',
    en: 'storage',
  },
  'use.green': {
    fa: 'فضای سبز',
    en: 'green space',
  },
  'use.cultural': {
    fa: 'فرهنگی',
    en: 'cultural',
  },
  'use.religious': {
    fa: 'مذهبی',
    en: 'religious',
  },
  'use.sport': {
    fa: 'ورزشی',
    en: 'sport',
  },
  'use.hospitality': {
    fa: 'پذیرایی و اقامتی',
    en: 'hospitality',
  },
  'use.workshop': {
    fa: 'کارگاهی',
    en: 'workshop',
  },
  'use.services': {
    fa: 'راه‌پله و تأسیسات',
    en: 'stairs and plant rooms',
  },
  'kind.floor': {
    fa: 'طبقه',
    en: 'floor',
  },
  'kind.basement': {
    fa: 'زیرزمین',
    en: 'basement',
  },
  'kind.pilotis': {
    fa: 'پیلوت',
    en: 'pilotis',
  },
  'kind.stair_head': {
    fa: 'سرپله',
    en: 'stair head',
  },
  'node.land': {
    fa: 'عرصه',
    en: 'land',
  },
  'node.building': {
    fa: 'ساختمان',
    en: 'building',
  },
  'node.apartment': {
    fa: 'آپارتمان',
    en: 'apartment',
  },
  'node.trade_unit': {
    fa: 'واحد صنفی',
    en: 'trade unit',
  },
  'lineage.subdivision': {
    fa: 'تفکیک',
    en: 'subdivision',
  },
  'lineage.merge': {
    fa: 'تجمیع',
    en: 'merge',
  },
  'lineage.change': {
    fa: 'تغییر',
    en: 'change',
  },
  'role.citizen': {
    fa: 'شهروند',
    en: 'citizen',
  },
  'role.surveyor': {
    fa: 'نقشه‌بردار',
    en: 'surveyor',
  },
  'role.reviewer': {
    fa: 'کارشناس بررسی',
    en: 'reviewer',
  },
  'role.planner': {
    fa: 'برنامه‌ریز',
    en: 'planner',
  },
  'role.administrator': {
    fa: 'راهبر سامانه',
    en: 'administrator',
  },
  'state.filed': {
    fa: 'ثبت شده',
    en: 'filed',
  },
  'state.judged': {
    fa: 'ضوابط کنترل شده',
    en: 'judged',
  },
  'state.closed': {
    fa: 'بسته شده',
    en: 'closed',
  },
  'service.building_permit': {
    fa: 'پروانهٔ ساختمانی',
    en: 'building permit',
  },
  'event.file': {
    fa: 'ثبت درخواست',
    en: 'request filed',
  },
  'event.judge': {
    fa: 'سنجش با ضابطه',
    en: 'judged by the rules',
  },
  'event.close': {
    fa: 'بستن پرونده',
    en: 'case closed',
  },
} satisfies Record<string, TwoLanguages>
