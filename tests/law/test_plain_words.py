"""What a citizen reads of the sample book: lines, sizes and shares as they lie on the ground."""

from __future__ import annotations

import shapely

from gis import law_for
from gis.lot import Lot
from gis.measures.land import strip_depth
from tests.law.plots import DAY, NEIGHBOURS, plot, sample_book, site, street

BOOK = sample_book()


def said(lot: Lot, provision: str, zones: dict | None = None):
    """The first sentence of a provision on a lot."""
    items = law_for(site(lot, zones), BOOK, on=DAY)
    return next(item.text for item in items if item.to_dict()["provision"] == provision)


def test_a_line_that_a_widening_moved_is_told_from_todays_wall() -> None:
    """The street takes 1 m: the yard of 7.6 m begins behind it, and the sentence says so."""
    text = said(plot(), "setback.northern_yard")
    assert "از بر اصلاحی «Nilufar» (۱ متر عقب‌تر از مرز امروز) دست‌کم ۷٫۶ متر" in text.fa
    assert "from the corrected street line of “Nilufar” (1 m behind today's boundary)" in text.en


def test_building_up_to_the_line_means_the_corrected_line() -> None:
    """A southern plot may build to its street: not to the wall that stands there today."""
    lot = plot(shapely.box(0, -31, 10, -6), neighbours=[shapely.box(-10, -31, 0, -6)])
    assert said(lot, "setback.street").fa == (
        "می‌توانید تا بر اصلاحی «Nilufar» (۱ متر عقب‌تر از مرز امروز) بسازید."
    )


def test_a_line_that_nothing_moved_is_todays_line() -> None:
    """A street that stays as wide as it is takes nothing."""
    lot = plot(shapely.box(0, -31, 10, -6), streets=[street(6.0, None)], neighbours=NEIGHBOURS)
    assert said(lot, "setback.street").en == "You may build up to the street line of “Nilufar”."


def test_the_depth_of_a_wedge_is_its_deepest() -> None:
    """The wall leans: 1 m is lost at one end of the front and 1.5 m at the other."""
    lot = plot(shapely.Polygon([(0, 0), (10, -0.5), (10, 25), (0, 25)]))
    assert round(strip_depth(lot, lot.edges[0]), 6) == 1.5


def test_at_a_corner_each_line_is_moved_by_its_own_street() -> None:
    """South 1 m, west 2 m; the corner that both take is no deeper for either."""
    west = shapely.LineString([(-3, -50), (-3, 60)])
    both = [street(), type(street())("S-2", "Laleh", west, None, 6.0, 10.0, "right_of_way", "local")]
    lot = plot(streets=both, neighbours=NEIGHBOURS[1:])
    depths = {edge.street.name: round(strip_depth(lot, edge), 6) for edge in lot.edges if edge.street}
    assert depths == {"Nilufar": 1.0, "Laleh": 2.0}
