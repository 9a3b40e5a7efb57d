"""What a rule asks of divided land: of the pieces together, of each piece, of each street between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Literal, cast

from shapely.geometry.base import BaseGeometry

from gis.alignment import SNAP
from gis.facts import Facts
from gis.found import Found
from gis.measures.land import lot_area
from gis.measures.new_street import NewStreet
from gis.measures.pieces import Partition, largest_parts, street_contact
from gis.measuring.measuring import Measuring
from gis.missing import Missing
from gis.overlay import union_all
from gis.precision import at_least, at_most
from gis.rule import Rule
from gis.words import Words, amount

_SHOWN: Final = 50
"""The most parts of a gap that are shown, the largest first; the value is of all."""


def _item(rule: Rule) -> object:
    return rule.about.item if rule.about is not None else None


def _partition(part: Literal["gap", "overlap", "outside"]) -> Measuring:
    def shape_of(rule: Rule) -> BaseGeometry:
        return cast("BaseGeometry", getattr(cast("Partition", _item(rule)), part))

    def find(rule: Rule, facts: Facts) -> Found | Missing | Words:
        left = lot_area(facts.site)
        if isinstance(left, Missing):
            return left
        return Found(float(shape_of(rule).area))

    def excess(rule: Rule, _facts: Facts, _limit: float) -> BaseGeometry:
        return union_all(largest_parts(shape_of(rule), _SHOWN))

    return Measuring(find, excess)


def _contact(rule: Rule, facts: Facts) -> Found | Missing | Words:
    """What is certainly on streets; where more of the boundary may be, only if that is already enough."""
    item = _item(rule)
    lot = item.lot if isinstance(item, NewStreet) else facts.site.lot
    found = street_contact(lot)
    dark = any(edge.kind == "unknown" and edge.length > SNAP for edge in lot.edges if edge.evidence == "none")
    open_ = facts.site.unread("streets", "parcels") or (Missing("fact", "edge") if dark else None)
    least = rule.limit is not None and rule.provision.relation == "at_least"
    if open_ is None or (least and rule.limit and at_least(found.value, rule.limit.strict, "m")):
        return found
    return open_


def _width(rule: Rule, _facts: Facts) -> Found | Missing | Words:
    street = cast("NewStreet", _item(rule))
    if street.strip is not None:
        return Found(street.strip.width, (("witness", street.strip.narrowest),))
    widest = street.widest
    if rule.limit and rule.provision.relation == "at_least" and not at_least(widest, rule.limit.strict, "m"):
        return Found(widest)
    told = amount(widest, "m")
    return _unsure(street) or _by_eye(
        Words(f"پهن‌ترین جای آن {told.fa} است", f"it is {told.en} where it is widest")
    )


def _length(rule: Rule, _facts: Facts) -> Found | Missing | Words:
    street = cast("NewStreet", _item(rule))
    if street.strip is not None and street.strip.dead_end:
        return Found(street.strip.length, (("witness", street.strip.middle),))
    if street.strip is not None:
        return Words("هر دو سرش به گذر می‌رسد و بن‌بست نیست.", "Both its ends open onto streets.")
    reach = street.reach
    if rule.limit and rule.provision.relation == "at_most" and not at_most(reach, rule.limit.strict, "m"):
        return Found(reach)
    told = amount(reach, "m")
    return _unsure(street) or _by_eye(
        Words(
            f"دورترین گوشه‌اش {told.fa} از دهانه فاصله دارد",
            f"its farthest corner is {told.en} from its mouth",
        )
    )


def _unsure(street: NewStreet) -> Missing | None:
    """A boundary without evidence may be a mouth: then nobody can tell yet which sides the street has."""
    dark = any(edge.evidence == "none" for edge in street.lot.edges)
    return Missing("fact", "edge") if dark else None


def _by_eye(figure: Words) -> Missing:
    """A shape of which no two sides can be named: a person says, and is told what could be measured."""
    said = Words(
        f"شکل این گذر نواری ساده نیست و اندازهٔ آن را کارشناس باید بگوید؛ {figure.fa}.",
        f"This street is no plain strip, and the planning reviewer must say its measure; {figure.en}.",
    )
    return Missing("judgement", "new_street_shape", said=said)


_FINDS: Final[dict[str, Callable[[Rule, Facts], Found | Missing | Words]]] = {
    "street_contact": _contact,
    "new_street_width": _width,
    "dead_end_length": _length,
}
MEASURING: Final[Mapping[str, Measuring]] = MappingProxyType(
    {name: Measuring(find) for name, find in _FINDS.items()}
    | {f"pieces_{part}": _partition(part) for part in ("gap", "overlap", "outside")}
)
