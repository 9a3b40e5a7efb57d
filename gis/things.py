"""The things that a rule asks about one by one: what is drawn in the proposal, what lies around the lot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from gis.edges import Edge
from gis.facts import NO_PROPOSAL, Facts
from gis.measures import MEASURES
from gis.missing import Missing
from gis.rule import Rule
from gis.subject import Subject, SubjectKind
from gis.words import Words, figure


@dataclass(frozen=True)
class Asked:
    """A thing that a rule asks about, the `edge` before which it is, and what keeps open whether it does."""

    subject: Subject
    edge: Edge | None = None
    held: Missing | None = None


Things = tuple[Asked, ...]

_DESIGNER: Final = Words("طراح ساختمان", "the designer")
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
            Words("در خودرو", "vehicle gate"),
            Words("طرح در خودرو ندارد.", "The proposal has no vehicle gate."),
        ),
    }
)


def things_of(rule: Rule, facts: Facts) -> Things | Missing | Words:
    """The things that a rule asks about; why there are none; or what must be said before anybody knows.

    Things of a kind that a proposal neither draws nor denies are not taken for absent.
    """
    kind = MEASURES[rule.provision.measure].subject
    return _drawn(kind, facts) if kind in _ELEMENTS else _OTHERS[kind](rule, facts)


def _drawn(sort: str, facts: Facts) -> Things | Missing | Words:
    kind, name, words, none = _ELEMENTS[sort]
    if facts.proposal is None:
        return NO_PROPOSAL
    items = getattr(facts.proposal.elements, name)
    if items is None:
        return Missing("fact", name, _DESIGNER)
    if not items:
        return none
    return tuple(
        Asked(Subject(kind, str(n), Words(f"{words.fa} {figure(n).fa}", f"{words.en} {n}"), item))
        for n, item in enumerate(items, 1)
    )


_OTHERS: Final[Mapping[str, Callable[[Rule, Facts], Things | Missing | Words]]] = MappingProxyType({})
