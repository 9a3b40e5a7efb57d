"""The zone codes of the rule-books that there are, for whoever checks a map against them."""

from collections.abc import Iterator, Mapping

from api.planning.books import PARTS, book_in_force, folder_of


class BookZones(Mapping[str, tuple[str, ...]]):
    """By the name of a book the codes of its zones, with and without law; a book is read when asked for.

    Asking raises `Unavailable` for a book that has faults.
    """

    def __init__(self, rulebooks: str) -> None:
        self._rulebooks = rulebooks

    def __getitem__(self, name: str) -> tuple[str, ...]:
        if name not in self:
            raise KeyError(name)
        book = book_in_force(name, self._rulebooks).book
        return (*book.zones, *book.zones_without_law)

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
