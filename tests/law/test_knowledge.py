"""Less knowledge never makes an answer milder, and a limit holds exactly where it stands: for any lot and
building that hypothesis finds, measure by measure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import LineString, Polygon, affinity, box

from gis import Building, Finding, Overlay, Proposal, Report, RuleBook, Site, Storey, Street, assess, law_for
from gis.law_item import held
from gis.precision import PRECISION, rounded
from tests.law.plots import CITATIONS, DAY, UNITS, plot, site

MEASURES = ("lot_area", "frontage", "coverage", "density", "height", "storeys", "setback", "use")
SEARCH = settings(max_examples=100, deadline=None)  # a busy machine is no counter-example


def provision(measure: str, value: str, relation: str = "at_most", more: str = "", id_: str = "") -> str:
    return f"""
[[provision]]
id = "{id_ or measure}"
title = {{fa = "{measure}", en = "{measure}"}}
measure = "{measure}"
relation = "{relation}"
unit = "{UNITS.get(measure, "m")}"
zones = ["R121"]
{more}
  [[provision.value]]
  from = 2020-02-01
  cite = "X#1"
  {value}
"""


@lru_cache(maxsize=512)
def book(*provisions: str, needs: str = "") -> RuleBook:
    head = f"""
[book]
id = "test"
title = {{fa = "آزمون", en = "Test"}}
checked_on = 2026-01-15
every_zone_needs = [{needs}]
"""
    return RuleBook.parse(head + "".join(provisions), CITATIONS)


CONDITION = (
    '[{measure = "street_width", relation = "at_least", limit = 9, cite = "X#2"},'
    ' {measure = "depth", relation = "at_least", limit = 22, cite = "X#3"}]'
)


def law(measure: str, level: int) -> RuleBook:
    """A book of one measure, from mild (level 0) to strict (level 3), that asks for every sort of fact."""
    at_least = "at_least"
    match measure:
        case "lot_area":
            texts = [provision(measure, f"limit = {(150, 215, 240, 280)[level]}", at_least)]
        case "frontage":
            texts = [provision(measure, f"limit = {(6, 10, 12, 14)[level]}", at_least)]
        case "coverage":
            texts = [provision(measure, f'base = "after"\n  limit = {(0.9, 0.6, 0.5, 0.3)[level]}')]
        case "density":
            limit = (3.6, 1.8, 1.2, 0.6)[level]
            texts = [provision(measure, f'base = "before_if_strip_ceded"\n  limit = {limit}')]
        case "height":
            low, high = ((12, 20), (9, 12), (6, 9), (3, 6))[level]
            rows = f'{{interval = "[0, 9)", limit = {low}}}, {{interval = "[9, inf)", limit = {high}}}'
            texts = [
                provision(measure, f'by = "street_width"\n  bands = [{rows}]'),
                provision(
                    measure, 'agency = {fa = "میراث", en = "Heritage"}', "inquiry",
                    'where.overlay = ["heritage"]', "height.heritage",
                ),
            ]  # fmt: skip
        case "storeys":
            limit = (6, 4, 3, 2)[level]
            texts = [provision(measure, f"limit = {limit}\n  less_one_for_each_unmet = {CONDITION}")]
        case "setback":
            texts = [
                provision(measure, f"limit = {low * level / 2}", at_least, f'edges = ["{kind}"]', kind)
                for kind, low in (("street", 5), ("side", 1), ("rear", 3))
            ]
            texts.append(
                provision(
                    measure, f"limit = {2 * level}", at_least,
                    'edges = ["main_street"]\nwhere.orientation = ["northern"]', "yard",
                )
            )  # fmt: skip
        case _:
            permitted = ('"residential", "office"', '"residential"', '"office"', '"green"')[level]
            texts = [provision(measure, f"permitted = [{permitted}]", "one_of")]
    return book(*texts)


@dataclass(frozen=True)
class World:
    """A lot of 10–13 m by 20–25 m with a street south of it, perhaps one east, and all that lies around."""

    width: float
    depth: float
    south: Street
    east: Street | None
    neighbours: tuple[Polygon, ...]
    overlays: tuple[Overlay, ...]
    buildings: tuple[Building, ...] = ()
    zones: tuple[str, ...] = ("R121",)
    incomplete: frozenset[str] = frozenset()

    def site(self) -> Site:
        states = {
            name: "unknown" if name in self.incomplete else "complete" for name in ("streets", "parcels")
        }
        streets = [street for street in (self.south, self.east) if street is not None]
        lot = plot(
            box(0, 0, self.width, self.depth),
            streets=[s for s in streets if s.key not in self.incomplete],
            neighbours=self.neighbours,
            streets_state=states["streets"],
            parcels_state=states["parcels"],
        )
        layers = self.incomplete & {"streets", "parcels", "zones", "overlays", "buildings"}
        place = site(lot, dict.fromkeys(self.zones), overlays=self.overlays, incomplete=sorted(layers))
        return replace(place, buildings=self.buildings)


def street(key: str, axis: LineString, existing: float, planned: float | None) -> Street:
    return Street(key, key, axis, None, existing, planned, "right_of_way", "local")


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Any of them, wholly known."""
    width, depth = draw(st.sampled_from([10.0, 12.0, 13.0])), draw(st.sampled_from([20.0, 22.0, 25.0]))
    existing = draw(st.sampled_from([6.0, 8.0, 10.0]))
    planned = draw(st.sampled_from([None, 8.0, 12.0]))
    south = street("south", LineString([(-60, -existing / 2), (80, -existing / 2)]), existing, planned)
    across = box(-40, -existing - 20, 60, -existing)
    around = [across, box(-10, 0, 0, depth), box(-10, depth, width + 20, depth + 20)]
    east = None
    if draw(st.booleans()):
        wide = draw(st.sampled_from([6.0, 12.0]))
        east = street("east", LineString([(width + wide / 2, -60), (width + wide / 2, 60)]), wide, None)
        around[2] = box(-10, depth, width, depth + 20)
        around.append(box(width + wide, 0, width + wide + 20, depth))
    else:
        around.append(box(width, 0, width + 20, depth))
    monument = Overlay("O", "heritage", "", box(-5, depth - 2, 2, depth + 9))
    overlays = (monument,) if draw(st.booleans()) else ()
    old = (Building("B", box(1, 1, 5, 6)),) if draw(st.booleans()) else ()
    return World(width, depth, south, east, tuple(around), overlays, old)


@st.composite
def buildings(draw: st.DrawFn) -> Proposal:
    """A house of one to four storeys somewhere on the lot, or partly off it, its areas perhaps declared."""
    x = draw(st.sampled_from([-0.5, 0.0, 1.0, 3.0]))
    y = draw(st.sampled_from([-1.0, 0.5, 1.0, 3.0, 8.0]))
    footprint = box(x, y, x + draw(st.sampled_from([6.0, 9.0, 10.0])), y + draw(st.sampled_from([6.0, 12.0])))
    use = draw(st.sampled_from(["residential", "office", "workshop"]))
    declared = draw(st.sampled_from([None, 0.0, 30.0]))
    storeys = tuple(
        Storey(level, "floor", use, footprint, draw(st.sampled_from([3.0, 4.5])), 1, declared)
        for level in range(draw(st.integers(1, 4)))
    )
    existing = draw(st.sampled_from([None, "demolish", "keep"]))
    return Proposal(storeys, strip_ceded=draw(st.booleans()), existing=existing)


LOSSES = (
    "streets", "parcels", "zones", "overlays", "south", "east", "width", "class",
    "neighbour", "monument", "zone", "buildings", "building",
)  # fmt: skip


def without(world: World, lost: str) -> World:
    """The same place, of which one thing is not known any more: a layer, a feature of it, or a fact."""
    unread = {
        "neighbour": {"parcels"},
        "monument": {"overlays"},
        "zone": {"zones"},
        "building": {"buildings"},
    }
    unread |= {name: {name, "streets"} for name in ("south", "east")}
    if lost == "width":  # what stands may be measured in the gap; a planned width is no fact that gets lost
        return replace(world, south=replace(world.south, existing_width=None))
    if lost == "class":
        return replace(world, south=replace(world.south, width_kind=None, street_class=None))
    less = replace(world, incomplete=world.incomplete | unread.get(lost, {lost}))
    if lost == "neighbour":
        return replace(less, neighbours=world.neighbours[:-1])
    if lost == "monument":
        return replace(less, overlays=())
    if lost == "building":
        return replace(less, buildings=())
    return replace(less, zones=()) if lost == "zone" else less


def judged(world: World, building: Proposal, rules: RuleBook) -> Report:
    return assess(world.site(), building, rules, on=DAY)


@pytest.mark.parametrize("measure", MEASURES)
@SEARCH
@given(
    world=worlds(), building=buildings(), level=st.integers(0, 3),
    lost=st.lists(st.sampled_from(LOSSES), min_size=1, max_size=2, unique=True),
)  # fmt: skip
def test_less_knowledge_gives_the_same_verdict_or_none(
    measure: str, world: World, building: Proposal, level: int, lost: list[str]
) -> None:
    """A layer, feature or fact taken away: the verdict stays, or nobody can tell any more. It never turns
    from `violates` or `undecided` into `complies`, nor from anything into another answer."""
    assume(world.east is not None or "east" not in lost)
    assume(not {"width", "class"} & set(lost) or world.south.planned_width is None)
    less = world
    for thing in lost:
        less = without(less, thing)
    rules = law(measure, level)
    known, dim = judged(world, building, rules).verdict, judged(less, building, rules).verdict
    assert dim in {known, "undecided"}, (lost, known, dim)


@pytest.mark.parametrize("measure", MEASURES)
@settings(max_examples=40, deadline=None)
@given(
    world=worlds(), building=buildings(), level=st.integers(0, 3),
    lost=st.lists(st.sampled_from(LOSSES), max_size=2),
)  # fmt: skip
def test_nothing_complies_under_what_is_said_to_hold_every_answer(
    measure: str, world: World, building: Proposal, level: int, lost: list[str]
) -> None:
    """What a citizen reads as a condition of every permission is one: no proposal complies before it is met.
    And what the land is told to lack, it lacks whatever is drawn."""
    assume(world.east is not None or "east" not in lost)
    for thing in lost:
        world = without(world, thing)
    rules, here = law(measure, level), world.site()
    items = law_for(here, rules, on=DAY)
    verdict = assess(here, building, rules, on=DAY).verdict
    assert verdict != "complies" or not held(items, here)
    assert verdict == "violates" or not any(item.verdict == "violates" for item in items)


@SEARCH
@given(world=worlds(), building=buildings(), level=st.integers(0, 3), share=st.floats(0.05, 0.99))
def test_a_smaller_footprint_never_breaks_coverage_or_a_setback(
    world: World, building: Proposal, level: int, share: float
) -> None:
    """Drawn in around the middle of what stands on the lot, a building that complies still does."""
    place = world.site()
    whole = [s.footprint.intersection(place.lot.after) for s in building.storeys]
    assume(whole[0].area > 1)
    smaller = [affinity.scale(shape, share, share) for shape in whole]
    for measure in ("coverage", "setback"):
        first, second = (
            {
                (f.provision, f.subject): f.verdict
                for f in assess(place, drawn(building, shapes), law(measure, level), on=DAY).findings
            }
            for shapes in (whole, smaller)
        )
        assert first.keys() == second.keys()
        assert all(second[key] == "complies" for key in first if first[key] == "complies")


def drawn(building: Proposal, footprints: list[Polygon]) -> Proposal:
    """The same storeys on other footprints, nothing declared, the lot empty before them."""
    pairs = zip(building.storeys, footprints, strict=True)
    storeys = tuple(replace(s, footprint=f, countable_area=None) for s, f in pairs)
    return replace(building, storeys=storeys, existing="demolish")


@pytest.mark.parametrize("relation", ["at_most", "at_least"])
@pytest.mark.parametrize("measure", [measure for measure in MEASURES if measure != "use"])
@settings(max_examples=25, deadline=None)
@given(world=worlds(), building=buildings())
def test_exactly_at_the_limit_complies_and_a_step_beyond_violates(
    measure: str, relation: str, world: World, building: Proposal
) -> None:
    """The limit is the measured value at its declared precision; then it is one step of that stricter."""
    place = world.site()
    unit = UNITS.get(measure, "m")
    more = 'edges = ["street", "side", "rear"]' if measure == "setback" else ""
    base = 'base = "after"\n  ' if unit == "1" else ""
    building = drawn(building, [s.footprint for s in building.storeys])

    def judged_at(limit: float) -> list[Finding]:
        text = provision(measure, f"{base}limit = {limit:.6f}", relation, more)
        return [f for f in assess(place, building, book(text), on=DAY).findings if f.rule]

    for found in judged_at(1):
        if found.value is None or not isinstance(found.value, float) or found.value < PRECISION[unit]:
            continue
        exact = rounded(found.value, unit)
        assert exact is not None
        stricter = exact - PRECISION[unit] if relation == "at_most" else exact + PRECISION[unit]
        for limit, verdict in ((exact, "complies"), (stricter, "violates")):
            (again,) = (f for f in judged_at(limit) if f.subject == found.subject)
            assert (again.verdict, again.value) == (verdict, found.value)
