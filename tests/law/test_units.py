"""Units and their open land: the density table of Bandar Lengeh, class by class (domain 3.3)."""

from __future__ import annotations

import pytest
import shapely

from gis import assess, law_for
from tests.law.little_books import little_book
from tests.law.plots import DAY, house, plot, site, street

LOW = [("[100, 200]", 1.0, 0.6, 2, 2, 35, 8), ("(200, 300]", 1.2, 0.6, 3, 4, 30, 10)]
LOW_LARGE = ("(300, inf)", 1.5, 0.5, 4, None, 30, 18)
MEDIUM = [("[100, 200]", 1.2, 0.6, 2, 2, 30, 8), ("(200, 300]", 1.8, 0.6, 3, 4, 25, 12)]
MEDIUM_LARGE = ("(300, inf)", 2.5, 0.5, 5, None, 25, 20)


def _bands(rows, column):
    kept = [(row[0], row[column]) for row in rows if row[column] is not None]
    return "bands = [" + ", ".join(f'{{interval = "{i}", limit = {n}}}' for i, n in kept) + "]"


def _book(rows):
    """The table as a book: a limit in each column, by the area of the lot."""

    def law(measure, relation, unit, column, *, more="", where=""):
        return (
            f'measure = "{measure}"\nrelation = "{relation}"\nunit = "{unit}"\n{where}\n---\n'
            f'by = "lot_area"\n{_bands(rows, column)}\n{more}'
        )

    small = 'where.when = [{measure = "lot_area", interval = "[100, 300]"}]'
    return little_book(
        law("density", "at_most", "1", 1, more='base = "before"'),
        law("coverage", "at_most", "1", 2, more='base = "after"'),
        law("storeys", "at_most", "storeys", 3),
        law("units", "at_most", "units", 4, where=small),
        law("open_space_per_unit", "at_least", "m2", 5),
        law("street_width", "at_least", "m", 6),
    )


def _site(area: float, width: float):
    """A lot of so many square metres, 10 m wide or 20, on a street of so many metres."""
    wide = 20 if area > 300 else 10
    outline = shapely.box(0, 0, wide, area / wide)
    around = [shapely.box(-10, 0, 0, 99), shapely.box(wide, 0, wide + 10, 99)]
    around.append(shapely.box(0, area / wide, wide, 99))
    return site(plot(outline, streets=[street(width, None)], neighbours=around))


@pytest.mark.parametrize("rows", [[*LOW, LOW_LARGE], [*MEDIUM, MEDIUM_LARGE]], ids=["low", "medium"])
@pytest.mark.parametrize("area", [100, 200, 201, 300, 301, 500])
def test_the_table_holds_row_by_row_at_its_boundaries(rows, area) -> None:
    """Each band gives its own limits; above 300 m² no number of units is limited but by the open land."""
    row = rows[0] if area <= 200 else rows[1] if area <= 300 else rows[2]
    said = {item.to_dict()["provision"]: item for item in law_for(_site(area, row[6]), _book(rows), on=DAY)}
    named = zip(("density", "coverage", "storeys", "open_space_per_unit"), (1, 2, 3, 5), strict=True)
    for name, column in named:
        assert said[name].limit == pytest.approx(row[column]), name
    assert said["street_width"].verdict == "complies"
    if row[4] is None:
        assert said["units"].verdict == "not_applicable"
    else:
        assert said["units"].limit == row[4]


@pytest.mark.parametrize(("units", "verdict"), [(2, "complies"), (3, "violates")])
def test_one_unit_more_than_the_table_allows_violates(units, verdict) -> None:
    """A lot of 200 m² in the low class holds two units."""
    built = house(1, shapely.box(0, 9, 10, 20), units=units)
    report = assess(_site(200, 8), built, _book([*LOW, LOW_LARGE]), on=DAY)
    (found,) = (f for f in report.findings if f.provision == "units")
    assert (found.verdict, found.value, found.limit) == (verdict, units, 2)


@pytest.mark.parametrize(("depth", "verdict"), [(13.0, "complies"), (13.0001, "violates")])
def test_each_unit_has_its_open_land(depth, verdict) -> None:
    """200 m² less 130 m² of house leave exactly 35 m² for each of two units; 1 mm² less does not do."""
    built = house(2, shapely.box(0, 20 - depth, 10, 20), units=1)
    report = assess(_site(200, 8), built, _book([*LOW, LOW_LARGE]), on=DAY)
    (found,) = (f for f in report.findings if f.provision == "open_space_per_unit")
    assert (found.verdict, found.limit) == (verdict, 35)
    assert found.value == pytest.approx((200 - 10 * depth) / 2)
    (open_land,) = (e.geometry for e in found.evidence)
    assert open_land.area == pytest.approx(200 - 10 * depth)


def test_the_open_land_is_what_the_widening_leaves() -> None:
    """10 of 250 m² go to the street: 240 − 144 m² for two units are 48 m² each, whatever the deed says."""
    book = little_book('measure = "open_space_per_unit"\nrelation = "at_least"\nunit = "m2"\n---\nlimit = 48')
    (found,) = assess(site(), house(2, units=1), book, on=DAY).findings
    assert (found.verdict, found.value) == ("complies", pytest.approx(48))


def test_without_units_nobody_is_owed_open_land() -> None:
    """A building of shops without units has none to divide the land by."""
    book = little_book('measure = "open_space_per_unit"\nrelation = "at_least"\nunit = "m2"\n---\nlimit = 30')
    (found,) = assess(site(), house(1, use="commercial"), book, on=DAY).findings
    assert (found.verdict, found.text.en) == ("not_applicable", "The proposal has no unit.")


def test_what_the_widening_leaves_must_be_known() -> None:
    """While the streets are not read nobody can tell the open land."""
    book = little_book('measure = "open_space_per_unit"\nrelation = "at_least"\nunit = "m2"\n---\nlimit = 30')
    (found,) = assess(site(incomplete=["streets"]), house(1, units=1), book, on=DAY).findings
    assert (found.verdict, found.missing.name) == ("undecided", "streets")
