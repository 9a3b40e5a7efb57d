"""What a profile declares of a source and no column holds: street parcels, the grain of lines, no width."""

import pytest
import shapely

from api.cadastre.importing import ImportRefused
from tests.integration.cadastre_import.town import EAST, NORTH, Town, square, write


def lots(town: Town, **options: object) -> Town:
    """Three parcels of two kinds."""
    columns = {"id": ["A", "B", "C"], "kind": ["LOT", "ROAD", "90"]}
    write(town.folder / "lots.gpkg", [square(0, 0), square(1, 0), square(2, 0)], columns)
    return town.layer("parcels", "lots.gpkg", columns={"key": "id"}, keep=["kind"], options=options)


def test_street_parcels_are_named_by_their_source(town: Town) -> None:
    """Rows whose column holds one of the values carry the mark, the others do not."""
    lots(town, street_land={"column": "kind", "values": ["ROAD", "90"]}).run()
    found = town.rows("SELECT key, attributes ? '@street_land' FROM cadastre.parcel ORDER BY key")
    assert found == [("A", False), ("B", True), ("C", True)]


def test_naming_street_parcels_later_changes_only_them(town: Town) -> None:
    """The same file with the new declaration: one row ends and begins again."""
    lots(town).run()
    town.layers.clear()
    state = lots(town, street_land={"column": "kind", "values": ["ROAD"]}).run().states[0]
    assert (state.unchanged, state.changed, state.added) == (2, 1, 0)


def test_a_street_column_that_is_not_there_is_refused(town: Town) -> None:
    """The message names the place in the profile."""
    with pytest.raises(ImportRefused, match="nokind"):
        lots(town, street_land={"column": "nokind", "values": ["ROAD"]}).run()


def test_the_grain_of_boundaries_is_registered_and_follows_the_profile(town: Town) -> None:
    """The coarsest source counts; a new figure is a new entry of the register though no row changed."""
    lots(town, boundary_tolerance_m=1.2).run()
    asked = "SELECT declared ->> 'boundary_tolerance_m' FROM cadastre.layer_register ORDER BY id"
    assert town.rows(asked) == [("1.2",)]
    town.layers.clear()
    lots(town, boundary_tolerance_m=0.5).run()
    assert [row[0] for row in town.rows(asked)] == ["1.2", "0.5"]


@pytest.mark.parametrize("metres", [0, -1, 6])
def test_a_grain_that_is_none_is_refused(town: Town, metres: float) -> None:
    """No, a negative, or a grain wider than a lane would make neighbours of what lies across it."""
    with pytest.raises(ImportRefused, match="boundary_tolerance_m"):
        lots(town, boundary_tolerance_m=float(metres)).run()


def test_a_width_of_nothing_is_no_width(town: Town) -> None:
    """0 and less in a width column are not known, reported, and the street stands."""
    axis = shapely.LineString([(EAST, NORTH), (EAST + 50, NORTH)])
    write(town.folder / "axes.gpkg", [axis] * 3, {"id": ["A", "B", "C"], "w": [0.0, -3.0, 8.0]})
    columns = {"key": "id", "existing_width_m": "w"}
    report = town.layer("streets", "axes.gpkg", columns=columns, options={"width_kind": "carriageway"}).run()
    assert report.states[0].faults["value_refused"]["count"] == 2
    found = town.rows("SELECT key, existing_width_m, width_kind FROM cadastre.street ORDER BY key")
    assert found == [("A", None, None), ("B", None, None), ("C", 8.0, "carriageway")]
