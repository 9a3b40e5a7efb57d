"""What the rule-books that there are speak of, for whoever checks a map against them."""

from collections.abc import Iterator, Mapping

from api.cadastre.importing.books import Book
from api.planning.books import PARTS, book_in_force, folder_of


class MapBooks(Mapping[str, Book]):
    """By the name of a book the codes of its zones, with and without law, and the kinds of overlays of which
    it has ever spoken; a book is read when asked for.

    Asking raises `Unavailable` for a book that has faults.
    """

    def __init__(self, rulebooks: str) -> None:
        self._rulebooks = rulebooks

    def __getitem__(self, name: str) -> Book:
        if name not in self:
            raise KeyError(name)
        book = book_in_force(name, self._rulebooks).book
        kinds = {kind for provision in book.provisions for kind in provision.where.overlay}
        return Book(frozenset({*book.zones, *book.zones_without_law}), frozenset(kinds))

    def __contains__(self, name: object) -> bool:
        return name in list(self)

    def __iter__(self) -> Iterator[str]:
        folder = folder_of("", self._rulebooks)
        if not folder.is_dir():
            return
        for one in sorted(folder.iterdir()):
            if all((one / part).is_file() for part in PARTS):
                yield one.name

    def __len__(self) -> int:
        return sum(1 for _ in self)
