"""A parcel is found by the addresses that lie on it or name it, on each day by those of that day."""

from datetime import date
from typing import Any

import shapely
from sqlalchemy import create_engine

from api.cadastre.search import find
from tests.integration.cadastre_import.town import EAST, NORTH, Town, content, square, write

LOTS = {"A": square(0, 0), "B": square(1, 0), "C": square(2, 0)}
OLD, NEW = "2024-03-20", "2025-03-21"


def _found(town: Town, question: str, day: str = NEW) -> list[tuple[str, Any]]:
    """Keys and shown addresses of the parcels that answer a question on a day."""
    opened = create_engine(town.settings.database_url)
    try:
        with opened.connect() as connection:
            items = find(connection, question, date.fromisoformat(day), 10).items
    finally:
        opened.dispose()
    return [(item["key"], item["address"]) for item in items]


def _addresses(town: Town, given: dict[str, tuple[float, str | None]], day: str = OLD, **more: Any) -> Town:
    """Addresses by their text: metres east on the row of lots, and the parcel that they name."""
    name = f"addresses_{day}.gpkg"
    points = [shapely.Point(EAST + east, NORTH + 5) for east, _ in given.values()]
    write(town.folder / name, points, {"id": list(given), "parcel": [p for _, p in given.values()]})
    return town.layer("addresses", name, day=day, columns={"key": "id", "text": "id", **more})


def test_addresses_are_found_by_place(town: Town) -> None:
    """Two points on A: the first is shown, both find it; a point beside all lots finds none."""
    _addresses(town.parcels(LOTS), {"Rose 9": (5, None), "Lily 4": (6, None), "Tulip 2": (95, None)}).run()
    assert _found(town, "Rose 9") == _found(town, "lily 4") == [("A", "Lily 4")]
    assert _found(town, "Tulip 2") == []


def test_of_several_addresses_the_one_asked_for_counts(town: Town) -> None:
    """B has three addresses, one of just the words asked; A, the first in the table, has a longer one."""
    given = {"Rose Lane 9": (5, None), "Rose 9": (15, None), "Lily Court 4": (16, None), "Oak 1": (17, None)}
    _addresses(town.parcels(LOTS), given).run()
    assert [key for key, _ in _found(town, "rose 9")] == ["B", "A"]


def test_a_named_parcel_goes_before_the_place(town: Town) -> None:
    """An address that lies on A and names B is B's."""
    _addresses(town.parcels(LOTS), {"Rose 9": (5, "B")}, parcel_key="parcel").run()
    assert _found(town, "Rose 9") == [("B", "Rose 9")]


def test_the_same_import_twice_changes_nothing(town: Town) -> None:
    """The addresses that parcels were given are no difference to their source."""
    _addresses(town.parcels(LOTS), {"Rose 9": (5, None)}).run()
    before = content(town.settings)
    assert not town.run().changed
    assert content(town.settings) == before


def test_another_address_begins_on_its_day(town: Town) -> None:
    """A is Rose 9 and from the next year on Lily 4; B, which lost none and got none, has its one row."""
    _addresses(town.parcels(LOTS), {"Rose 9": (5, None)}).run()
    _addresses(town.again(), {"Lily 4": (5, None)}, day=NEW).run()
    assert (_found(town, "Rose 9", OLD), _found(town, "Rose 9")) == ([("A", "Rose 9")], [])
    assert (_found(town, "Lily 4", OLD), _found(town, "Lily 4")) == ([], [("A", "Lily 4")])
    assert town.rows("SELECT key, count(*) FROM cadastre.parcel GROUP BY 1 ORDER BY 1") == [
        ("A", 2), ("B", 1), ("C", 1),
    ]  # fmt: skip
    assert not _addresses(town.again(), {"Lily 4": (5, None)}, day=NEW).run().changed
    assert not town.again().parcels(LOTS).run().changed


def test_a_parcel_keeps_the_address_of_its_source(town: Town) -> None:
    """An address on the parcel's own row is not replaced by that of a point."""
    write(town.folder / "lots.gpkg", [square(0, 0)], {"id": ["A"], "where": ["Oak 1"]})
    town.layer("parcels", "lots.gpkg", columns={"key": "id", "address": "where"})
    _addresses(town, {"Rose 9": (5, None)}).run()
    assert _found(town, "Oak 1") == [("A", "Oak 1")]
