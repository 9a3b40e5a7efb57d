"""What the law may measure: each measure has one unit, one subject and one pure function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from gis.words import Words

Subject = Literal["lot", "building", "edge", "storey"]


@dataclass(frozen=True)
class Measure:
    """`unit`: m, m2, 1 (a ratio), storeys, use. `subject`: what one finding of this measure is about.

    `related`: a ratio to the land, so that a provision must say which land (`base`).
    `ordered`: may stand in band tables, conditions and expressions.
    """

    name: str
    unit: str
    subject: Subject
    title: Words
    related: bool = False
    ordered: bool = True


_ALL: Final = (
    Measure("lot_area", "m2", "lot", Words("مساحت زمین پس از اصلاحی", "lot area after widening")),
    Measure("lot_area_before", "m2", "lot", Words("مساحت زمین پیش از اصلاحی", "lot area before widening")),
    Measure("frontage", "m", "lot", Words("طول بر زمین", "frontage")),
    Measure("depth", "m", "lot", Words("عمق زمین", "depth of the lot")),
    Measure("street_width", "m", "lot", Words("عرض گذر", "street width")),
    Measure("coverage", "1", "building", Words("سطح اشغال", "coverage"), related=True, ordered=False),
    Measure("density", "1", "building", Words("تراکم", "density"), related=True, ordered=False),
    Measure("height", "m", "building", Words("ارتفاع ساختمان", "building height")),
    Measure("storeys", "storeys", "building", Words("تعداد طبقات", "number of storeys")),
    Measure("setback", "m", "edge", Words("عقب‌نشینی", "setback"), ordered=False),
    Measure("use", "use", "storey", Words("کاربری", "use"), ordered=False),
)

MEASURES: Final[Mapping[str, Measure]] = MappingProxyType({measure.name: measure for measure in _ALL})
