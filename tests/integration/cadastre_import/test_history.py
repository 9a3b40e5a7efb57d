"""Every feature has its days: what changed ends and begins anew, nothing is deleted, nothing happens
twice."""

from datetime import date

import pytest
import shapely

from api.cadastre.importing import ImportConflict
from tests.integration.cadastre_import.town import Town, content, in_force, square, write

LOTS = {"A": square(0, 0), "B": square(1, 0), "C": square(2, 0)}
OLD, NEW, LATER = "2024-03-20", "2025-03-21", "2026-03-21"


def test_the_same_file_twice_changes_nothing(town: Town) -> None:
    """A second import of the same profile leaves the database as it was, to the last row of the last
    table."""
    town.parcels(LOTS, complete="extent").run()
    before = content(town.settings)
    report = town.run()
    assert not report.changed
    assert report.import_id is None
    assert (report.states[0].unchanged, report.states[0].added, report.rows_written) == (3, 0, 0)
    assert content(town.settings) == before


def test_the_same_content_on_a_later_day_is_registered_only(town: Town) -> None:
    """A newer survey that found nothing new moves the day of the layer, not the features."""
    town.parcels(LOTS, day=OLD).run()
    report = town.again().parcels(LOTS, day=NEW).run()
    assert (report.states[0].unchanged, report.rows_written, report.changed) == (3, 0, True)
    assert town.rows("SELECT DISTINCT valid_from FROM cadastre.parcel") == [(date(2024, 3, 20),)]
    assert town.rows("SELECT day, valid_to FROM cadastre.layer_register ORDER BY id") == [
        (date(2024, 3, 20), date(2025, 3, 21)),
        (date(2025, 3, 21), None),
    ]


def test_a_changed_file_ends_and_adds_rows(town: Town) -> None:
    """B is larger, C is gone, D is new: B has two rows, C ends, and the map of the old day is as it was."""
    first = town.parcels(LOTS, day=OLD).run()
    lots = {"A": square(0, 0), "B": square(1, 0, 1, 2), "D": square(5, 5)}
    second = town.again().parcels(lots, day=NEW).run()
    state = second.states[0]
    assert (state.unchanged, state.added, state.changed, state.ended) == (1, 1, 1, 1)
    assert in_force(town, "parcel", "2025-03-20") == ["A", "B", "C"]
    assert in_force(town, "parcel", NEW) == ["A", "B", "D"]
    assert in_force(town, "parcel", "2024-03-19") == []
    rows = town.rows("SELECT valid_from, valid_to, area_m2, import_id, ended_import_id FROM cadastre.parcel "
                     "WHERE key = 'B' ORDER BY id")  # fmt: skip
    assert rows == [
        (date(2024, 3, 20), date(2025, 3, 21), 100.0, first.import_id, second.import_id),
        (date(2025, 3, 21), None, 200.0, second.import_id, None),
    ]


def test_a_changed_column_is_a_changed_feature(town: Town) -> None:
    """The shape is the same, the registered area is not: the row ends and a new one begins."""
    for day, area in ((OLD, 100.0), (NEW, 101.0)):
        write(town.folder / f"{day}.gpkg", [square(0, 0)], {"id": ["A"], "a": [area]})
        columns = {"key": "id", "registered_area_m2": "a"}
        report = town.again().layer("parcels", f"{day}.gpkg", day=day, columns=columns).run()
    assert report.states[0].changed == 1
    assert in_force(town, "parcel", OLD, "registered_area_m2") == [100.0]
    assert in_force(town, "parcel", NEW, "registered_area_m2") == [101.0]


def test_a_partial_file_leaves_what_it_does_not_name(town: Town) -> None:
    """Absent keys stay in force; what was complete stays complete."""
    town.parcels(LOTS, day=OLD, complete="extent").run()
    report = town.again().parcels({"B": square(1, 0, 1, 2)}, day=NEW, mode="partial").run()
    assert (report.states[0].changed, report.states[0].ended, report.states[0].in_force) == (1, 0, 3)
    assert town.rows("SELECT ST_Area(complete_area) FROM cadastre.layer_register WHERE valid_to IS NULL") == [
        (300.0,)
    ]


def test_a_correction_of_the_same_day(town: Town) -> None:
    """The wrong row ends on the day on which it began: it was in force on no day, and stays on record."""
    town.parcels(LOTS, day=OLD).run()
    town.again().parcels({**LOTS, "B": square(1, 0, 1, 2)}, day=OLD).run()
    assert in_force(town, "parcel", OLD, "area_m2") == [100.0, 100.0, 200.0]
    assert town.rows("SELECT valid_from = valid_to FROM cadastre.parcel WHERE key = 'B' ORDER BY id") == [
        (True,),
        (None,),
    ]


def test_three_days_in_one_profile_in_any_order(town: Town) -> None:
    """States are imported by their days, whatever their order; all three days can be asked, and again nothing
    changes."""
    for day, code in ((LATER, "R3"), (OLD, "R1"), (NEW, "R2")):
        write(town.folder / f"z{day}.gpkg", [square(0, 0, 5, 5)], {"id": ["Z"], "zone": [code]})
        town.layer("zones", f"z{day}.gpkg", day=day, columns={"key": "id", "code": "zone"})
    town.run()
    assert [in_force(town, "zone", day, "code") for day in (OLD, NEW, LATER)] == [["R1"], ["R2"], ["R3"]]
    assert not town.run().changed


def test_an_older_state_that_is_already_there(town: Town) -> None:
    """Yesterday's profile is no change; yesterday's profile with other content is refused."""
    town.parcels(LOTS, day=OLD).run()
    town.again().parcels({"A": square(0, 0)}, day=NEW).run()
    assert not town.again().parcels(LOTS, day=OLD).run().changed
    with pytest.raises(ImportConflict) as caught:
        town.again().parcels({**LOTS, "D": square(9, 9)}, day=OLD).run()
    assert caught.value.code == "day_earlier"


def test_two_files_of_one_day_are_one_state(town: Town) -> None:
    """The north and the south of one layer, of the same day, do not end each other."""
    town.parcels({"A": square(0, 0)}, complete="extent").parcels({"B": square(1, 0)}, complete="extent").run()
    assert in_force(town, "parcel", OLD) == ["A", "B"]
    assert town.rows("SELECT ST_Area(complete_area) FROM cadastre.layer_register") == [(200.0,)]


def test_overlays_of_other_kinds_stay(town: Town) -> None:
    """A new flood map ends the old one, not the easements; the layer is complete where each of its
    kinds is."""

    def overlay(town: Town, kind: str, key: str, day: str, complete: str) -> Town:
        write(town.folder / f"{kind}{day}.gpkg", [square(0, 0, 2, 1)], {"id": [key]})
        return town.layer("overlays", f"{kind}{day}.gpkg", day=day, columns={"key": "id"}, complete=complete,
                          options={"kind": kind})  # fmt: skip

    overlay(overlay(town, "flood", "F1", OLD, "extent"), "easement", "E1", OLD, "unknown").run()
    overlay(town.again(), "flood", "F2", NEW, "extent").run()
    assert in_force(town, "overlay", NEW) == ["E1", "F2"]
    assert town.rows("SELECT complete_area IS NULL FROM cadastre.layer_register WHERE valid_to IS NULL") == [
        (True,)
    ]


@pytest.mark.parametrize(
    ("complete", "area"),
    [
        ("unknown", None),
        ("none", 0.0),
        ("extent", 300.0),
        ([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]], 100.0),
    ],
)
def test_where_a_layer_is_complete(town: Town, complete: object, area: float | None) -> None:
    """The register holds what the profile declares, unknown by default."""
    town.parcels(LOTS, complete=complete).run()
    assert town.rows("SELECT layer, source, day, ST_Area(complete_area) FROM cadastre.layer_register") == [
        ("parcels", f"parcels_0_{OLD}.gpkg", date(2024, 3, 20), area)
    ]


def test_the_complete_area_from_a_file(town: Town) -> None:
    """Polygons of a file, in whatever system it is in."""
    write(town.folder / "area.gpkg", [square(0, 0, 3, 3), square(3, 0, 1, 3)], {"id": ["a", "b"]})
    town.parcels(LOTS, complete={"file": "area.gpkg"}).run()
    assert town.rows("SELECT ST_Area(complete_area) FROM cadastre.layer_register") == [(1200.0,)]


def lineage(town: Town) -> list[tuple[str, str, str, float | None]]:
    """The lineage on record."""
    found = town.rows("SELECT old_key, new_key, kind, share FROM cadastre.lineage ORDER BY old_key, new_key")
    return [(old, new, kind, share) for old, new, kind, share in found]


def test_a_subdivision(town: Town) -> None:
    """A lot of 200 m² becomes two; each holds its share of it."""
    town.parcels({"A": square(0, 0, 4, 1), "X": square(9, 9)}, day=OLD).run()
    lots = {"A1": square(0, 0), "A2": square(1, 0, 3, 1), "X": square(9, 9)}
    assert town.again().parcels(lots, day=NEW).run().states[0].lineage == {"subdivision": 2}
    assert lineage(town) == [("A", "A1", "subdivision", 0.25), ("A", "A2", "subdivision", 0.75)]


def test_a_part_is_cut_off(town: Town) -> None:
    """The old lot keeps its key and loses a part: the part descends from it by subdivision."""
    town.parcels({"A": square(0, 0, 2, 1)}, day=OLD).run()
    town.again().parcels({"A": square(0, 0), "B": square(1, 0)}, day=NEW).run()
    assert lineage(town) == [("A", "B", "subdivision", 0.5)]


def test_a_merge(town: Town) -> None:
    """Two lots become one."""
    town.parcels({"A": square(0, 0), "B": square(1, 0)}, day=OLD).run()
    town.again().parcels({"M": square(0, 0, 2, 1)}, day=NEW).run()
    assert lineage(town) == [("A", "M", "merge", 1.0), ("B", "M", "merge", 1.0)]


def test_a_change_of_key(town: Town) -> None:
    """The same land under another key."""
    town.parcels({"A": square(0, 0)}, day=OLD).run()
    town.again().parcels({"A-bis": square(0, 0)}, day=NEW).run()
    assert lineage(town) == [("A", "A-bis", "change", 1.0)]


def test_a_neighbour_that_only_touches_is_no_descendant(town: Town) -> None:
    """A new lot beside one that ended shares no land with it."""
    town.parcels({"A": square(0, 0), "B": square(5, 0)}, day=OLD).run()
    town.again().parcels({"B": square(5, 0), "N": square(1, 0)}, day=NEW).run()
    assert lineage(town) == []


def test_declared_parents_count_before_the_overlap(town: Town) -> None:
    """What the source says of a parcel's parents stands, also where the shapes say less."""
    town.parcels({"A": square(0, 0), "B": square(1, 0)}, day=OLD).run()
    write(town.folder / "new.gpkg", [square(0, 0, 2, 1)], {"id": ["M"], "from": ["A; B"]})
    columns = {"key": "id", "parent_key": "from"}
    town.again().layer("parcels", "new.gpkg", day=NEW, columns=columns).run()
    assert lineage(town) == [("A", "M", "merge", 1.0), ("B", "M", "merge", 1.0)]


def test_shapes_as_keys(town: Town) -> None:
    """Without an identifier the shape is the key: unchanged shapes stay, a moved one is a new feature."""
    for day, shift in ((OLD, 0), (NEW, 1)):
        lines = [
            shapely.LineString([(560_000, 3_800_000 + y), (560_100, 3_800_000 + y)]) for y in (0, 10 + shift)
        ]
        write(town.folder / f"{day}.gpkg", lines, {"note": ["", ""]})
        report = town.again().layer("streets", f"{day}.gpkg", day=day, columns={"key": "@geometry"}).run()
    assert (report.states[0].unchanged, report.states[0].added, report.states[0].ended) == (1, 1, 1)


def test_a_renamed_city_is_renamed(town: Town) -> None:
    """The city's particulars follow the profile, without touching the map."""
    town.parcels(LOTS).run()
    town.city = {"name": {"fa": "شهر نو", "en": "New town"}, "sample": True}
    report = town.run()
    assert report.changed
    assert report.rows_written == 0
    assert town.rows("SELECT name_fa, is_sample FROM cadastre.city") == [("شهر نو", True)]


def test_tiles_are_forgotten_when_the_map_changes(town: Town) -> None:
    """The tile cache is emptied by a change and kept by none."""
    from sqlalchemy import create_engine, text

    town.parcels(LOTS).run()
    opened = create_engine(town.settings.database_url)
    with opened.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO cadastre.tile_cache (layer, z, x, y, etag, body) VALUES "
                "('parcels', 1, 1, 1, 'e', '')"
            )
        )
    opened.dispose()
    town.run()
    assert town.rows("SELECT count(*) FROM cadastre.tile_cache") == [(1,)]
    town.again().parcels({"A": square(0, 0)}, day=NEW).run()
    assert town.rows("SELECT count(*) FROM cadastre.tile_cache") == [(0,)]
