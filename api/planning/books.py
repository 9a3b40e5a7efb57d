"""The rule-books in force: read from their folder, parsed once for each content."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from api.cadastre.facts import Around
from api.core.errors import Conflict, Unavailable
from gis import RuleBook
from gis.rulebook import BookRefused

PARTS = ("citations.toml", "plan.toml")


@dataclass(frozen=True)
class LoadedBook:
    """A parsed book with the texts it was parsed from."""

    book: RuleBook
    texts: tuple[tuple[str, str], ...]

    @property
    def sha256(self) -> bytes:
        """The identity of the book."""
        return bytes.fromhex(self.book.sha256)

    def summary(self) -> dict[str, object]:
        """The book on the wire, where only its identity is needed."""
        return {"id": self.book.id, "sha256": self.book.sha256, "sample": self.book.sample}


@lru_cache(maxsize=32)
def parsed(texts: tuple[tuple[str, str], ...]) -> LoadedBook:
    """The book of these texts; kept by content, so that a changed file is a new book and an old one stays."""
    named = dict(texts)
    return LoadedBook(RuleBook.parse(named["plan.toml"], named["citations.toml"]), texts)


@lru_cache(maxsize=32)
def _read(folder: Path, _stamps: tuple[tuple[int, int], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, (folder / name).read_text(encoding="utf-8")) for name in PARTS)


def asked_around(book: LoadedBook, on: date) -> Around:
    """What the law of a day asks around a parcel."""
    return Around(book.book.reaches(on), book.book.asks_terrain(on))


def folder_of(name: str, rulebooks: str) -> Path:
    """The folder of a book by its name."""
    return Path(rulebooks or str(files("data") / "rulebooks")) / name


def book_in_force(name: str | None, rulebooks: str) -> LoadedBook:
    """The book of a city, read again only when its files have changed.

    Raises `Conflict` where the city names no book (asking again will not help), `Unavailable` where the book
    is missing or has faults.
    """
    if name is None:
        raise Conflict("book_unnamed", "The city's profile names no rule-book; nothing can be judged.")
    folder = folder_of(name, rulebooks)
    try:
        stamps = []
        for part in PARTS:
            stat = (folder / part).stat()
            stamps.append((stat.st_mtime_ns, stat.st_size))
        return parsed(_read(folder, tuple(stamps)))
    except OSError as fault:
        raise Unavailable(
            "book_missing",
            f"The rule-book {name!r} of this city cannot be read: {fault.strerror}.",
            given=name,
        ) from fault
    except BookRefused as fault:
        raise Unavailable(
            "book_refused",
            f"The rule-book {name!r} has faults: {fault}",
            given=name,
            faults=len(fault.faults),
        ) from fault
