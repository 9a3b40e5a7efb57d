"""Where overlays are complete is kept for each kind apart, through later states of other kinds."""

from datetime import date

import pytest

from api.cadastre.importing import ImportConflict, ImportReport
from tests.integration.cadastre_import.test_absence import none, status
from tests.integration.cadastre_import.town import EAST, NORTH, Town, square, write

LOTS = {"W": square(0, 0), "E": square(9, 0)}
WEST = [[EAST - 5, NORTH - 5], [EAST + 15, NORTH - 5], [EAST + 15, NORTH + 15], [EAST - 5, NORTH + 15]]
EAST_HALF = [
    [EAST + 85, NORTH - 5],
    [EAST + 105, NORTH - 5],
    [EAST + 105, NORTH + 15],
    [EAST + 85, NORTH + 15],
]
BOTH = [[EAST - 5, NORTH - 5], [EAST + 105, NORTH - 5], [EAST + 105, NORTH + 15], [EAST - 5, NORTH + 15]]
SPRING, JUNE, JULY = "2024-03-20", "2024-06-01", "2024-07-01"


def kind(
    town: Town, name: str, complete: object, day: str = SPRING, size: float = 1.0, **more: object
) -> Town:
    """One source of one kind of overlays, far from the lots."""
    file = f"{name}_{len(town.layers)}_{day}.gpkg"
    write(town.folder / file, [square(50, 50, size, size)], {"id": [f"{name}-1"]})
    return town.layer(
        "overlays", file, day=day, columns={"key": "id"}, options={"kind": name}, complete=complete, **more
    )


def mixed(town: Town, kinds: list[str], complete: object, day: str, **more: object) -> Town:
    """One source with a column of kinds."""
    file = f"mixed_{day}.gpkg"
    shapes = [square(50 + n, 60) for n in range(len(kinds))]
    write(town.folder / file, shapes, {"id": [f"m-{one}" for one in kinds], "what": kinds})
    columns = {"key": "id", "kind": "what"}
    return town.layer("overlays", file, day=day, columns=columns, complete=complete, **more)


def here(town: Town, day: str) -> tuple[str, str]:
    """What the sites of the lot in the west and of that in the east know of the overlays."""
    on = date.fromisoformat(day)
    return status(town, "W", "overlays", on), status(town, "E", "overlays", on)


def told(report: ImportReport) -> dict[str, str]:
    """What the last state of overlays says of its kinds."""
    return [one for one in report.states if one.layer == "overlays"][-1].complete_kinds


def test_a_kind_that_was_not_in_the_last_import_is_not_forgotten(town: Town) -> None:
    """Flood ways known in the west only; twice a heritage map of the whole city: the east stays open."""
    kind(town.parcels(LOTS), "flood", WEST).run()
    kind(town.again(), "heritage", BOTH, JUNE).run()
    assert here(town, JUNE) == ("complete", "incomplete")
    report = kind(town.again(), "heritage", BOTH, JULY, size=2.0).run()
    assert here(town, JULY) == ("complete", "incomplete")
    assert told(report) == {"flood": "0.0004 km²", "heritage": "0.0022 km²"}


def test_what_was_declared_of_every_kind_holds_for_the_others(town: Town) -> None:
    """Nothing of any kind in the west; a flood map of the whole city speaks for flood ways alone."""
    none(town.parcels(LOTS), "overlays", WEST).run()
    report = kind(town.again(), "flood", BOTH, JUNE).run()
    assert here(town, JUNE) == ("complete", "incomplete")
    assert told(report) == {"*": "0.0004 km²", "flood": "0.0022 km²"}


def test_an_earlier_day_that_later_ones_would_not_hear_of_is_refused(town: Town) -> None:
    """Heritage is complete nowhere from February on: the entry of March would not know of it."""
    kind(town.parcels(LOTS, day="2024-01-01"), "flood", BOTH).run()
    with pytest.raises(ImportConflict, match="2024-03-20 or a later day") as caught:
        kind(town.again(), "heritage", "none", "2024-02-01").run()
    assert (caught.value.code, caught.value.where) == ("day_earlier", "town.toml: layer[0].day")
    with pytest.raises(ImportConflict, match="2024-03-20 or a later day"):
        none(town.again(), "overlays", WEST, day="2024-02-01").run()
    assert here(town, SPRING) == ("complete", "complete")
    kind(town.again(), "heritage", "none").run()
    assert here(town, SPRING) == ("incomplete", "incomplete")


def test_a_state_replaces_what_was_said_of_its_own_kind(town: Town) -> None:
    """The flood map is extended to the whole city, then taken back."""
    kind(kind(town.parcels(LOTS), "flood", WEST), "heritage", BOTH).run()
    assert here(town, SPRING) == ("complete", "incomplete")
    kind(town.again(), "flood", BOTH, JUNE).run()
    assert here(town, JUNE) == ("complete", "complete")
    kind(town.again(), "flood", "unknown", JULY).run()
    assert here(town, JULY) == ("unknown", "unknown")


def test_a_declared_absence_replaces_all(town: Town) -> None:
    """There is nothing of any kind in the whole city any more."""
    kind(kind(town.parcels(LOTS), "flood", WEST), "heritage", "none").run()
    assert here(town, SPRING) == ("incomplete", "incomplete")
    report = none(town.again(), "overlays", BOTH, day=JUNE).run()
    assert here(town, JUNE) == ("complete", "complete")
    assert told(report) == {"*": "0.0022 km²"}


def test_a_source_with_a_column_of_kinds_speaks_for_those_that_it_brings(town: Town) -> None:
    """It takes the flood ways to itself; of the heritage, which it does not bring, the west stays known."""
    kind(kind(town.parcels(LOTS), "flood", WEST), "heritage", BOTH).run()
    mixed(town.again(), ["flood", "easement"], BOTH, JUNE).run()
    assert here(town, JUNE) == ("complete", "complete")
    kind(town.again(), "heritage", WEST, JULY).run()
    mixed(town.again(), ["flood"], BOTH, "2024-08-01").run()
    assert here(town, "2024-08-01") == ("complete", "incomplete")


def test_a_partial_state_adds_its_area_to_its_own_kind(town: Town) -> None:
    """The east of the flood map comes later and leaves the west."""
    kind(kind(town.parcels(LOTS), "flood", WEST), "heritage", BOTH).run()
    kind(town.again(), "flood", EAST_HALF, JUNE, mode="partial").run()
    assert here(town, JUNE) == ("complete", "complete")
    mixed(town.again(), ["easement"], EAST_HALF, JULY, mode="partial").run()
    assert here(town, JULY) == ("incomplete", "complete")


def test_two_halves_of_one_kind_add_up(town: Town) -> None:
    """Two files of one day and one kind; of the other kind only the west is known."""
    kind(kind(town.parcels(LOTS), "flood", WEST), "flood_east", EAST_HALF)
    town.layers[-1]["options"] = {"kind": "flood"}
    town.run()
    assert here(town, SPRING) == ("complete", "complete")
    kind(town.again(), "heritage", WEST, JUNE).run()
    assert here(town, JUNE) == ("complete", "incomplete")


def test_the_same_file_again_is_no_change_whatever_kind_came_last(town: Town) -> None:
    """On one day or on two, the first file and the last."""
    first = kind(town.parcels(LOTS), "flood", WEST)
    first.run()
    second = kind(kind(town.again(), "heritage", BOTH), "easement", BOTH, JUNE)
    second.run()
    register = town.rows("SELECT id, valid_from, valid_to FROM cadastre.layer_register ORDER BY id")
    assert not first.run().changed
    assert not second.run().changed
    assert town.rows("SELECT id, valid_from, valid_to FROM cadastre.layer_register ORDER BY id") == register
    assert here(town, JUNE) == ("complete", "incomplete")


def test_a_partial_state_again_is_no_change(town: Town) -> None:
    """Its area was added once."""
    kind(town.parcels(LOTS), "flood", WEST).run()
    second = kind(town.again(), "flood", EAST_HALF, JUNE, mode="partial")
    assert second.run().changed
    assert not second.run().changed
