"""Special plans that take the place of the zone's law, and land inside an urban boundary."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

from gis import Overlay, RuleBook, assess, law_for
from gis.proposal import Elements
from gis.rulebook import BookRefused
from tests.law.little_books import little_book
from tests.law.plots import DAY, house, plot, site

ZONE = """
id = "coverage.zone"
measure = "coverage"
relation = "at_most"
unit = "1"
---
limit = 0.5
base = "after"
"""
PLAN = """
id = "coverage.plan"
measure = "coverage"
relation = "at_most"
unit = "1"
where.overlay = ["special_plan"]
replaces = ["coverage.zone"]
---
limit = 0.8
base = "after"
"""
SPLIT = """
[[split_lot]]
from = 2024-03-20
cite = "SAMPLE-1#1-2"
sliver = 0.05
combine = """
WHOLE = shapely.box(-50, -50, 50, 50)


def _book(*provisions: str, combine: str | None = None) -> RuleBook:
    """A little book with a law on lots in several zones, where one is given."""
    return little_book(*(provisions or (ZONE, PLAN)), more=SPLIT + combine if combine else "")


def _findings(book: RuleBook, shape: shapely.Polygon | None, **more):
    overlays = [] if shape is None else [Overlay("S-1", "special_plan", "طرح بازار", shape)]
    report = assess(site(overlays=overlays, **more), house(), book, on=DAY)
    return {finding.provision: finding for finding in report.findings}


def test_under_a_special_plan_the_zones_provision_does_not_apply_and_says_which_clause_does() -> None:
    """The house covers 60 %: too much for the zone, and within the plan that lies over the whole lot."""
    found = _findings(_book(), WHOLE)
    assert (found["coverage.plan"].verdict, found["coverage.plan"].limit) == ("complies", 0.8)
    assert found["coverage.zone"].verdict == "not_applicable"
    assert found["coverage.zone"].text.en == ("Replaced here by “Provision coverage” (clause 1, SAMPLE-1).")
    assert "بند ۱" in found["coverage.zone"].text.fa


def test_without_the_plan_on_the_lot_the_zones_provision_holds() -> None:
    """No plan, or one that only touches the line of the lot."""
    for shape in (None, shapely.box(10, 0, 50, 50)):
        found = _findings(_book(), shape)
        assert found["coverage.zone"].verdict == "violates"
        assert found["coverage.plan"].verdict == "not_applicable"


def test_where_overlays_are_not_known_both_are_open() -> None:
    """A plan may lie here unseen."""
    found = _findings(_book(), None, incomplete=["overlays"])
    for provision in ("coverage.zone", "coverage.plan"):
        assert found[provision].verdict == "undecided"
        assert (found[provision].missing.kind, found[provision].missing.name) == ("layer", "overlays")


HALF = shapely.box(-50, -50, 5, 50)
"""Over the western half of the lot."""


def test_a_plan_over_a_part_of_the_lot_is_weighed_by_the_area_of_each() -> None:
    """Half of 80 % and half of 50 %: 65 %, with the plan's part and the zone's."""
    found = _findings(_book(combine='"by_area"'), HALF)
    assert (found["coverage.plan"].verdict, found["coverage.plan"].limit) == ("complies", 0.65)
    assert "Weighted by area: طرح بازار 80% on 50% of the lot, R121 50% on 50%" in (
        found["coverage.plan"].text.en
    )
    assert found["coverage.zone"].verdict == "not_applicable"


@pytest.mark.parametrize(
    ("combine", "shape", "zone", "plan"),
    [
        (None, HALF, "undecided", "undecided"),
        ('"strictest"', HALF, "violates", "complies"),
        ('"dominant"\nthreshold = 0.7', HALF, "undecided", "undecided"),
        ('"dominant"\nthreshold = 0.7', shapely.box(-50, -50, 7.01, 50), "not_applicable", "complies"),
        ('"dominant"\nthreshold = 0.7', shapely.box(-50, -50, 2.99, 50), "violates", "not_applicable"),
        ('"by_area"', shapely.box(-50, -50, 0.49, 50), "violates", "not_applicable"),
        ('"by_area"', shapely.box(-50, -50, 9.51, 50), "not_applicable", "complies"),
    ],
)
def test_the_books_own_way_with_split_lots_decides(combine, shape, zone, plan) -> None:
    """No such law: a person; strictest: both; dominant: the one with enough land; slivers are left out."""
    found = _findings(_book(combine=combine), shape)
    assert (found["coverage.zone"].verdict, found["coverage.plan"].verdict) == (zone, plan)


def test_uses_are_permitted_place_by_place() -> None:
    """Shops in the plan's half, homes in the zone's: a shop over both is too much in the zone's alone."""
    use = (
        'id = "use.{0}"\nmeasure = "use"\nrelation = "one_of"\nunit = "use"\n{2}\n---\npermitted = ["{1}"]\n'
    )
    over = 'where.overlay = ["special_plan"]\nreplaces = ["use.zone"]'
    book = little_book(use.format("zone", "residential", ""), use.format("plan", "commercial", over))
    overlays = [Overlay("S-1", "special_plan", "", HALF)]
    for footprint, zone, plan in (
        (shapely.box(0, 10, 5, 20), "not_applicable", "complies"),
        (shapely.box(5, 10, 9, 20), "violates", "not_applicable"),
        (shapely.box(0, 10, 9, 20), "violates", "complies"),
    ):
        shop = house(footprint=footprint, use="commercial")
        report = assess(site(overlays=overlays), shop, book, on=DAY)
        found: dict[str, set[str]] = {}
        for finding in report.findings:
            found.setdefault(finding.provision, set()).add(finding.verdict)
        assert (found["use.zone"], found["use.plan"]) == ({zone}, {plan})


def test_a_setback_in_a_part_of_the_lot_is_for_a_person_to_say() -> None:
    """A line cannot be weighed by area."""
    back = 'id = "{0}"\nmeasure = "setback"\nrelation = "at_least"\nunit = "m"\nedges = ["rear"]\n{2}\n---\n'
    back += "limit = {1}\n"
    over = 'where.overlay = ["special_plan"]\nreplaces = ["zone"]'
    texts = (back.format("zone", 2, ""), back.format("plan", 0, over))
    found = _findings(_book(*texts, combine='"by_area"'), HALF)
    for provision in ("zone", "plan"):
        assert (found[provision].verdict, found[provision].missing.kind) == ("undecided", "judgement")
    whole = _findings(_book(*texts, combine='"by_area"'), WHOLE)
    assert (whole["zone"].verdict, whole["plan"].verdict) == ("not_applicable", "complies")


def test_a_plan_that_another_plan_replaces_replaces_nothing() -> None:
    """The newest plan names only the older one: the zone's law is back."""
    newest = PLAN.replace("coverage.plan", "coverage.new").replace("coverage.zone", "coverage.plan")
    found = _findings(little_book(ZONE, PLAN, newest.replace("0.8", "0.9")), WHOLE)
    assert found["coverage.zone"].verdict == "violates"
    assert found["coverage.plan"].verdict == "not_applicable"
    assert (found["coverage.new"].verdict, found["coverage.new"].limit) == ("complies", 0.9)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('replaces = ["coverage.zone"]', 'replaces = ["coverage.zones"]', "unknown_replaces"),
        ('replaces = ["coverage.zone"]', 'replaces = ["coverage.plan"]', "replaces_circle"),
        ('where.overlay = ["special_plan"]\n', "", "replaces_everywhere"),
    ],
)
def test_a_book_cannot_replace_what_is_not_there_or_go_in_circles(before, after, code) -> None:
    """Each fault by its code."""
    with pytest.raises(BookRefused) as refused:
        little_book(ZONE, PLAN.replace(before, after))
    assert code in {fault.code for fault in refused.value.faults}


def test_two_plans_that_replace_each_other_are_a_circle() -> None:
    """Told for each of both."""
    other = PLAN.replace("coverage.plan", "coverage.b").replace("coverage.zone", "coverage.plan")
    with pytest.raises(BookRefused) as refused:
        little_book(PLAN.replace("coverage.zone", "coverage.b"), other)
    assert [fault.code for fault in refused.value.faults] == ["replaces_circle"] * 2


INSIDE = """
id = "boundary"
measure = "share_inside"
relation = "at_least"
unit = "1"
where.overlay = ["urban_boundary"]
---
limit = 1
"""
ASKED = """
id = "boundary.asked"
measure = "share_inside"
relation = "inquiry"
unit = "1"
where.overlay = ["urban_boundary"]
---
agency = {fa = "بخشداری", en = "the district office"}
"""


@pytest.mark.parametrize(
    ("east", "verdict", "asked"),
    [
        (10.0, "complies", "not_applicable"),
        (9.9999, "violates", "undecided"),
        (-1.0, "violates", "undecided"),
    ],
)
def test_land_wholly_inside_the_boundary_complies_and_any_land_outside_does_not(east, verdict, asked) -> None:
    """The boundary runs along the eastern line of the lot, or west of it."""
    shape = shapely.box(-90, -90, east, 90)
    overlays = [Overlay("B", "urban_boundary", "", shape)]
    report = assess(site(overlays=overlays), house(), little_book(INSIDE, ASKED), on=DAY)
    found = {finding.provision: finding for finding in report.findings}
    assert (found["boundary"].verdict, found["boundary.asked"].verdict) == (verdict, asked)
    if verdict == "violates":
        assert found["boundary"].evidence[-1].role == "excess"
        assert found["boundary.asked"].missing.who.en == "the district office"


def test_where_the_boundary_is_not_known_land_is_not_outside() -> None:
    """But land that lies wholly inside what is known of it is inside."""
    book = little_book(INSIDE, ASKED)
    report = assess(site(incomplete=["overlays"]), house(), book, on=DAY)
    for finding in report.findings[:2]:
        assert (finding.verdict, finding.missing.kind) == ("undecided", "layer")
    inside = [Overlay("B", "urban_boundary", "", WHOLE)]
    report = assess(site(overlays=inside, incomplete=["overlays"]), house(), book, on=DAY)
    assert [finding.verdict for finding in report.findings[:2]] == ["complies", "not_applicable"]


def test_the_boundary_is_told_in_both_languages() -> None:
    """What the land has, and what the law asks."""
    overlays = [Overlay("B", "urban_boundary", "", shapely.box(-90, -90, 5, 90))]
    item = law_for(site(overlays=overlays), little_book(INSIDE), on=DAY)[0]
    assert item.verdict == "violates"
    assert item.text.en == "At least 100% of the land must lie inside the urban boundary."
    assert item.text.fa == "دست‌کم ۱۰۰٪ زمین باید در محدودهٔ شهر باشد."


def test_a_lot_of_another_shape_is_inside_by_its_own_outline() -> None:
    """A lot in two parts, of which the smaller lies outside."""
    parts = shapely.MultiPolygon([shapely.box(0, 0, 10, 25), shapely.box(20, 0, 25, 10)])
    lot = plot(parts, streets=[], neighbours=[])
    overlays = [Overlay("B", "urban_boundary", "", shapely.box(-5, -5, 15, 30))]
    proposal = replace(house(), elements=Elements(projections=()))
    found = assess(site(lot, overlays=overlays), proposal, little_book(INSIDE), on=DAY).findings[0]
    assert (found.verdict, found.value) == ("violates", pytest.approx(250 / 300, abs=1e-6))
