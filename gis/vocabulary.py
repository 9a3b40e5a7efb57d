"""How people call what the law names: uses, edges, facts, layers, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from gis.measures import MEASURES
from gis.words import Words, either, figure

USE_WORDS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "residential": Words("مسکونی", "residential"),
        "commercial": Words("تجاری", "commercial"),
        "office": Words("اداری", "office"),
        "educational": Words("آموزشی", "educational"),
        "healthcare": Words("درمانی", "healthcare"),
        "cultural": Words("فرهنگی", "cultural"),
        "religious": Words("مذهبی", "religious"),
        "sport": Words("ورزشی", "sport"),
        "hospitality": Words("پذیرایی و اقامتی", "hospitality"),
        "industrial": Words("صنعتی", "industrial"),
        "workshop": Words("کارگاهی", "workshop"),
        "parking": Words("پارکینگ", "parking"),
        "storage": Words("انباری", "storage"),
        "services": Words("راه‌پله و تأسیسات", "stairs and plant"),
        "green": Words("فضای سبز", "green space"),
    }
)

KIND_WORDS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "floor": Words("طبقه", "floor"),
        "basement": Words("زیرزمین", "basement"),
        "pilotis": Words("پیلوت", "pilotis"),
        "stair_head": Words("سرپله", "stair head"),
    }
)

PIECE_WORDS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "lot_area": Words("مساحت", "area"),
        "lot_area_before": Words("مساحت", "area"),
        "frontage": Words("طول بر", "frontage"),
        "depth": Words("عمق", "depth"),
        "depth_to_frontage": Words("نسبت عمق به بر", "depth over frontage"),
        "new_street_width": Words("عرض", "width"),
        "dead_end_length": Words("طول", "length"),
    }
)
"""How people call what is measured of a piece or of a new street."""

EDGE_WORDS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "street": Words("بر گذر", "the street line"),
        "main_street": Words("بر گذر اصلی", "the main street line"),
        "other_street": Words("بر گذر فرعی", "the other street line"),
        "side": Words("مرز کناری", "the side boundary"),
        "rear": Words("مرز پشتی", "the rear boundary"),
        "unknown": Words("مرز نامشخص", "a boundary of unknown kind"),
    }
)

_NAMES: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "street_width": Words("عرض گذر", "the width of the street"),
        "widening": Words("مقدار اصلاحی (تعریض) زمین", "how much the street widening takes"),
        "land_after_widening": Words("زمینی که پس از اصلاحی بماند", "land left after the widening"),
        "frontage": Words("طول بر زمین", "the frontage"),
        "depth": Words("عمق زمین", "the depth of the lot"),
        "orientation": Words(
            "شمالی یا جنوبی بودن زمین", "whether the plot lies north or south of its street"
        ),
        "main_street": Words("گذر اصلی زمین", "which street is the main one"),
        "street_land": Words(
            "سندی که نشان دهد این قطعه، که در نقشه خود گذر است، زمین ساختمانی است",
            "a record that this parcel, itself street on the map, is land to build on",
        ),
        "street_class": Words("ردهٔ گذر", "the class of the street"),
        "edge": Words(
            "نوع یکی از مرزها (بر گذر، کناری یا پشتی)", "whether a boundary is street, side or rear"
        ),
        "proposal": Words("طرح پیشنهادی", "the proposal"),
        "projections": Words("پیش‌آمدگی‌های طرح", "the projections of the proposal"),
        "corner": Words("گوشهٔ دو گذر", "the corner of two streets"),
        "underside": Words(
            "ارتفاع زیر پیش‌آمدگی از کف پیاده‌رو", "the height of the projection's underside above the pavement"
        ),
        "projection_place": Words("جای پیش‌آمدگی", "the place of the projection"),
        "countable_area": Words(
            "جدول مساحت‌ها برای زیربنای قابل محاسبه", "an area table for the countable floor area"
        ),
        "zone": Words("ساختمان در این پهنه", "building in this zone"),
        "piece": Words("تفکیک زمین به قطعه‌ها", "dividing land into pieces"),
        "subdivision": Words("تفکیک زمین", "dividing land"),
        "new_street": Words("گذری که تفکیک می‌سازد", "a street made by the division"),
        "new_street_shape": Words("اندازهٔ گذر تازه", "the measure of the new street"),
        "new_street_access": Words(
            "راه گذر تازه به گذرهای شهر", "whether the new street reaches a street of the city"
        ),
        "overlapping_zones": Words(
            "زمینی که دو پهنه روی هم دارد", "land on which two zones are drawn over each other"
        ),
        "split_lot": Words("زمینی که در چند پهنه است", "a lot in several zones"),
        "light_wells": Words("نورگیرهای طرح", "the light wells of the proposal"),
        "windows": Words("پنجره‌های طرح", "the windows of the proposal"),
        "parking_spaces": Words("جای پارک‌های طرح", "the parking spaces of the proposal"),
        "gates": Words("درهای خودرو در طرح", "the vehicle gates of the proposal"),
        "light_well_outline": Words(
            "نورگیری با خط ساده‌تر، که پهنایش را بتوان اندازه گرفت",
            "a light well drawn with a simpler outline, whose width can be measured",
        ),
        "manoeuvre_street": Words(
            "جای پارکی که خودرو از آن دنده‌عقب به گذر می‌رود",
            "a parking space from which cars back out on the street",
        ),
        "parking_space_outline": Words(
            "جای پارکی با خط ساده‌تر، که بتوان اندازه گرفت",
            "a parking space drawn with a simpler outline, which can be measured",
        ),
        "light_well_serves": Words(
            "این که این فضا به کدام اتاق‌ها نور می‌دهد", "which rooms this space gives light to"
        ),
        "parking_count": Words(
            "شمار جای پارک‌ها، که گفته و کشیده یکی باشند", "one number of parking spaces, said and drawn"
        ),
        "unit_areas": Words("مساحت هر واحد", "the area of each unit"),
        "window_wall": Words(
            "دیواری بیرونی که این پنجره روی آن باشد", "an outer wall on which the window lies"
        ),
        "window_unit": Words("واحدی که پنجره از آن است", "which dwelling a window belongs to"),
        "window_sill": Words(
            "ارتفاع لبهٔ زیرین پنجره از کف", "how high the sill of the window is above the floor"
        ),
        "expression": Words("حاصل فرمول ضابطه", "the result of the provision's formula"),
        "zones": Words("پهنه‌بندی", "zones"),
        "streets": Words("گذرها", "streets"),
        "parcels": Words("قطعه‌های زمین", "parcels"),
        "buildings": Words("ساختمان‌ها", "buildings"),
        "encroaching_buildings": Words("ساختمان همسایه روی این زمین", "a neighbour's building on this lot"),
        "mass_end": Words(
            "این‌که ساختمان به‌پیروی از ردیف خود در کدام سر زمین می‌ایستد",
            "at which end of the lot the building stands, as its row does",
        ),
        "neighbour_consent": Words("رضایت‌نامهٔ محضری همسایه", "the neighbour's notarised consent"),
        "neighbour_building": Words(
            "این‌که ساختمان همسایه تا این عمق پیش آمده است",
            "whether the neighbour's building reaches to this depth",
        ),
        "clear_height": Words("ارتفاع مفید طبقه", "the clear height of the storey"),
        "front_setback": Words(
            "فاصلهٔ ساختمان از بر گذر اصلی", "how far the building stands from the main street line"
        ),
        "kept_buildings": Words("ساختمانی که می‌ماند، در کنار طرح", "what stays, beside the proposal"),
        "existing_buildings": Words(
            "تخریب یا ماندن ساختمان موجود", "whether what stands is demolished or kept"
        ),
        "overlays": Words("حریم‌ها و محدودیت‌ها", "overlays"),
        "heritage": Words("حریم میراث فرهنگی", "the buffer of a monument"),
        "flood": Words("مسیل و بستر سیلاب", "the flood way"),
        "easement": Words("حریم تأسیسات شهری", "the buffer of a line of supply"),
        "power": Words("حریم خط برق", "the buffer of a power line"),
        "gas": Words("حریم خط گاز", "the buffer of a gas main"),
        "river": Words("حریم رودخانه", "the buffer of a river"),
        "airport": Words("حریم فرودگاه", "the buffer of an airport"),
        "railway": Words("حریم راه‌آهن", "the buffer of a railway"),
        "road": Words("حریم راه", "the buffer of a road"),
        "well": Words("حریم چاه یا قنات", "the buffer of a well or qanat"),
        "fault": Words("پهنهٔ گسل", "the zone of a fault"),
        "voltage_kv": Words("ولتاژ خط برق", "the voltage of the line"),
        "half_width_m": Words("نیم‌پهنای خط یا راه", "half the width of the line or road"),
        "road_class": Words("درجهٔ راه", "the class of the road"),
        "max_height_m": Words("بیشینهٔ ارتفاع در پروندهٔ اثر", "the greatest height in the monument's file"),
        "clearance_m": Words("فاصلهٔ ایمن خط", "the safe distance of the line"),
        "outline": Words("محدودهٔ آن بر نقشه", "its outline on the map"),
        "terrain": Words("پستی‌وبلندی زمین", "the terrain"),
        "ground": Words("رقوم ارتفاعی زمین", "the elevations of the land"),
        "coarse_ground": Words(
            "رقوم ارتفاعی زمین، ریزتر از نقشهٔ شهر", "elevations of the land finer than the city's map has"
        ),
        "special_plan": Words(
            "زمینی که بخشی از آن در طرح ویژه است", "land of which a part lies in a special plan"
        ),
        "setback.street": Words("فاصله از بر گذر", "distance from the street line"),
        "setback.side": Words("فاصله از مرز کناری", "distance from the side boundary"),
        "setback.rear": Words("فاصله از مرز پشتی", "distance from the rear boundary"),
    }
)


_OBJECTS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "power": Words("خط برق", "the power line"),
        "power_cable": Words("کابل زیرزمینی برق", "the underground power cable"),
        "power_1347": Words("خط برق با حریم تصویب‌نامهٔ ۱۳۴۷", "the power line under the decree of 1347"),
        "gas": Words("خط گاز", "the gas main"),
        "gas_transmission": Words("خط انتقال گاز", "the gas transmission line"),
        "railway": Words("راه‌آهن", "the railway"),
        "road": Words("راه", "the road"),
        "river": Words("رودخانه", "the river"),
        "water_main": Words("شاه‌لولهٔ آب", "the water main"),
        "well": Words("چاه آب", "the well"),
        "qanat": Words("میلهٔ قنات", "the shaft of the qanat"),
        "flood": Words("مسیل", "the flood way"),
        "heritage": Words("حریم اثر تاریخی", "the buffer of the monument"),
        "heritage_core": Words("عرصهٔ اثر تاریخی", "the core of the monument"),
        "fault": Words("پهنهٔ گسل", "the fault zone"),
        "airport": Words("سطح‌های حریم فرودگاه", "the surfaces of the airport"),
        "security": Words("حریم تأسیسات حساس", "the buffer of the guarded site"),
        "urban_boundary": Words("محدودهٔ شهر", "the urban boundary"),
        "special_plan": Words("طرح ویژه", "the special plan"),
    }
)


def kind_words(kind: str) -> Words:
    """An object of the map by its kind; a kind without words stands for itself.

    >>> kind_words("power").en, kind_words("pipeline").fa
    ('the power line', 'pipeline')
    """
    return _OBJECTS.get(kind) or _NAMES.get(kind) or Words(kind, kind)


def name_of(key: str) -> Words:
    """The name of a fact, layer, measure or need; a key without one stands for itself.

    >>> name_of("street_width").en, name_of("density").fa, name_of("P-7").en
    ('the width of the street', 'تراکم', 'P-7')
    """
    measure = MEASURES.get(key)
    return _NAMES.get(key) or (measure.title if measure else Words(key, key))


def storey_words(level: int) -> Words:
    """A storey by its level as people call it.

    >>> storey_words(0).fa, storey_words(-1).en, storey_words(2).en
    ('طبقهٔ همکف', 'basement level 1', 'storey 2')
    """
    if level == 0:
        return Words("طبقهٔ همکف", "the ground floor")
    number = figure(abs(level), 0)
    if level < 0:
        return Words(f"زیرزمین {number.fa}", f"basement level {number.en}")
    return Words(f"طبقهٔ {number.fa}", f"storey {number.en}")


def level_words(level: int) -> Words:
    """A storey as the place of something.

    >>> level_words(0).fa, level_words(-1).en, level_words(2).en
    ('طبقهٔ همکف', 'on basement level 1', 'on storey 2')
    """
    storey = storey_words(level)
    return Words(storey.fa, f"on {storey.en}")


def storeys_words(uses: Sequence[str], kinds: Sequence[str]) -> Words:
    """The storeys of some uses and kinds, as the law speaks of them; every storey where neither is named.

    >>> storeys_words(["residential", "office"], ["floor", "basement"]).en
    'a storey for residential or office use'
    >>> storeys_words(["parking"], ["pilotis"]).fa, storeys_words([], ["basement", "pilotis"]).en
    ('پیلوت با کاربری پارکینگ', 'a basement or pilotis')
    >>> storeys_words([], []).en
    'a storey'
    """
    any_floor = not kinds or set(kinds) == {"floor", "basement"}
    sorts = Words("طبقه", "storey") if any_floor else either([KIND_WORDS[kind] for kind in kinds])
    if not uses:
        return Words("هر طبقه" if any_floor else sorts.fa, f"a {sorts.en}")
    use = either([USE_WORDS[use] for use in uses])
    fa = f"طبقهٔ {use.fa}" if any_floor else f"{sorts.fa} با کاربری {use.fa}"
    return Words(fa, f"a {sorts.en} for {use.en} use")
