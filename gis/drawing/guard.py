"""What a DXF file may hold before it is parsed: its kind, its size, its entities, what its blocks unfold to.

A DXF file is a text of pairs of lines, a group code and its value. One walk over the pairs, without building
anything, finds a file that is none, one that is broken, and one that would take more time or memory than a
drawing of a building can need. It takes time in proportion to the file, up to `MAX_BYTES`, and hardly memory.
"""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NoReturn

from gis.errors import DrawingError

MAX_BYTES: Final = 16 * 1024 * 1024
"""The largest of the known building plans has 0.8 MB."""
MAX_LINE: Final = 64 * 1024
"""Bytes of one line; the format itself keeps texts below 2,049 characters."""
MAX_LINES: Final = 1_000_000
"""The largest of those plans has 113,500; a million take seconds and some 200 MB to parse."""
MAX_ENTITIES: Final = 100_000
"""Entities as they stand in the file, and again as its blocks unfold to when they are inserted."""
MAX_DEPTH: Final = 16
"""Blocks within blocks."""
_GROUP_CODES: Final = range(-5, 1072)
_EXTERNAL: Final = 4 | 8  # flags of a block that stands in another file
_KINDS: Final = (
    (b"PK", "zip", "a zip archive"),
    (b"\x1f\x8b", "gzip", "a gzip archive"),
    (b"7z\xbc\xaf", "7z", "a 7z archive"),
    (b"Rar!", "rar", "a RAR archive"),
    (b"\xfd7zXZ", "xz", "an xz archive"),
    (b"BZh", "bzip2", "a bzip2 archive"),
    (b"%PDF", "pdf", "a PDF document"),
    (b"AutoCAD Binary DXF", "binary_dxf", "a binary DXF file"),
    (b"AC10", "dwg", "a DWG file"),
)
"""Beginnings of files that are sent in place of a DXF text."""


@dataclass
class _Block:
    """What the walk has seen of one block, or of the entities section."""

    own: int = 0
    inserts: Counter[str] = field(default_factory=Counter)
    external: bool = False


@dataclass(frozen=True)
class Survey:
    """What the walk found: `entities` in the file, `unfolded` with the blocks inserted."""

    entities: int
    unfolded: int
    encoding: str


def refuse(code: str, where: str, detail: str, **values: object) -> NoReturn:
    """Raise a DrawingError under `drawing.<code>`."""
    raise DrawingError(f"drawing.{code}", where, detail, **values)


def survey(content: bytes) -> Survey:
    """Walk over a DXF file and count what it holds.

    Raises DrawingError for what is no DXF text, is broken (`where` is the line), is too large, draws on other
    files, or whose blocks insert each other.

    >>> survey(b"0\\nSECTION\\n2\\nENTITIES\\n0\\nPOINT\\n8\\nPLOT\\n0\\nENDSEC\\n0\\nEOF\\n").entities
    1
    >>> survey(b"PK\\x03\\x04 ...")
    Traceback (most recent call last):
    gis.errors.DrawingError: This is a zip archive ... (drawing.not_dxf)
    >>> survey(b"")
    Traceback (most recent call last):
    gis.errors.DrawingError: The file is empty; ... (drawing.empty)
    """
    _refuse_other_kinds(content)
    walk = _Walk()
    for line, code, value in _pairs(content):
        walk.take(line, code, value)
    if not walk.ended:
        refuse("cut_off", "", "The file has no end (no EOF); it was cut off. Save it and send it again.")
    return Survey(walk.count, walk.unfolded(), walk.encoding())


def _refuse_other_kinds(content: bytes) -> None:
    if not content.strip():
        refuse("empty", "", "The file is empty; send the drawing as DXF.")
    if len(content) > MAX_BYTES:
        refuse(
            "too_large",
            "",
            f"The file has {len(content):,} bytes; a drawing may have {MAX_BYTES:,}.",
            bytes=len(content),
            limit=MAX_BYTES,
        )
    for start, kind, name in _KINDS:
        if content.startswith(start):
            detail = f"This is {name} and no DXF text; save the drawing as ASCII DXF."
            refuse("not_dxf", "", detail, kind=kind)
    if b"\0" in content:
        refuse("not_dxf", "", "The file holds NUL bytes and is no DXF text.", kind="binary")
    if content.count(b"\n") > MAX_LINES:
        refuse("too_many_lines", "", f"The file has more than {MAX_LINES:,} lines.", limit=MAX_LINES)


def _pairs(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The line number, group code and value of each pair; comments are left out."""
    begin, line, size = 0, 0, len(content)
    code = 0
    while begin < size:
        end = content.find(b"\n", begin)
        end = size if end < 0 else end
        line += 1
        if end - begin > MAX_LINE:
            detail = f"Line {line} has more than {MAX_LINE:,} bytes."
            refuse("line_too_long", f"line {line}", detail, line=line)
        text = content[begin:end].strip()
        begin = end + 1
        if line % 2:
            code = _group_code(text, line)
        elif code != 999:
            yield line, code, text
            if code == 0 and text == b"EOF":
                return


def _group_code(text: bytes, line: int) -> int:
    text = text.removeprefix(codecs.BOM_UTF8) if line == 1 else text
    code = int(text) if len(text) < 6 and text.removeprefix(b"-").isdigit() else None
    if code is None or code not in _GROUP_CODES:
        what = text[:40].decode("ascii", "replace")
        if line == 1:
            refuse("not_dxf", "line 1", f"The file begins with {what!r} and is no DXF text.", kind="text")
        refuse(
            "corrupt",
            f"line {line}",
            f"The file is broken at line {line}: a group code should stand there, not {what!r}. "
            "Open it in the drawing program, repair it and save it again.",
            line=line,
        )
    return code


class _Walk:
    """The state of one walk."""

    def __init__(self) -> None:
        self.count = 0
        self.ended = False
        self._section = b""
        self._naming = False
        self._blocks: dict[str, _Block] = {}
        self._model = _Block()
        self._block: _Block | None = None
        self._block_named = True
        self._insert: tuple[_Block, str, int] | None = None
        self._variable = b""
        self._header: dict[bytes, str] = {}

    def take(self, line: int, code: int, value: bytes) -> None:
        if code == 0:
            self._start(line, value.upper())
        elif code == 2 and self._naming:
            self._section, self._naming = value.upper(), False
        elif self._section == b"HEADER":
            self._take_header(code, value)
        elif self._insert is not None:
            self._take_insert(code, value)
        elif not self._block_named:
            self._take_block(code, value)

    def _start(self, line: int, kind: bytes) -> None:
        self._close_insert()
        self._naming = kind == b"SECTION"
        if kind == b"EOF":
            self.ended = True
        elif kind == b"ENDSEC":
            self._section = b""
        elif kind == b"BLOCK" and self._section == b"BLOCKS":
            self._block, self._block_named = _Block(), False
        elif kind == b"ENDBLK":
            self._block, self._block_named = None, True
        elif self._section in {b"ENTITIES", b"BLOCKS"}:
            self._count(line, kind)

    def _count(self, line: int, kind: bytes) -> None:
        self._block_named = True
        self.count += 1
        if self.count > MAX_ENTITIES:
            refuse(
                "too_many_entities",
                f"line {line}",
                f"The drawing has more than {MAX_ENTITIES:,} entities; send the plan alone.",
                limit=MAX_ENTITIES,
            )
        holder = self._block if self._block is not None else self._model
        holder.own += 1
        if kind == b"INSERT":
            self._insert = (holder, "", 1)

    def _take_header(self, code: int, value: bytes) -> None:
        if code == 9:
            self._variable = value.upper()
        elif code in {1, 3}:
            self._header[self._variable] = value.decode("ascii", "replace")

    def _take_block(self, code: int, value: bytes) -> None:
        if self._block is not None and code == 2:
            self._blocks[_name(value)] = self._block
        elif self._block is not None and code == 70 and value.isdigit():
            self._block.external = bool(int(value[:6]) & _EXTERNAL)

    def _take_insert(self, code: int, value: bytes) -> None:
        if self._insert is None:
            return
        holder, name, times = self._insert
        if code == 2:
            self._insert = (holder, _name(value), times)
        elif code in {70, 71} and value.isdigit():
            self._insert = (holder, name, times * max(1, int(value[:6])))

    def _close_insert(self) -> None:
        if self._insert is not None:
            holder, name, times = self._insert
            holder.inserts[name] += times
            self._insert = None

    def unfolded(self) -> int:
        """Entities of the model when every inserted block is drawn in its place."""
        sizes: dict[str, int] = {}
        total = self._model.own + sum(
            times * self._size(name, sizes, ()) for name, times in self._model.inserts.items()
        )
        if total > MAX_ENTITIES:
            refuse(
                "blocks_unfold",
                "BLOCKS",
                f"The blocks of the drawing unfold to more than {MAX_ENTITIES:,} entities.",
                limit=MAX_ENTITIES,
            )
        return total

    def _size(self, name: str, sizes: dict[str, int], above: tuple[str, ...]) -> int:
        if name in above:
            refuse("block_in_itself", f"block {name[:80]}", "A block inserts itself.", block=name[:80])
        if len(above) >= MAX_DEPTH:
            refuse(
                "blocks_too_deep",
                f"block {name[:80]}",
                f"Blocks stand within blocks deeper than {MAX_DEPTH}.",
                limit=MAX_DEPTH,
            )
        if name in sizes:
            return sizes[name]
        block = self._blocks.get(name)
        if block is None:
            return 0
        if block.external:
            refuse(
                "external_reference",
                f"block {name[:80]}",
                "The drawing inserts another file (an external reference); bind it into the drawing.",
                block=name[:80],
            )
        within = (*above, name)
        size = block.own + sum(t * self._size(n, sizes, within) for n, t in block.inserts.items())
        sizes[name] = min(size, MAX_ENTITIES + 1)
        return sizes[name]

    def encoding(self) -> str:
        """The encoding of the texts: UTF-8 since AutoCAD 2007, before it the code page of the file."""
        if self._header.get(b"$ACADVER", "AC1009") >= "AC1021":
            return "utf-8"
        page = self._header.get(b"$DWGCODEPAGE", "ANSI_1252").upper().replace("ANSI_", "cp")
        try:
            return codecs.lookup(page).name
        except LookupError:
            return "cp1252"


def _name(value: bytes) -> str:
    return value.decode("latin-1").casefold()
