"""What the law may measure: each measure has one unit, one subject and one pure function."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, get_args

from gis.words import Words

Subject = Literal[
    "lot", "building", "edge", "storey", "overlay", "corner", "projection", "light_well", "window",
    "parking_space", "gate",
]  # fmt: skip
THINGS: Final = frozenset(get_args(Subject)) - {"lot", "building", "edge"}
"""Subjects of which a site or a proposal has any number, one finding each."""


@dataclass(frozen=True)
class Option:
    """What the law says of how a measure is taken, in `with`: a number in `unit`, one of `words`, or the name
    of an `attribute` of the objects of the map.

    `needed`: it must be said; `needed_with`: it must where the option of that name is. `below`: a number is
    less than that.
    """

    unit: str = ""
    words: tuple[str, ...] = ()
    needed: bool = True
    needed_with: str = ""
    attribute: bool = False
    below: float = math.inf


@dataclass(frozen=True)
class Measure:
    """`unit`: m, m2, deg, 1 (a ratio), storeys, spaces, units, use. `subject`: what one finding is about.

    `related`: a ratio to the land, so that a provision must say which land (`base`).
    `ordered`: may stand in band tables, conditions and expressions.
    `grows`: of all that stands on the lot, so that a building which stays can only raise it.
    `options`: what a value of law must or may say beside its limit.
    `objects`: it asks about the objects of the map that `where.overlay` names, wherever they lie.
    `only`: the one numeric relation that may be asked of it.
    `narrowed`: keys of `where` that part its things further: rooms, facing, cars, uses and kinds of storeys.
    `of`: what a provision may ask it of (`Provision.of`).
    """

    name: str
    unit: str
    subject: Subject
    title: Words
    related: bool = False
    ordered: bool = True
    grows: bool = False
    options: Mapping[str, Option] = field(default_factory=lambda: MappingProxyType({}))
    objects: bool = False
    only: str = ""
    narrowed: tuple[str, ...] = ()
    of: tuple[str, ...] = ("lot",)


def _options(**named: Option) -> Mapping[str, Option]:
    return MappingProxyType(named)


EAST_WEST: Final = ("north", "street", "rear", "row")
"""Where the mass of a lot stands whose street lies to its east or west: at the end of its depth that lies
farther north, on the street line, at the rear, or as the row does, which a person must say."""
_MASS_END: Final = {
    "extension": Option("m", needed=False),
    "cut": Option("deg", needed=False, needed_with="extension", below=90),
    "row_within": Option("deg", needed=False, below=90),
}
"""How the mass lies in its lot: metres past the depth, degrees of the cut at neighbours, and degrees about
due east within which the row decides where the mass stands."""
_AT_CORNER: Final = MappingProxyType({"flat": Option("deg"), "cut": Option("m")})
"""Interior angle from which on there is no corner; longest boundary between street lines that is a cut."""

_LAND: Final = ("lot", "piece", "subdivision")
_ALL: Final = (
    Measure("lot_area", "m2", "lot", Words("مساحت زمین پس از اصلاحی", "lot area after widening"), of=_LAND),
    Measure(
        "lot_area_before",
        "m2",
        "lot",
        Words("مساحت زمین پیش از اصلاحی", "lot area before widening"),
        of=_LAND,
    ),
    Measure("frontage", "m", "lot", Words("طول بر زمین", "frontage"), of=_LAND),
    Measure("depth", "m", "lot", Words("عمق زمین", "depth of the lot"), of=_LAND),
    Measure("depth_to_frontage", "1", "lot", Words("نسبت عمق به طول بر", "depth over frontage"), of=_LAND),
    Measure("street_width", "m", "lot", Words("عرض گذر", "street width"), of=_LAND),
    Measure(
        "street_contact",
        "m",
        "lot",
        Words("طول مرز روی گذر", "length of boundary on streets"),
        ordered=False,
        of=("lot", "piece", "new_street", "subdivision"),
    ),
    Measure("merged_parcels", "parcels", "lot", Words("تعداد قطعه‌های تجمیع‌شده", "number of merged parcels")),
    Measure(
        "pieces_gap",
        "m2",
        "lot",
        Words("زمینی که در هیچ قطعه‌ای نیست", "land in no piece"),
        ordered=False,
        of=("subdivision",),
    ),
    Measure(
        "pieces_overlap",
        "m2",
        "lot",
        Words("زمینی که در دو قطعه است", "land in two pieces"),
        ordered=False,
        of=("subdivision",),
    ),
    Measure(
        "pieces_outside",
        "m2",
        "lot",
        Words("بخشی از قطعه‌ها که بیرون از زمین است", "land of the pieces outside the lot"),
        ordered=False,
        of=("subdivision",),
    ),
    Measure(
        "new_street_width",
        "m",
        "lot",
        Words("عرض گذر تازه", "width of the new street"),
        ordered=False,
        of=("new_street",),
    ),
    Measure(
        "dead_end_length",
        "m",
        "lot",
        Words("طول بن‌بست تازه", "length of the new dead end"),
        ordered=False,
        of=("new_street",),
    ),
    Measure("slope_mean", "1", "lot", Words("شیب میانگین زمین", "mean slope of the land")),
    Measure("slope_p90", "1", "lot", Words("شیب صدک نودم زمین", "90th percentile of the slope")),
    Measure(
        "share_inside",
        "1",
        "lot",
        Words("سهم زمین در", "share of the land inside"),
        ordered=False,
        objects=True,
    ),
    Measure(
        "area_inside",
        "m2",
        "overlay",
        Words("مساحت ساختمان در", "area of the building inside"),
        ordered=False,
        options=MappingProxyType({"basements": Option(words=("in", "out"), needed=False)}),
        objects=True,
        only="at_most",
    ),
    Measure(
        "clearance",
        "m",
        "overlay",
        Words("فاصلهٔ ساختمان از", "distance of the building from"),
        ordered=False,
        options=MappingProxyType(
            {
                "counted": Option(words=("from_axis", "from_edge")),
                "half_width": Option("m", needed=False),
                "half_width_attribute": Option(needed=False, attribute=True),
                "half_width_at_most": Option("m", needed=False),
                "basements": Option(words=("in", "out"), needed=False),
            }
        ),
        objects=True,
        only="at_least",
    ),
    Measure(
        "coverage",
        "1",
        "building",
        Words("سطح اشغال", "coverage"),
        related=True,
        ordered=False,
        grows=True,
        options=_options(
            **_MASS_END,
            share=Option("1", needed=False, needed_with="extension"),
            east_west=Option(words=EAST_WEST, needed=False, needed_with="extension"),
        ),
    ),
    Measure("density", "1", "building", Words("تراکم", "density"), related=True, ordered=False, grows=True),
    Measure("height", "m", "building", Words("ارتفاع ساختمان", "building height"), grows=True),
    Measure("storeys", "storeys", "building", Words("تعداد طبقات", "number of storeys"), grows=True),
    Measure("units", "units", "building", Words("تعداد واحدها", "number of units"), grows=True),
    Measure(
        "open_space_per_unit",
        "m2",
        "building",
        Words("فضای باز هر واحد", "open space per unit"),
        ordered=False,
    ),
    Measure("front_setback", "m", "building", Words("فاصلهٔ ساختمان از بر گذر اصلی", "front setback")),
    Measure(
        "mass_depth",
        "m",
        "building",
        Words("پیش‌روی ساختمان در عمق زمین", "depth that the building takes of its lot"),
        ordered=False,
        options=_options(**_MASS_END, east_west=Option(words=EAST_WEST)),
    ),
    Measure(
        "light_plane",
        "m",
        "edge",
        Words("ارتفاع برخورد صفحهٔ نور با مرز", "height at which the plane of light meets the boundary"),
        ordered=False,
        options=_options(angle=Option("deg", below=90)),
    ),
    Measure(
        "clear_height",
        "m",
        "storey",
        Words("ارتفاع مفید", "clear height"),
        ordered=False,
        narrowed=("uses", "storey_kinds"),
    ),
    Measure("setback", "m", "edge", Words("عقب‌نشینی", "setback"), ordered=False),
    Measure(
        "projection_depth",
        "m",
        "projection",
        Words("بیرون‌زدگی", "reach beyond the street line"),
        ordered=False,
    ),
    Measure(
        "projection_clearance",
        "m",
        "projection",
        Words("ارتفاع آزاد زیر آن", "clear height"),
        ordered=False,
    ),
    Measure(
        "projection_share",
        "1",
        "projection",
        Words("سهم از طول بر", "share of the frontage"),
        ordered=False,
    ),
    Measure(
        "projection_side",
        "m",
        "projection",
        Words("فاصله از مرز همسایه", "distance from the neighbour's boundary"),
        ordered=False,
    ),
    Measure(
        "closed_projection",
        "m2",
        "projection",
        Words("سطح بستهٔ روی گذر", "closed area over the street"),
        ordered=False,
    ),
    Measure(
        "light_well_area",
        "m2",
        "light_well",
        Words("مساحت باز", "open area"),
        ordered=False,
        narrowed=("rooms",),
    ),
    Measure(
        "light_well_side",
        "m",
        "light_well",
        Words("کمترین پهنا", "least side"),
        ordered=False,
        narrowed=("rooms",),
    ),
    Measure(
        "facing_distance",
        "m",
        "window",
        Words("فاصله تا پنجرهٔ روبه‌رو", "distance to the window that faces it"),
        ordered=False,
        narrowed=("rooms", "facing"),
    ),
    Measure(
        "window_distance",
        "m",
        "window",
        Words("فاصله تا مرز همسایهٔ روبه‌رو", "distance to the neighbour's boundary before it"),
        ordered=False,
        options=MappingProxyType({"sill": Option("m", needed=False)}),
        narrowed=("rooms",),
    ),
    Measure(
        "chamfer",
        "m",
        "corner",
        Words("قاعدهٔ آزاد پخ", "free base of the chamfer"),
        ordered=False,
        options=_AT_CORNER,
    ),
    Measure(
        "chamfer_leg",
        "m",
        "corner",
        Words("ضلع آزاد پخ", "free leg of the chamfer"),
        ordered=False,
        options=_AT_CORNER,
    ),
    Measure("corner_angle", "deg", "corner", Words("زاویهٔ گوشه", "angle of the corner"), options=_AT_CORNER),
    Measure(
        "corner_wider_street",
        "m",
        "corner",
        Words("عرض گذر پهن‌تر گوشه", "width of the wider street at the corner"),
        options=_AT_CORNER,
    ),
    Measure(
        "corner_narrower_street",
        "m",
        "corner",
        Words("عرض گذر باریک‌تر گوشه", "width of the narrower street at the corner"),
        options=_AT_CORNER,
    ),
    Measure("gate_width", "m", "gate", Words("پهنا", "width"), ordered=False),
    Measure("gate_in_chamfer", "m", "gate", Words("طول بخش درون پخ", "length in the chamfer"), ordered=False),
    Measure(
        "parking",
        "spaces",
        "building",
        Words("تعداد جای پارک", "number of parking spaces"),
        ordered=False,
        grows=True,
    ),
    Measure(
        "parking_space_width",
        "m",
        "parking_space",
        Words("پهنا در طول لازم", "width over the length asked for"),
        ordered=False,
        options=MappingProxyType({"length": Option("m")}),
        narrowed=("cars",),
    ),
    Measure(
        "parking_space_length",
        "m",
        "parking_space",
        Words("طول در پهنای لازم", "length over the width asked for"),
        ordered=False,
        options=MappingProxyType({"width": Option("m")}),
        narrowed=("cars",),
    ),
    Measure(
        "parking_manoeuvre",
        "m",
        "parking_space",
        Words("فضای آزاد پشت آن", "free floor before it"),
        ordered=False,
        narrowed=("cars",),
    ),
    Measure("use", "use", "storey", Words("کاربری", "use"), ordered=False),
)

MEASURES: Final[Mapping[str, Measure]] = MappingProxyType({measure.name: measure for measure in _ALL})
