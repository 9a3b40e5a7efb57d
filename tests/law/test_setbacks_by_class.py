"""Setbacks per edge and per class of street: each street line keeps the law of its own street."""

from __future__ import annotations

import pytest
import shapely
from shapely import LineString

from gis import Street, assess
from tests.law.little_books import little_book
from tests.law.plots import DAY, house, plot, site

ARTERIAL = """
id = "arterial"
measure = "setback"
relation = "at_least"
unit = "m"
edges = ["street"]
where.street_class = ["arterial", "boulevard"]
---
limit = 5
"""
LOCAL = """
id = "local"
measure = "setback"
relation = "at_least"
unit = "m"
edges = ["street"]
where.street_class = ["local"]
---
limit = 0
"""
BESIDE = (shapely.box(-10, 0, 0, 25), shapely.box(0, 25, 10, 50))


def _street(key: str, axis: list[tuple[float, float]], street_class: str | None) -> Street:
    return Street(key, key, LineString(axis), None, 8.0, None, "right_of_way", street_class)


def _findings(west: float, east_class: str | None):
    """A house on the south line that stays `west` metres behind the street in the east."""
    streets = [
        _street("S", [(-60, -4), (80, -4)], "local"),
        _street("E", [(14, -60), (14, 80)], east_class),
    ]
    at = site(plot(streets=streets, neighbours=BESIDE))
    proposal = house(footprint=shapely.box(0, 0, 10 - west, 20))
    return assess(at, proposal, little_book(ARTERIAL, LOCAL), on=DAY).findings


@pytest.mark.parametrize(("metres", "verdict"), [(5.0, "complies"), (4.9999, "violates")])
def test_each_street_line_keeps_the_setback_of_its_class(metres: float, verdict: str) -> None:
    """5 m behind the arterial in the east; on the local street the house stands on the line."""
    assert {(f.provision, f.verdict, f.limit) for f in _findings(metres, "arterial")} == {
        ("arterial", verdict, 5.0),
        ("local", "complies", 0.0),
    }


def test_a_street_without_a_class_keeps_both_laws_open_on_its_own_line_only() -> None:
    """The class of the east street is not recorded: its line waits, the south line is judged."""
    found = sorted((f.provision, f.verdict) for f in _findings(6.0, None))
    assert found == [("arterial", "undecided"), ("local", "complies"), ("local", "undecided")]
