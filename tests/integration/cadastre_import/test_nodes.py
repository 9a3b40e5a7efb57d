"""The node tree comes in as a table: every node under its parent, no code ever used twice."""

from pathlib import Path

from tests.integration.cadastre_import.town import Town, in_force, square

HEAD = "code,parent,kind,parcel,use,floor,area\n"
COLUMNS = {
    "code": "code", "parent_code": "parent", "kind": "kind", "parcel_key": "parcel", "use": "use",
    "floor": "floor", "area_m2": "area",
}  # fmt: skip
LAND = "1-1-1-1,,land,A,,,250\n"
HOUSE = "1-1-1-1-1,1-1-1-1,building,A,residential,,400\n"
FLAT = "1-1-1-1-1-1,1-1-1-1-1,apartment,A,residential,-1,80.5\n"
SHOP = "۱-۱-۱-۱-۱-۰-۱,1-1-1-1-1,trade_unit,A,commercial,0,30\n"


def nodes(town: Town, body: str, day: str = "2024-03-20", **more: object) -> Town:
    """A state of the nodes."""
    path: Path = town.folder / f"nodes_{day}.csv"
    path.write_text(HEAD + body, encoding="utf-8")
    return town.layer("nodes", path.name, day=day, columns=COLUMNS, **more)


def test_the_tree_comes_in(town: Town) -> None:
    """Land, building, apartment and trade unit with their seven numbers and their parents."""
    town.parcels({"A": square(0, 0)})
    report = nodes(town, LAND + HOUSE + FLAT + SHOP).run()
    assert report.sources[1].imported == 4
    found = town.rows(
        "SELECT code, parent_code, kind, district, apartment, shop, floor, area_m2 FROM "
        "cadastre.node ORDER BY code"
    )
    assert found == [
        ("1-1-1-1-0-0-0", None, "land", 1, 0, 0, None, 250.0),
        ("1-1-1-1-1-0-0", "1-1-1-1-0-0-0", "building", 1, 0, 0, None, 400.0),
        ("1-1-1-1-1-0-1", "1-1-1-1-1-0-0", "trade_unit", 1, 0, 1, 0, 30.0),
        ("1-1-1-1-1-1-0", "1-1-1-1-1-0-0", "apartment", 1, 1, 0, -1, 80.5),
    ]
    assert not town.run().changed


def test_a_node_without_its_parent_is_rejected_with_all_below_it(town: Town) -> None:
    """The building's land is missing: the building, its apartment and its shop have no place."""
    report = nodes(town, "2-1-1-1,,land,B,,,90\n" + HOUSE + FLAT + SHOP).run()
    assert report.sources[0].reasons == {"parent_missing": 3}
    assert in_force(town, "node", "2024-03-20", "code") == ["2-1-1-1-0-0-0"]


def test_a_code_that_cannot_be_read_and_an_unknown_kind(town: Town) -> None:
    """Eight numbers are no code, a garage is no kind; the message says so."""
    report = nodes(town, LAND + "1-1-1-1-1-1-1-1,,land,A,,,\n" + "1-1-1-2,,garage,A,,,\n").run()
    assert report.sources[0].reasons == {"code_invalid": 1, "value_invalid": 1}
    reasons = [row[0] for row in town.rows("SELECT reason FROM cadastre.import_reject ORDER BY source_row")]
    assert "'1-1-1-1-1-1-1-1'" in reasons[0]
    assert "land, building, apartment, trade_unit" in reasons[1]


def test_a_code_is_never_used_again(town: Town) -> None:
    """The shop's code ended; when it comes back it is rejected, on any later day."""
    nodes(town, LAND + HOUSE + SHOP).run()
    nodes(town.again(), LAND + HOUSE, "2025-03-21").run()
    report = nodes(town.again(), LAND + HOUSE + SHOP, "2026-03-21").run()
    assert report.sources[0].reasons == {"code_reused": 1}
    assert in_force(town, "node", "2026-03-21", "code") == ["1-1-1-1-0-0-0", "1-1-1-1-1-0-0"]


def test_a_node_that_changes_keeps_its_code(town: Town) -> None:
    """A conversion of use ends the row and begins a new one under the same code."""
    nodes(town, LAND + HOUSE + SHOP).run()
    report = nodes(town.again(), LAND + HOUSE + SHOP.replace("commercial", "office"), "2025-03-21").run()
    assert (report.states[0].changed, report.sources[0].rejected) == (1, 0)


def test_a_partial_file_may_rest_on_what_is_in_force(town: Town) -> None:
    """A new apartment in a building that is in the database already."""
    nodes(town, LAND + HOUSE).run()
    report = nodes(town.again(), FLAT, "2025-03-21", mode="partial").run()
    assert (report.sources[0].imported, report.states[0].in_force) == (1, 3)


def test_a_parcel_that_is_not_on_the_map_is_told(town: Town) -> None:
    """The node stands, the fault names the parcel that is missing."""
    town.parcels({"B": square(0, 0)})
    report = nodes(town, LAND).run()
    assert report.faults["unknown_parcel"]["greatest"] == [{"key_a": "1-1-1-1-0-0-0", "parcel": "A"}]
