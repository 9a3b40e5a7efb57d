"""The things that a rule asks about one by one: what is drawn in the proposal, what lies around the lot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from gis.at_corners import corners_here
from gis.facts import NO_PROPOSAL, Facts
from gis.measures import MEASURES
from gis.measures.light_wells import windows_on
from gis.missing import DESIGNER, Missing
from gis.objects import objects_of
from gis.proposal import Elements, LightWell, ParkingSpace, Window
from gis.rule import Rule
from gis.rulebook.provision import Where
from gis.standing_out import standing_out
from gis.subject import Asked, Subject, SubjectKind, Things
from gis.vocabulary import storey_words
from gis.words import Words, figure

_ELEMENTS: Final[Mapping[str, tuple[SubjectKind, str, Words, Words]]] = MappingProxyType(
    {
        "projection": (
            "projection",
            "projections",
            Words("پیش‌آمدگی", "projection"),
            Words("طرح پیش‌آمدگی ندارد.", "The proposal has no projection."),
        ),
        "light_well": (
            "light_well",
            "light_wells",
            Words("نورگیر", "light well"),
            Words("طرح نورگیر ندارد.", "The proposal has no light well."),
        ),
        "window": (
            "window",
            "windows",
            Words("پنجرهٔ", "window"),
            Words("طرح پنجره ندارد.", "The proposal has no window."),
        ),
        "parking_space": (
            "parking_space",
            "parking_spaces",
            Words("جای پارک", "parking space"),
            Words("طرح جای پارک ندارد.", "The proposal has no parking space."),
        ),
        "gate": (
            "gate",
            "gates",
            Words("درِ خودرو", "vehicle gate"),
            Words("طرح درِ خودرو ندارد.", "The proposal has no vehicle gate."),
        ),
    }
)


DRAWN: Final = frozenset(_ELEMENTS)
"""Sorts of things that are drawn in a proposal."""
_NO_SUCH: Final = {"light_well": "چنین نورگیری", "window": "چنین پنجره‌ای", "parking_space": "چنین جای پارکی"}


def things_of(rule: Rule, facts: Facts) -> Things | Missing | Words:
    """The things that a rule asks about; why there are none; or what must be said before anybody knows.

    Things of a kind that a proposal neither draws nor denies are not taken for absent.
    """
    kind = MEASURES[rule.provision.measure].subject
    if kind not in _ELEMENTS:
        return _OTHERS[kind](rule, facts)
    found = _drawn(kind, rule, facts)
    place = _PLACED.get(kind)
    return place(rule, facts, found) if place and isinstance(found, tuple) else found


def _drawn(sort: str, rule: Rule, facts: Facts) -> Things | Missing | Words:
    kind, name, words, none = _ELEMENTS[sort]
    if facts.proposal is None:
        return NO_PROPOSAL
    items = getattr(facts.proposal.elements, name)
    if items is None:
        return Missing("fact", name, DESIGNER)
    if not items:
        return none
    asked = tuple(
        Asked(Subject(kind, str(n), Words(f"{words.fa} {figure(n).fa}", f"{words.en} {n}"), item))
        for n, item in enumerate(items, 1)
        if _is_of(item, rule.provision.where, facts.proposal.elements)
    )
    return asked or Words(f"طرح {_NO_SUCH[sort]} ندارد.", f"The proposal has no such {words.en}.")


def _is_of(item: object, where: Where, elements: Elements) -> bool:
    """Whether an element is of the sort that a provision asks about."""
    if where.rooms and not set(where.rooms) & _rooms_of(item, elements):
        return False
    return not where.cars or (isinstance(item, ParkingSpace) and item.cars in where.cars)


def _rooms_of(item: object, elements: Elements) -> set[str]:
    """The sorts of rooms behind a window, or that a light well serves: by its word, and by the windows drawn
    on it."""
    if isinstance(item, Window):
        return {item.room}
    if not isinstance(item, LightWell):
        return set()
    return {item.serves} | {window.room for window in windows_on(item, elements.windows or ())}


def _storeys(rule: Rule, facts: Facts) -> Things | Missing | Words:
    """The storeys of the uses and kinds that a rule asks about; masses of one level by their number."""
    if facts.proposal is None:
        return NO_PROPOSAL
    where, found = rule.provision.where, facts.proposal.storeys
    levels = [storey.level for storey in found]
    asked: list[Asked] = []
    for at, storey in enumerate(found):
        if (where.uses and storey.use not in where.uses) or (
            where.storey_kinds and storey.kind not in where.storey_kinds
        ):
            continue
        words, ref = storey_words(storey.level), str(storey.level)
        if levels.count(storey.level) > 1:
            number = figure(levels[: at + 1].count(storey.level), 0)
            words = Words(f"بخش {number.fa} {words.fa}", f"mass {number.en} of {words.en}")
            ref = f"{ref}.{number.en}"
        asked.append(Asked(Subject("storey", ref, words, storey)))
    return tuple(asked) or Words("طرح چنین طبقه‌ای ندارد.", "The proposal has no such storey.")


_PLACED: Final[Mapping[str, Callable[[Rule, Facts, Things], Things | Missing | Words]]] = MappingProxyType(
    {"projection": standing_out}
)
"""Where drawn things stand, for the kinds whose place on the lot tells what the law asks of them."""
_OTHERS: Final[Mapping[str, Callable[[Rule, Facts], Things | Missing | Words]]] = MappingProxyType(
    {"storey": _storeys, "corner": corners_here, "overlay": objects_of}
)
