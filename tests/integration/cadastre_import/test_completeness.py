"""The import says for how many of the parcels a layer is complete, and warns where that is few or none."""

import io

import numpy as np
import pytest
import shapely
from rich.console import Console
from shapely import Geometry, LineString

from api.cadastre.importing import ImportReport
from api.cadastre.importing.completeness import share_inside
from tests.integration.cadastre_import.town import EAST, NORTH, Town, square, write

LOTS = {name: square(column, 0) for column, name in enumerate("ABCD")}


def street(town: Town, axis: Geometry, complete: object = "extent") -> Town:
    """Four parcels and one street."""
    write(town.folder / "street.gpkg", [axis], {"id": ["S"]})
    return town.parcels(LOTS, complete="extent").layer(
        "streets", "street.gpkg", columns={"key": "id"}, complete=complete
    )


def line(*points: tuple[float, float]) -> LineString:
    """A street axis, in metres from the corner of the town."""
    return LineString([(EAST + x, NORTH + y) for x, y in points])


def share(report: ImportReport, layer: str = "streets") -> float | None:
    """The share of the parcels for which a layer is complete."""
    return next(one for one in report.states if one.layer == layer).complete_share


def test_the_box_of_a_straight_street_is_no_area(town: Town) -> None:
    """It is complete nowhere, and both the terminal and the report say why and what to do."""
    report = street(town, line((0, -3), (40, -3))).run()
    assert share(report) == 0
    (said,) = report.warnings
    assert said.startswith("streets 2024-03-20: ")
    assert "no area" in said
    assert "give a polygon" in said
    assert report.to_dict()["warnings"] == [said]
    out = io.StringIO()
    report.print(Console(file=out, width=80))
    assert f"Warning: {said}" in " ".join(out.getvalue().split())
    area = town.rows("SELECT ST_IsEmpty(complete_area) FROM cadastre.layer_register WHERE layer = 'streets'")
    assert area == [(True,)]


def test_points_in_one_line_are_no_area_either(town: Town) -> None:
    """Addresses along one street."""
    points = [shapely.Point(EAST + x, NORTH) for x in (0, 10, 20)]
    write(town.folder / "a.gpkg", points, {"id": [1, 2, 3], "text": ["a", "b", "c"]})
    columns = {"key": "id", "text": "text"}
    report = town.parcels(LOTS).layer("addresses", "a.gpkg", columns=columns, complete="extent").run()
    assert "no area" in report.warnings[0]


@pytest.mark.parametrize(
    ("reach", "inside", "warned"), [(40, 1.0, 0), (20, 0.5, 0), (19.9, 0.25, 1), (1, 0.0, 1)]
)
def test_the_share_of_the_parcels_is_said(town: Town, reach: float, inside: float, warned: int) -> None:
    """A parcel counts when it lies wholly inside, its own edge included; below half of them it is warned."""
    report = street(town, line((0, -3), (reach, 10))).run()
    assert share(report) == inside
    assert len(report.warnings) == warned
    state = next(one for one in report.states if one.layer == "streets")
    assert ("all parcels" if inside == 1 else f"{inside * 100:g} % of the parcels") in state.complete


def test_a_polygon_that_is_no_box_counts_by_itself(town: Town) -> None:
    """The box around this triangle holds all four parcels, the triangle two."""
    corners = [[EAST - 1, NORTH - 1], [EAST + 45, NORTH - 1], [EAST - 1, NORTH + 22]]
    report = street(town, line((0, -3), (40, 5)), corners).run()
    assert share(report) == 0.5


@pytest.mark.parametrize("said", ["unknown", "none"])
def test_what_was_left_open_or_meant_as_nowhere_is_not_warned(town: Town, said: str) -> None:
    """Nobody is told what they said themselves."""
    assert street(town, line((0, -3), (40, 5)), said).run().warnings == []


def test_a_later_layer_is_compared_with_the_parcels_in_force(town: Town) -> None:
    """The parcels came with an earlier import."""
    town.parcels(LOTS).run()
    write(town.folder / "z.gpkg", [square(0, 0)], {"id": ["Z"], "code": ["R1"]})
    columns = {"key": "id", "code": "code"}
    report = town.again().layer("zones", "z.gpkg", columns=columns, complete="extent").run()
    assert share(report, "zones") == 0.25


def test_without_parcels_nothing_is_compared(town: Town) -> None:
    """A city whose parcels come later."""
    write(town.folder / "z.gpkg", [square(0, 0)], {"id": ["Z"], "code": ["R1"]})
    report = town.layer("zones", "z.gpkg", columns={"key": "id", "code": "code"}, complete="extent").run()
    assert share(report, "zones") is None
    assert report.warnings == []


def test_an_area_put_together_from_parcels_holds_them() -> None:
    """A union of outlines that do not meet to the last bit misses none of them, as in the facts of a site."""
    east, north = EAST + 1 / 3, NORTH + 1 / 7
    lots = [shapely.box(east + 10 / 3 * k, north, east + 10 / 3 * (k + 1), north + 10 / 3) for k in range(30)]
    area = shapely.union_all(lots, grid_size=1e-6)
    assert share_inside(area, np.array(lots)) == 1
    lot = lots[10]
    assert share_inside(area, np.array([shapely.affinity.translate(lot, 0, 1e-4)])) == 0
