"""Projections over the street: how far, and what is asked where nobody has drawn any."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

from gis import assess, law_for
from gis.proposal import Elements, Projection
from tests.law.little_books import little_book
from tests.law.plots import DAY, house, site

DEPTH = """
measure = "projection_depth"
relation = "at_most"
unit = "m"
---
by = "street_width"
bands = [
  {interval = "[0, 12)", limit = 0},
  {interval = "[12, 20]", limit = 0.8},
  {interval = "(20, inf)", limit = 1.2},
]
"""
BOOK = little_book(DEPTH.replace("limit = 0}", "limit = 0.5}"))


def _report(*south: float, book=BOOK):
    balconies = tuple(Projection(1, shapely.box(2, edge, 6, 12)) for edge in south)
    return assess(site(), replace(house(), elements=Elements(projections=balconies)), book, on=DAY)


@pytest.mark.parametrize(
    ("south", "verdict"), [(0.5, "complies"), (0.49995, "complies"), (0.4999, "violates"), (0.0, "violates")]
)
def test_a_balcony_may_stand_out_over_the_street_exactly_as_far_as_the_law_says(south, verdict) -> None:
    """The lot begins at y = 1 after widening: half a metre beyond it is allowed on a street of 8 m."""
    (finding,) = _report(south).findings
    assert finding.verdict == verdict
    assert finding.value == pytest.approx(1 - south)
    assert finding.subject == ("projection", "1")
    assert [item.role for item in finding.evidence] == ["witness", "excess"][: 1 + (verdict == "violates")]


def test_what_is_too_far_out_is_shown() -> None:
    """The part of the balcony beyond the limit is the evidence of the violation."""
    (finding,) = _report(0.0).findings
    excess = finding.evidence[-1].geometry
    assert excess.bounds == pytest.approx((2, 0, 6, 0.5), abs=1e-6)


def test_each_balcony_is_a_finding_of_its_own() -> None:
    """Two balconies, one too far out: one complies and one violates."""
    assert [f.verdict for f in _report(0.6, 0.2).findings] == ["complies", "violates"]


def test_a_balcony_over_the_own_land_is_not_asked() -> None:
    """What stays behind the street line keeps nothing to keep."""
    (finding,) = _report(5.0).findings
    assert finding.verdict == "not_applicable"


def test_projections_that_nobody_spoke_of_are_not_taken_for_none() -> None:
    """A proposal that does not say whether it has projections is undecided, one that has none is free."""
    unsaid = assess(site(), house(), BOOK, on=DAY)
    (finding,) = unsaid.findings
    assert (finding.verdict, finding.missing.name) == ("undecided", "projections")
    none = assess(site(), replace(house(), elements=Elements(projections=())), BOOK, on=DAY)
    assert none.findings[0].verdict == "not_applicable"
    assert none.findings[0].text.en == "The proposal has no projection."


def test_the_law_is_told_to_who_has_drawn_nothing() -> None:
    """Without a proposal the provision says its limit on this street."""
    (item,) = law_for(site(), BOOK, on=DAY)
    assert item.verdict is None
    assert item.limit == 0.5
