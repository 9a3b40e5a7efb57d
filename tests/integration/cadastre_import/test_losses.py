"""A full state that would empty its layer is refused, until the profile says that it is meant."""

import pytest

from api.cadastre.importing import ImportRefused
from tests.integration.cadastre_import.town import Town, content, in_force, square, write

OLD, NEW = "2024-03-20", "2024-03-21"
LOTS = {f"L{i:03}": square(i % 10, i // 10) for i in range(100)}


def _with_one_key(town: Town, same: int, day: str = NEW) -> Town:
    """A hundred lots of which the first `same` carry one key."""
    name = f"same_{same}.gpkg"
    keys = ["SO1" if i < same else key for i, key in enumerate(LOTS)]
    write(town.folder / name, list(LOTS.values()), {"nbident": keys})
    return town.layer("parcels", name, day=day, columns={"key": "nbident"})


def test_a_wrong_key_column_does_not_empty_the_city(town: Town) -> None:
    """One value in every row: nothing is written; the refusal says the numbers, the column, the switch."""
    town.parcels(LOTS, day=OLD).run()
    before = content(town.settings)
    with pytest.raises(ImportRefused) as refused:
        _with_one_key(town.again(), 100).run()
    said = str(refused.value)
    assert refused.value.code == "many_rejected"
    assert "99 of 100 rows" in said
    assert "'nbident' has 1 different values in 100 rows ('SO1' 100 times)" in said
    assert "may_reject_share = 1.0" in said
    assert content(town.settings) == before


def test_a_fifth_of_the_rows_may_be_rejected_and_no_more(town: Town) -> None:
    """20 of 100 rejected pass; 21 do not."""
    assert _with_one_key(town, 21, OLD).run().sources[0].rejected == 20
    with pytest.raises(ImportRefused, match="21 of 100 rows"):
        _with_one_key(town.again(), 22).run()


def test_nineteen_rejected_rows_are_never_too_many(town: Town) -> None:
    """Of a handful a few are soon a large share: 19 of 20 duplicates are rejected and told as before."""
    write(town.folder / "few.gpkg", list(LOTS.values())[:20], {"id": ["A"] * 20})
    report = town.layer("parcels", "few.gpkg", columns={"key": "id"}).run()
    assert report.sources[0].rejected == 19


def test_a_city_that_means_it_says_so(town: Town) -> None:
    """With both shares at one the same file is taken: what was in force ends."""
    town.parcels(LOTS, day=OLD).run()
    again = town.again()
    again.checks = {"may_reject_share": 1.0, "may_end_share": 1.0}
    report = _with_one_key(again, 100).run()
    assert (report.states[0].ended, report.states[0].in_force) == (100, 1)


def test_a_half_of_the_city_said_to_be_the_whole_is_refused(town: Town) -> None:
    """20 of 100 keys may be absent; 21 are refused with examples of keys, and stay in force."""
    town.parcels(LOTS, day=OLD).run()
    with pytest.raises(ImportRefused, match="21 of 100 parcels in force would end on 2024-03-21") as refused:
        town.again().parcels(dict(list(LOTS.items())[21:]), day=NEW).run()
    assert refused.value.code == "many_ended"
    assert "ending: 'L000', 'L001', 'L002'; in the file: 'L021'" in str(refused.value)
    assert len(in_force(town, "parcel", NEW)) == 100
    report = town.again().parcels(dict(list(LOTS.items())[20:]), day=NEW).run()
    assert report.states[0].ended == 20


def test_another_numbering_of_the_same_lots_is_no_loss(town: Town) -> None:
    """Every key ends and as many begin: that is a change of keys, told as lineage."""
    town.parcels(LOTS, day=OLD).run()
    report = town.again().parcels({f"N{key}": lot for key, lot in LOTS.items()}, day=NEW).run()
    assert (report.states[0].ended, report.states[0].added) == (100, 100)
    assert report.states[0].lineage == {"change": 100}


def test_a_part_ends_nothing_and_is_not_refused(town: Town) -> None:
    """A partial state of one lot leaves the other ninety-nine in force."""
    town.parcels(LOTS, day=OLD).run()
    report = town.again().parcels({"L000": square(20, 20)}, day=NEW, mode="partial").run()
    assert report.states[0].in_force == 100


def test_zones_may_be_cut_otherwise(town: Town) -> None:
    """A hundred zones by lot become one zone of the same ground: that is another drawing, not a loss."""
    write(town.folder / "lots.gpkg", list(LOTS.values()), {"id": list(LOTS)})
    write(town.folder / "one.gpkg", [square(0, 0, 10, 10)], {"id": ["Z"]})
    columns = {"key": "id", "code": "id"}
    town.layer("zones", "lots.gpkg", day=OLD, columns=columns)
    report = town.layer("zones", "one.gpkg", day=NEW, columns=columns).run()
    assert (report.states[1].ended, report.states[1].in_force) == (100, 1)
