"""The rule-book of a city: the law of its plan as dated, cited data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, cast

from gis.counting import EVERYTHING_COUNTS, Counting, Outside
from gis.errors import LawError
from gis.measures import MEASURES
from gis.proposal import STOREY_KINDS, USES
from gis.rulebook.citation import Citation, Instrument
from gis.rulebook.fault import BookFault, BookRefused
from gis.rulebook.provision import Provision, SplitLot
from gis.rulebook.reach import TERRAIN, measures_asked, reaches
from gis.rulebook.reading import read_cite, read_instruments, read_provision
from gis.rulebook.replacing import refuse_bad_replacing
from gis.rulebook.table import Table, read_toml
from gis.words import Words

__all__ = ["BookFault", "BookRefused", "Citation", "Instrument", "Provision", "RuleBook"]

_COUNTS: Final = ("coverage", "density", "storeys", "height", "setback", "chamfer")
_NEEDS: Final = tuple(
    name for measure in MEASURES if "lot" in MEASURES[measure].of for name in (
        [f"setback.{kind}" for kind in ("street", "side", "rear")] if measure == "setback" else [measure]
    )
)  # fmt: skip
_PIECE_NEEDS: Final = tuple(name for name, measure in MEASURES.items() if "piece" in measure.of)


@dataclass(frozen=True)
class DatedCounting:
    """What counts, from the day `since` on."""

    since: date
    cite: Citation
    counting: Counting


@dataclass(frozen=True)
class RuleBook:
    """The law of a city's plan.

    sha256               identity: of the plan's text and of the citations' text
    sample               its instruments are fictional
    every_zone_needs     what must be regulated in every zone; where it is not, the answer is `no_law`
    every_piece_needs    the same of the pieces into which land is divided
    zones_without_law    zones of the map of which the planner knows that the book says nothing
    formalised_until     last day that the book speaks for, None = until it is amended
    governing_day        which day of a case governs, with its citation; None where no text says so
    """

    id: str
    title: Words
    sha256: str
    sample: bool
    checked_on: date
    provisions: tuple[Provision, ...]
    every_zone_needs: tuple[str, ...]
    every_piece_needs: tuple[str, ...] = ()
    zones_without_law: tuple[str, ...] = ()
    formalised_until: date | None = None
    governing_day: Citation | None = None
    split_lots: tuple[SplitLot, ...] = ()
    countings: tuple[DatedCounting, ...] = ()

    @classmethod
    def parse(cls, plan: str, citations: str) -> RuleBook:
        """Read plan.toml and citations.toml, given as texts. Raises BookRefused with every fault found.

        >>> citations = '''
        ... [S-1]
        ... title = {fa = "طرح نمونه", en = "Sample plan"}
        ... number = "SAMPLE-1"
        ... authority = {fa = "مرجع نمونه", en = "SAMPLE authority"}
        ... published = 2024-03-20
        ... '''
        >>> plan = '''
        ... [book]
        ... id = "little"
        ... title = {fa = "کوچک", en = "Little"}
        ... sample = true
        ... checked_on = 2026-01-15
        ... every_zone_needs = ["coverage"]
        ... [[provision]]
        ... id = "coverage"
        ... title = {fa = "سطح اشغال", en = "Coverage"}
        ... measure = "coverage"
        ... relation = "at_most"
        ... unit = "1"
        ... zones = ["R1"]
        ... [[provision.value]]
        ... from = 2024-03-20
        ... limit = 0.60
        ... base = "after"
        ... cite = "S-1#2"
        ... '''
        >>> book = RuleBook.parse(plan, citations)
        >>> book.id, book.first_day.isoformat(), str(book.provisions[0].on(book.first_day).limit)
        ('little', '2024-03-20', '0.60')
        >>> RuleBook.parse(plan.replace("0.60", "0.6 # x").replace("R1", ""), "")
        Traceback (most recent call last):
        gis.rulebook.fault.BookRefused: plan.toml:...
        """
        faults: list[BookFault] = []
        cited, top = read_toml(citations, "citations.toml", faults), read_toml(plan, "plan.toml", faults)
        if faults:
            raise BookRefused(tuple(faults))
        instruments = read_instruments(cited)
        book = top.table("book")
        fields = _book(book, instruments) if top.has("book") else {}
        provisions = [p for item in top.tables("provision") if (p := read_provision(item, instruments))]
        splits = [s for item in top.tables("split_lot", needed=False) if (s := _split(item, instruments))]
        counts = [c for item in top.tables("counting", needed=False) if (c := _counting(item, instruments))]
        top.done()
        _unique(provisions, top)
        refuse_bad_replacing(provisions, top)
        if fields.get("sample"):
            _say_sample(provisions, top)
        if faults:
            raise BookRefused(tuple(faults))
        return cls(
            **fields,
            sha256=hashlib.sha256(f"{plan}\0{citations}".encode()).hexdigest(),
            provisions=tuple(provisions),
            split_lots=tuple(sorted(splits, key=lambda s: s.since)),
            countings=tuple(sorted(counts, key=lambda c: c.since)),
        )

    @property
    def first_day(self) -> date:
        """The day of the first formalised text."""
        return min(value.since for provision in self.provisions for value in provision.values)

    @property
    def zones(self) -> tuple[str, ...]:
        """Codes of all zones for which the book has ever had a provision."""
        return tuple(sorted({zone for provision in self.provisions for zone in provision.zones}))

    def overlay_kinds(self, day: date) -> frozenset[str]:
        """The kinds of overlays of which some provision on building in force on a day speaks."""
        in_force = (provision for provision in self.provisions if provision.of == "lot" and provision.on(day))
        return frozenset(kind for provision in in_force for kind in provision.where.overlay)

    def reaches(self, day: date) -> dict[str, float]:
        """Metres around a lot in which objects of each kind matter on a day; other kinds only on the lot."""
        return reaches(self.provisions, day)

    def asks_terrain(self, day: date) -> bool:
        """Whether some provision in force on a day asks how steep the land is."""
        in_force = (provision for provision in self.provisions if provision.on(day))
        return any(measures_asked(provision, day) & TERRAIN for provision in in_force)

    def require(self, day: date) -> None:
        """Raise LawError for a day that the book does not speak for: silence is no law."""
        if day < self.first_day:
            raise LawError(
                "law.not_formalised",
                "on",
                f"No law is formalised for {day}; the first day with law is {self.first_day}.",
                on=day.isoformat(),
                first_day=self.first_day.isoformat(),
            )
        if self.formalised_until is not None and day > self.formalised_until:
            raise LawError(
                "law.not_formalised",
                "on",
                f"No law is formalised for {day}; it is formalised until {self.formalised_until}.",
                on=day.isoformat(),
                last_day=self.formalised_until.isoformat(),
            )

    def split_lot(self, day: date) -> SplitLot | None:
        """How split lots are judged on a day, None where no law says so."""
        return next((rule for rule in reversed(self.split_lots) if rule.since <= day), None)

    def counting(self, day: date) -> Counting:
        """What counts on a day; without such law everything does."""
        found = next((rule for rule in reversed(self.countings) if rule.since <= day), None)
        return found.counting if found else EVERYTHING_COUNTS


def _book(table: Table, instruments: dict[str, Instrument]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": table.text("id"),
        "title": table.words("title"),
        "sample": table.flag("sample"),
        "checked_on": table.day("checked_on"),
        "every_zone_needs": table.word_list("every_zone_needs", _NEEDS, may_be_empty=True),
        "every_piece_needs": table.word_list("every_piece_needs", _PIECE_NEEDS, needed=False),
        "zones_without_law": table.word_list("zones_without_law", needed=False),
        "formalised_until": table.day("formalised_until", needed=False),
    }
    if table.has("governing_day"):
        rule = table.table("governing_day")
        rule.word("day", ("filed_on",))
        fields["governing_day"] = read_cite(rule, instruments, None)
        rule.done()
    table.done()
    return fields


def _split(table: Table, instruments: dict[str, Instrument]) -> SplitLot | None:
    since = table.day("from")
    cite = read_cite(table, instruments, since)
    combine = table.word("combine", ("strictest", "by_area", "dominant"))
    sliver = table.number("sliver")
    threshold = table.number("threshold", needed=combine == "dominant")
    for key, share in (("sliver", sliver), ("threshold", threshold)):
        if share is not None and not 0 <= share <= 1:
            table.fault("no_share", key, f"`{key}` is {share}.", "Give a share of the lot from 0 to 1.")
    table.done()
    if since and cite and combine and sliver is not None:
        return SplitLot(since, cite, cast("Any", combine), sliver, threshold)
    return None


def _counting(table: Table, instruments: dict[str, Instrument]) -> DatedCounting | None:
    since = table.day("from")
    cite = read_cite(table, instruments, since)
    outside = table.table("outside")
    sorts: dict[str, tuple[Outside, ...]] = {}
    deepest: dict[str, Decimal] = {}
    for measure in _COUNTS:
        given = list(outside.tables(measure, needed=False))
        sorts[measure] = tuple(_outside(item) for item in given if item.data.get("kind") != "projection")
        for item in given:
            if item.data.get("kind") == "projection" and (most := _deepest(item, measure)) is not None:
                deepest[measure] = most
    outside.done()
    table.done()
    return DatedCounting(since, cite, Counting(sorts, deepest)) if since and cite else None


def _deepest(table: Table, measure: str) -> Decimal | None:
    """Up to how many metres a projection over the own land leaves coverage and setbacks as they are."""
    table.word("kind", ("projection",))
    most = table.number("deepest")
    table.done()
    if measure not in {"coverage", "setback"}:
        table.fault(
            "projection_not_counted",
            "kind",
            f"`{measure}` counts no projections.",
            "Leave projections out of coverage and setback.",
        )
    if most is not None and most < 0:
        table.fault("negative", "deepest", f"`deepest` is {most}.", "Give 0 or more metres.")
    return most


def _outside(table: Table) -> Outside:
    kind = table.word("kind", STOREY_KINDS, needed=False)
    uses = table.word_list("uses", USES, needed=False)
    share = table.number("largest_share", needed=False)
    table.done()
    if kind is None and not uses:
        table.fault("leaves_out_all", "", "It leaves out every storey.", "Name a kind, uses, or both.")
    if share is None and kind == "stair_head":
        table.fault(
            "stair_head_unbounded",
            "largest_share",
            "A stair head is left out however large it is: a whole storey could be drawn as one.",
            "Say with largest_share how much of the storey below it may cover, such as 0.25.",
        )
    if share is not None and (kind != "stair_head" or not 0 < share < 1):
        table.fault(
            "no_share",
            "largest_share",
            f"`largest_share` of {share} for {kind or 'every kind'}.",
            "Give a stair head a share of the storey below, above 0 and under 1.",
        )
    return Outside(kind, frozenset(uses), share)


def _unique(provisions: list[Provision], top: Table) -> None:
    seen: set[str] = set()
    for provision in provisions:
        if provision.id in seen:
            top.fault("repeated", "provision", f'The id "{provision.id}" stands twice.', "Give each its own.")
        seen.add(provision.id)


def _say_sample(provisions: list[Provision], top: Table) -> None:
    """A sample city's instruments are fictional and must say so."""
    cited = {value.cite.instrument.id: value.cite.instrument for p in provisions for value in p.values}
    for instrument in cited.values():
        if "SAMPLE" not in instrument.number or "SAMPLE" not in instrument.authority.en:
            top.fault(
                "sample_unsaid",
                "book.sample",
                f"{instrument.id} of a sample book does not say SAMPLE in number and authority.",
                "Write it, so that nobody takes it for law.",
            )
