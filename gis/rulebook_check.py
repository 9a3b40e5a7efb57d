"""What must be true of a rule-book before it may be published, beyond what its reading already refuses."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations

from gis.attributes import apart
from gis.case_reading import read_cases
from gis.frame import Frame
from gis.precision import at_most
from gis.rulebook import BookFault, BookRefused, RuleBook
from gis.rulebook.limit import AttributeLimit, Bands, Interval, Limit
from gis.rulebook.provision import Provision, Where

_LOCAL = 32639
"""Any metric frame: a worked case is drawn in its own metres."""


def check_texts(
    plan: str,
    citations: str,
    cases: str = "",
    *,
    zones_on_map: Collection[str] | None = None,
    overlays_on_map: Collection[str] = (),
) -> tuple[BookFault, ...]:
    """Every fault of a book given as the texts of its files; empty when it may be published.

    >>> print(check_texts("[[provision]]", "")[0])
    plan.toml book: `book` is missing. Give a table. [missing_key]
    """
    try:
        book = RuleBook.parse(plan, citations)
    except BookRefused as refused:
        return refused.faults
    return check_rulebook(book, cases, zones_on_map=zones_on_map, overlays_on_map=overlays_on_map)


def check_rulebook(
    book: RuleBook,
    cases: str = "",
    *,
    zones_on_map: Collection[str] | None = None,
    overlays_on_map: Collection[str] = (),
) -> tuple[BookFault, ...]:
    """Zones of map and book, one law for one thing a day, reachable density, days without law, all cases.

    `zones_on_map` None = there is no map to compare with; `overlays_on_map`: kinds of overlays. A `note` is
    no bar to publication.
    """
    faults = [
        *_zones(book, zones_on_map),
        *_overlays(book, overlays_on_map),
        *_twice(book),
        *_calendar(book),
        *_density(book),
        *_freshness(book),
    ]
    if not cases.strip():
        faults.append(
            BookFault(
                "no_cases", "cases.toml", "There is no worked case.", "Let a planner sign some.", "note"
            )
        )
        return tuple(faults)
    for case in read_cases(cases, Frame.of(_LOCAL), faults):
        faults += case.run(book)
    return tuple(faults)


def _zones(book: RuleBook, on_map: Collection[str] | None) -> Iterator[BookFault]:
    for zone in book.zones_without_law:
        if zone in book.zones:
            yield BookFault(
                "law_in_lawless_zone",
                "plan.toml book.zones_without_law",
                f"{zone} is said to have no law, and has some.",
                "Remove it from the list.",
            )
    if on_map is None:
        return
    known = {*book.zones, *book.zones_without_law}
    for zone in sorted(set(on_map) - known):
        yield BookFault(
            "zone_without_law",
            "plan.toml",
            f"Zone {zone} is on the map and no provision names it.",
            "Write its law, or name it in book.zones_without_law.",
        )
    for zone in sorted(known - set(on_map)):
        users = ", ".join(p.id for p in book.provisions if zone in p.zones) or "zones_without_law"
        yield BookFault(
            "law_without_zone",
            "plan.toml",
            f"Zone {zone} ({users}) is not on the map.",
            "Correct the code, or import the zone.",
        )


def _overlays(book: RuleBook, on_map: Collection[str]) -> Iterator[BookFault]:
    """Kinds of overlays on the map of which the newest law says nothing: every lot under one is undecided."""
    for kind in sorted(set(on_map) - book.overlay_kinds(_days(book)[-1])):
        yield BookFault(
            "overlay_without_law",
            "plan.toml",
            f'Overlays of kind "{kind}" are on the map and no provision names it: their lots are undecided.',
            f'Write what holds there, with where.overlay = ["{kind}"].',
            "note",
        )


def _days(book: RuleBook) -> list[date]:
    """Every day on which some law begins, changes or ends."""
    return sorted({value.since for provision in book.provisions for value in provision.values})


def _twice(book: RuleBook) -> Iterator[BookFault]:
    """Two provisions for one thing on one day."""
    for first, second in combinations(book.provisions, 2):
        zones = sorted(set(first.zones) & set(second.zones))
        same = (first.measure, first.relation, first.of) == (second.measure, second.relation, second.of)
        if not zones or not same or not _meet(first.where, second.where):
            continue
        if first.beside or second.beside:  # the planner says that both hold
            continue
        day = next((d for d in _days(book) if first.on(d) and second.on(d)), None)
        if day is not None:
            yield BookFault(
                "two_laws",
                f"plan.toml provision {second.id}",
                f"{first.id} and {second.id} both limit {first.measure} in {', '.join(zones)} on {day}.",
                "Repeal one, tell their places apart, or say `beside = true` where both hold.",
            )


def _meet(first: Where, second: Where) -> bool:
    """Whether two places have something in common; law of an overlay stands beside the zone's law."""
    if bool(first.overlay) != bool(second.overlay):
        return False
    keys = ("orientation", "street_class", "overlay", "rooms", "facing", "cars", "uses", "storey_kinds")
    pairs = [(getattr(first, key), getattr(second, key)) for key in keys]
    if any(a and b and not set(a) & set(b) for a, b in pairs):
        return False
    both = ((a.interval, b.interval) for a in first.when for b in second.when if a.measure == b.measure)
    if not all(_overlap(*intervals) for intervals in both) or apart(first.attributes, second.attributes):
        return False
    return not first.edges or bool(_sorts(first.edges) & _sorts(second.edges))


def _overlap(first: Interval, second: Interval) -> bool:
    """Whether some number lies in both intervals."""
    low, high = sorted((first, second), key=lambda one: (one.low, not one.low_inside))
    if low.high is None or low.high > high.low:
        return True
    return low.high == high.low and low.high_inside and high.low_inside


def _sorts(edges: tuple[str, ...]) -> set[str]:
    wide = {"main_street", "other_street"} if "street" in edges else set()
    return {*edges, *wide} - {"street"}


def _calendar(book: RuleBook) -> Iterator[BookFault]:
    """Walk the days on which law changes: what a zone needs is there on each, or its absence is told."""
    days = _days(book)
    for rules, name in ((book.split_lots, "split_lot"), (book.countings, "counting")):
        since = [rule.since for rule in rules]
        if len(since) != len(set(since)):
            yield BookFault(
                "two_laws", f"plan.toml {name}", f"Two [[{name}]] begin on one day.", "Keep one of them."
            )
    for zone in book.zones:
        for need in book.every_zone_needs:
            there = [any(_regulates(p, zone, need, day) for p in book.provisions) for day in days]
            if not any(there):
                yield BookFault(
                    "need_without_law",
                    "plan.toml book.every_zone_needs",
                    f"Zone {zone} has no law on {need}: its answers will be undecided.",
                    "Formalise it when it is known.",
                    "note",
                )
                continue
            first = there.index(True)
            for day, is_there in zip(days[first:], there[first:], strict=True):
                if not is_there:
                    later = any(there[days.index(day) :])
                    yield BookFault(
                        "days_without_law",
                        "plan.toml",
                        f"Zone {zone} has no law on {need} from {day}"
                        + ("." if later else ", for it is repealed."),
                        "Let the new law begin on the day on which the old one ends.",
                        "error" if later else "note",
                    )
                    break


def _regulates(provision: Provision, zone: str, need: str, day: date) -> bool:
    here = zone in provision.zones and need in provision.subjects() and not provision.where.overlay
    here = here and provision.of == "lot"
    return here and provision.on(day) is not None


def _density(book: RuleBook) -> Iterator[BookFault]:
    """A density that coverage × storeys never reaches misleads whoever reads it."""
    for zone in book.zones:
        for day in _days(book):
            laws = [_at_most(book, measure, zone, day) for measure in ("coverage", "storeys", "density")]
            edges = sorted({edge for law in laws if isinstance(law, Bands) for edge in _edges(law)})
            areas = [a + d for a in edges for d in (Decimal(0), Decimal("0.5"))] or [Decimal(1)]
            for area in areas:
                coverage, storeys, density = (_limit(law, area) for law in laws)
                if coverage is None or storeys is None or density is None:
                    continue
                if not at_most(density, coverage * storeys, "1"):
                    yield BookFault(
                        "unreachable_density",
                        "plan.toml",
                        f"In {zone} on {day} a lot of {area} m² has density {density:g}, but coverage "
                        f"{coverage:g} × {storeys:g} storeys reaches {coverage * storeys:g} at most.",
                        "Correct one of the three.",
                    )
                    break


def _at_most(book: RuleBook, measure: str, zone: str, day: date) -> Limit | None:
    for provision in book.provisions:
        plain = provision.where == Where() and provision.relation == "at_most" and provision.of == "lot"
        value = provision.on(day)
        if plain and value and provision.measure == measure and zone in provision.zones:
            return None if isinstance(value.limit, AttributeLimit) else value.limit
    return None


def _edges(bands: Bands) -> Iterator[Decimal]:
    if bands.by in {"lot_area", "lot_area_before"}:
        for interval, _ in bands.rows:
            yield interval.low
            if interval.high is not None:
                yield interval.high


def _limit(law: Limit | None, area: Decimal) -> float | None:
    if isinstance(law, Bands):
        law = law.row(float(area)) if law.by in {"lot_area", "lot_area_before"} else None
    return float(law) if isinstance(law, Decimal) else None


def _freshness(book: RuleBook) -> Iterator[BookFault]:
    newest = max(v.cite.instrument.published for p in book.provisions for v in p.values)
    if book.checked_on < newest:
        yield BookFault(
            "not_checked",
            "plan.toml book.checked_on",
            f"Checked on {book.checked_on}, but it cites an instrument of {newest}.",
            "Read the book against its sources and write the day.",
            "note",
        )
