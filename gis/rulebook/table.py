"""Reading a TOML text strictly: every key known, every fault with file, line, reason and remedy."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from gis.rulebook.fault import BookFault
from gis.words import Words

_HEADER: Final = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]")


def read_toml(text: str, file: str, faults: list[BookFault]) -> Table:
    """The top table of a TOML text, decimals exact. A text that is no TOML gives a fault and is empty."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        at = f"{file}:{found[1]}" if found else file
        faults.append(BookFault("not_toml", at, f"The file is not TOML: {error}.", "Correct this line."))
        data = {}
    return Table(data, "", file, _lines(text), faults)


def _lines(text: str) -> dict[str, int]:
    """Line of each [table] and [[table]] by its path, e.g. provision[2].value[0]."""
    lines: dict[str, int] = {}
    count: Counter[str] = Counter()
    last: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if not header:
            continue
        names = header[2].replace('"', "").split(".")
        parent = last.get(names[0], names[0]) if len(names) > 1 else ""
        for deeper in range(2, len(names)):
            parent = last.get(f"{parent}.{names[deeper - 1]}", f"{parent}.{names[deeper - 1]}")
        path = f"{parent}.{names[-1]}" if parent else names[0]
        if header[1] == "[[":
            item = f"{path}[{count[path]}]"
            count[path] += 1
            last[path] = path = item
        lines.setdefault(path, number)
    return lines


class Table:
    """One table of a file with its place. Readers return None after a fault; `done` refuses the rest."""

    def __init__(
        self, data: Mapping[str, Any], path: str, file: str, lines: dict[str, int], faults: list[BookFault]
    ) -> None:
        self.data, self.path, self.file = data, path, file
        self._lines, self._faults = lines, faults
        self._taken: set[str] = set()

    def where(self, key: str = "") -> str:
        """file:line path of the table or of one of its keys; the line is that of the nearest header."""
        path = ".".join(part for part in (self.path, key) if part)
        line, upward = None, path
        while upward and line is None:
            line = self._lines.get(upward)
            upward = re.sub(r"(\[\d+\]|\.?[^.\[\]]+)$", "", upward)
        place = f"{self.file}:{line}" if line else self.file
        return f"{place} {path}" if path else place

    def fault(self, code: str, key: str, reason: str, remedy: str) -> None:
        self._faults.append(BookFault(code, self.where(key), reason, remedy))

    def has(self, key: str) -> bool:
        return key in self.data

    def take(self, key: str, kind: type | tuple[type, ...], said: str, *, needed: bool = True) -> Any:
        """The value of a key, of the Python type that TOML gives it; `said` names it for the planner."""
        self._taken.add(key)
        value = self.data.get(key)
        if value is None:
            if needed:
                self.fault("missing_key", key, f"`{key}` is missing.", f"Give {said}.")
            return None
        wrong = not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)
        if wrong or (isinstance(value, datetime) and kind is date):
            self.fault("wrong_type", key, f"`{key}` is {value!r}.", f"Give {said}.")
            return None
        return value

    def text(self, key: str, *, needed: bool = True) -> str | None:
        value = self.take(key, str, "a text in quotes", needed=needed)
        if value is not None and not value.strip():
            self.fault("empty_text", key, f"`{key}` is empty.", "Write the text.")
            return None
        return value if value is None else str(value)

    def day(self, key: str, *, needed: bool = True) -> date | None:
        value: date | None = self.take(key, date, "a day such as 2024-03-20", needed=needed)
        return value

    def flag(self, key: str) -> bool:
        return bool(self.take(key, bool, "true or false", needed=False))

    def number(self, key: str, *, needed: bool = True) -> Decimal | None:
        value = self.take(key, (int, Decimal), "a number", needed=needed)
        if value is None:
            return None
        if not Decimal(value).is_finite():
            self.fault("wrong_type", key, f"`{key}` is {value}.", "Give a finite number.")
            return None
        return Decimal(value)

    def words(self, key: str, *, needed: bool = True) -> Words | None:
        """A text in both languages: `key.fa` and `key.en`."""
        if not self.has(key) and not needed:
            return None
        table = self.table(key)
        fa, en = table.text("fa"), table.text("en")
        table.done()
        return Words(fa, en) if fa and en else None

    def word(self, key: str, known: tuple[str, ...], *, needed: bool = True) -> str | None:
        value = self.text(key, needed=needed)
        return value if value is None or self._is_known(key, value, known) else None

    def word_list(
        self,
        key: str,
        known: tuple[str, ...] | None = None,
        *,
        needed: bool = True,
        may_be_empty: bool = False,
    ) -> tuple[str, ...]:
        values = self.take(key, list, "a list of texts", needed=needed)
        good = []
        for value in values or ():
            if not isinstance(value, str):
                self.fault("wrong_type", key, f"{value!r} in `{key}` is no text.", "Put it in quotes.")
            elif value in good:
                self.fault("repeated", key, f'"{value}" stands twice in `{key}`.', "Write it once.")
            elif known is None or self._is_known(key, value, known):
                good.append(value)
        if values == [] and needed and not may_be_empty:
            self.fault("empty_list", key, f"`{key}` is empty.", "Name at least one.")
        return tuple(good)

    def table(self, key: str) -> Table:
        value = self.take(key, dict, "a table") or {}
        return Table(value, f"{self.path}.{key}".strip("."), self.file, self._lines, self._faults)

    def tables(self, key: str, *, needed: bool = True) -> Iterator[Table]:
        """The tables of [[key]], or the inline tables of a list."""
        values = self.take(key, list, f"at least one [[{key}]]", needed=needed) or []
        if values == [] and needed and self.has(key):
            self.fault("empty_list", key, f"`{key}` is empty.", "Give at least one.")
        for n, value in enumerate(values):
            path = f"{self.path}.{key}[{n}]".strip(".")
            if isinstance(value, dict):
                yield Table(value, path, self.file, self._lines, self._faults)
            else:
                self.fault("wrong_type", f"{key}[{n}]", f"{value!r} is no table.", "Write {key = value, …}.")

    def _is_known(self, key: str, value: str, known: tuple[str, ...]) -> bool:
        if value not in known:
            near = difflib.get_close_matches(value, known, 1)
            hint = f'Did you mean "{near[0]}"?' if near else f"Known are {', '.join(known)}."
            self.fault(f"unknown_{key}", key, f'Unknown {key} "{value}".', hint)
        return value in known

    def done(self) -> None:
        """Refuse every key that nobody asked for: a misspelt key is a law that nobody applies."""
        for key in self.data:
            if key not in self._taken:
                near = difflib.get_close_matches(key, sorted(self._taken), 1)
                hint = (
                    f"Did you mean `{near[0]}`?" if near else f"Known are {', '.join(sorted(self._taken))}."
                )
                self.fault("unknown_key", key, f"Unknown key `{key}`.", hint)
