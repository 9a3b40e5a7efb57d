"""Overlays of which the rule-book speaks and the map never had any are warned of, until the city says that
there are none."""

from pathlib import Path

import pytest

from api.cadastre.importing import ImportReport
from api.cadastre.importing.books import Book
from api.planning.map_books import MapBooks
from tests.integration.cadastre_import.test_absence import none
from tests.integration.cadastre_import.test_kinds import BOTH, JUNE, LOTS, kind, mixed
from tests.integration.cadastre_import.town import Town

BOOKS = Path(__file__).parents[3] / "data" / "rulebooks"


def missed(town: Town, *kinds: str) -> list[str]:
    """The kinds of which an import warns whose book speaks of these."""
    town.city = {"rulebook": "town_book"}
    return named(town.run(books={"town_book": Book((), kinds)}))


def named(report: ImportReport) -> list[str]:
    """The kinds that the one warning names; none without a warning."""
    (*told,) = (one for one in report.warnings if "rule-book" in one)
    assert len(told) <= 1
    return told[0].partition("never had any: ")[2].partition(". ")[0].split(", ") if told else []


def test_a_kind_that_the_map_never_had(town: Town) -> None:
    """The map has the flood ways, the book speaks of heritage and pipes too."""
    kind(town.parcels(LOTS), "flood", "unknown")
    assert missed(town, "flood", "pipes", "heritage") == ["heritage", "pipes"]


def test_a_city_without_any_overlays_layer(town: Town) -> None:
    """A layer that was never loaded says nothing either."""
    assert missed(town.parcels(LOTS), "flood") == ["flood"]


def test_a_declared_absence_is_an_answer(town: Town) -> None:
    """Whoever says that there are no overlays is not asked for them."""
    assert missed(none(town.parcels(LOTS), "overlays"), "flood") == []


@pytest.mark.parametrize(("complete", "warned"), [(BOTH, []), ("unknown", ["pipes"]), ("none", ["pipes"])])
def test_a_file_of_all_kinds(town: Town, complete: object, warned: list[str]) -> None:
    """Where a source of many kinds is complete a kind that it lacks is not there; else nobody knows."""
    assert missed(mixed(town.parcels(LOTS), ["flood"], complete, JUNE), "flood", "pipes") == warned


def test_what_an_earlier_import_brought_is_not_missing(town: Town) -> None:
    """The flood ways came once; an import of parcels alone does not ask for them again."""
    kind(town.parcels(LOTS), "flood", "unknown").run()
    assert missed(town.again().parcels(LOTS, day=JUNE), "flood") == []


def test_a_book_that_speaks_of_no_overlays(town: Town) -> None:
    """It misses none."""
    assert missed(town.parcels(LOTS)) == []


def test_the_kinds_are_those_of_the_book_that_the_city_names(town: Town) -> None:
    """The sample's book, read from its files, speaks of overlays that a town without any misses."""
    town.city = {"rulebook": "sample_city"}
    books = MapBooks(str(BOOKS))
    report = town.parcels(LOTS).run(books=books)
    assert "sample_city" in list(books)
    assert named(report) == sorted(books["sample_city"].overlay_kinds) != []
    assert "R121" in books["sample_city"].zones
