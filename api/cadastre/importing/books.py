"""What the city's rule-book speaks of, against what the map has."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from psycopg2.extensions import cursor as PgCursor  # noqa: N812

from api.cadastre.importing import kinds, register
from api.cadastre.importing.profile import LoadedProfile
from api.cadastre.importing.refusals import ImportRefused


@dataclass(frozen=True)
class Book:
    """The zone codes and the kinds of overlays of a rule-book."""

    zones: Collection[str]
    overlay_kinds: Collection[str] = ()


Books = Mapping[str, Book]
"""The rule-books that there are, by name."""


def book_of(loaded: LoadedProfile, books: Books | None) -> Book | None:
    """The city's rule-book; None where it names none, or nobody knows the books."""
    name = loaded.profile.city.rulebook
    if name is None or books is None:
        return None
    if name not in books:
        there = ", ".join(sorted(books)) or "(none)"
        raise ImportRefused(
            "rulebook_unknown",
            f"There is no rule-book {name!r}; there are: {there}. A city that has no book yet leaves "
            "rulebook out.",
            where=f"{loaded.path.name}: city.rulebook",
            given=name,
        )
    return books[name]


def unmapped_overlays(cursor: PgCursor, book: Book | None) -> list[str]:
    """What to warn of: the kinds of overlays in the book that the map never had, of which nothing says that
    there are none."""
    if book is None or not book.overlay_kinds:
        return []
    cursor.execute("SELECT DISTINCT kind FROM cadastre.overlay")
    there = {kind for (kind,) in cursor.fetchall()}
    registered = register.in_force(cursor, "overlays", date.max)
    complete = {
        kind
        for kind, one in (registered.kinds if registered else {}).items()
        if one.area is not None and not one.area.is_empty
    }
    missing = sorted(set(book.overlay_kinds) - there - complete)
    if not missing or kinds.ALL in complete:
        return []
    told = (
        f"The rule-book speaks of overlays of which the map never had any: {', '.join(missing)}. Nobody has "
        "said of them that there are none. Import them; a city that has no overlays at all declares that "
        "(none = true)."
    )
    return [told]
