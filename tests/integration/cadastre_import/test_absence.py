"""A city says that there is nothing of a layer, and is believed within the area for which it says so."""

from datetime import date

import pytest
from sqlalchemy import create_engine

from api.cadastre.facts import facts_at
from api.cadastre.importing import ImportReport
from api.core.errors import ParvanehError
from tests.integration.cadastre_import.town import EAST, NORTH, Town, content, in_force, square, write

LOTS = {"A": square(0, 0), "B": square(9, 0)}
ROUND_A = [[EAST - 5, NORTH - 5], [EAST + 15, NORTH - 5], [EAST + 15, NORTH + 15], [EAST - 5, NORTH + 15]]
REGISTER = (
    "SELECT layer, source, ST_Area(complete_area) FROM cadastre.layer_register WHERE layer <> 'parcels'"
)


def none(town: Town, layer: str, complete: object = "extent", **more: object) -> Town:
    """One more declared absence in the profile."""
    town.layers.append({"name": layer, "none": True, "day": "2024-03-20", "complete": complete, **more})
    return town


def status(town: Town, key: str, layer: str, day: date = date(2024, 3, 20)) -> str:
    """What the facts of a parcel's site say of a layer."""
    opened = create_engine(town.settings.database_url)
    try:
        with opened.connect() as connection:
            found = [fact for fact in facts_at(connection, key, day).of("layer") if fact.key == layer]
    finally:
        opened.dispose()
    return str(found[0].properties["status"]) if found else "not_loaded"


def figures(report: ImportReport, layer: str) -> tuple[int, ...]:
    """The reconciliation of a layer: read, imported, repaired, rejected; and how many rows ended."""
    source = next(one for one in report.sources if one.layer == layer)
    state = next(one for one in report.states if one.layer == layer)
    return source.read, source.imported, source.repaired, source.rejected, state.ended


@pytest.mark.parametrize("layer", ["addresses", "buildings", "districts", "overlays", "streets", "zones"])
def test_a_declared_absence_is_complete_and_empty(town: Town, layer: str) -> None:
    """The register holds the declaration, the parcel's site knows the layer as complete, 0 = 0 + 0 + 0."""
    report = none(town.parcels(LOTS), layer).run()
    assert figures(report, layer) == (0, 0, 0, 0, 0)
    assert town.rows(REGISTER) == [(layer, "declared by the profile", 1000.0)]
    assert status(town, "A", layer) == "complete"


def test_it_holds_only_within_its_area(town: Town) -> None:
    """A parcel outside of the polygon is left as unknown as before."""
    none(town.parcels(LOTS), "overlays", ROUND_A).run()
    assert (status(town, "A", "overlays"), status(town, "B", "overlays")) == ("complete", "incomplete")
    assert status(town, "A", "streets") == "not_loaded"


def test_the_area_may_come_from_a_file(town: Town) -> None:
    """The polygons of the file together."""
    write(town.folder / "area.gpkg", [square(0, 0, 2, 2), square(2, 0, 2, 2)], {"id": [1, 2]})
    none(town.parcels(LOTS), "overlays", {"file": "area.gpkg"}).run()
    assert town.rows(REGISTER)[0][2] == 800.0


def test_the_same_declaration_twice_changes_nothing(town: Town) -> None:
    """The second import leaves every table as it was."""
    none(town.parcels(LOTS), "overlays").run()
    before = content(town.settings)
    assert not town.run().changed
    assert content(town.settings) == before


def test_what_was_there_ends_on_that_day(town: Town) -> None:
    """The flood way was in force until the day of the declaration, and is on record still."""
    write(town.folder / "flood.gpkg", [square(0, 0)], {"id": ["F"]})
    flood = {"columns": {"key": "id"}, "options": {"kind": "flood"}, "complete": "extent"}
    town.parcels(LOTS, day="2020-01-01").layer("overlays", "flood.gpkg", day="2020-01-01", **flood).run()
    report = none(town.again(), "overlays").run()
    assert figures(report, "overlays") == (0, 0, 0, 0, 1)
    assert in_force(town, "overlay", "2024-03-19") == ["F"]
    assert in_force(town, "overlay", "2024-03-20") == []
    assert status(town, "B", "overlays", date(2024, 3, 19)) == "incomplete"
    assert status(town, "B", "overlays") == "complete"


def test_a_later_file_begins_the_layer_again(town: Town) -> None:
    """From its own day on, with its own area; the years of nothing stay."""
    none(town.parcels(LOTS), "overlays").run()
    write(town.folder / "flood.gpkg", [square(0, 0)], {"id": ["F"]})
    flood = {"columns": {"key": "id"}, "options": {"kind": "flood"}}
    town.again().layer("overlays", "flood.gpkg", day="2025-01-01", **flood).run()
    assert status(town, "A", "overlays", date(2024, 12, 31)) == "complete"
    assert status(town, "A", "overlays", date(2025, 1, 1)) == "unknown"
    assert in_force(town, "overlay", "2025-01-01") == ["F"]


def test_a_declaration_before_the_newest_change_is_refused(town: Town) -> None:
    """It would end rows on a day on which they already had a history."""
    write(town.folder / "z.gpkg", [square(0, 0)], {"id": ["Z"], "code": ["R1"]})
    write(town.folder / "z2.gpkg", [square(0, 0)], {"id": ["Z"], "code": ["R2"]})
    columns = {"key": "id", "code": "code"}
    town.parcels(LOTS).layer("zones", "z.gpkg", day="2020-01-01", columns=columns)
    town.layer("zones", "z2.gpkg", day="2025-01-01", columns=columns).run()
    with pytest.raises(ParvanehError) as caught:
        none(town.again(), "zones", ROUND_A).run()
    assert caught.value.code == "day_earlier"


def test_the_box_around_no_parcels_is_refused(town: Town) -> None:
    """The message says what to give instead."""
    with pytest.raises(ParvanehError, match="give the polygon") as caught:
        none(town, "overlays").run()
    assert (caught.value.code, caught.value.where) == ("extent_unknown", "town.toml: layer[0].complete")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "parcels"}, "not for parcels"),
        ({"complete": "unknown"}, "complete is required"),
        ({"complete": "none"}, "complete is required"),
        ({"file": "x.gpkg"}, "file and none = true exclude each other"),
        ({"options": {"kind": "flood"}}, "options and none = true exclude each other"),
        ({"complete": [[0, 0], [1, 1]]}, "three or more corners"),
        ({"none": False}, "file is required"),
    ],
)
def test_a_declaration_that_cannot_be_meant(town: Town, given: dict[str, object], said: str) -> None:
    """Parcels, no area, a file beside it, a kind: each refused in the profile."""
    town.layers.append({"name": "overlays", "none": True, "day": "2024-03-20", "complete": "extent", **given})
    with pytest.raises(ParvanehError, match=said) as caught:
        town.run()
    assert caught.value.code == "profile_invalid"


def test_nothing_and_something_on_one_day_is_refused(town: Town) -> None:
    """Two sources of one layer and day that contradict each other."""
    town.layer("streets", "s.gpkg", columns={"key": "id"})
    with pytest.raises(ParvanehError, match="says otherwise"):
        none(town, "streets").run()
