"""A mapping: which layer of a family of drawings holds what, and which of its texts declare a fact. Data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Any, Final, Literal, cast, get_args

from gis.drawing.guard import refuse
from gis.words import Words

Role = Literal[
    "plot", "footprint", "built_area", "deduction", "covered", "yard_front", "yard_rear", "yard_side",
    "parking", "overhang", "road", "stair", "building_height", "room_height", "text", "aside",
]  # fmt: skip
ROLES: Final[tuple[str, ...]] = get_args(Role)
"""What a layer holds. `aside`: known and no part of the plan that is read (sanitary ware, rainwater pits)."""
AREAS: Final = frozenset(ROLES) - {"building_height", "room_height", "text", "aside"}
"""Roles whose layer holds closed outlines."""
HEIGHTS: Final = frozenset({"building_height", "room_height"})
"""Roles whose layer holds dimensions."""
FACTS: Final = {
    "plot_area": "m2",
    "plot_depth": "m",
    "plot_width": "m",
    "yard_height": "m",
    "parking": "spaces",
}
"""What a text may declare, with the unit in which it is declared."""
TOLERANCES: Final = {"area": "1", "length": "m"}
"""What a declared value may differ by: areas by a share, lengths by metres."""
_PLACES: Final = {"{block}": r"(?P<block>\d{1,3})", "{level}": r"(?P<level>-?\d{1,3})", "{n}": r"\d{1,3}"}
_MOST_LAYERS: Final = 1_000


@dataclass(frozen=True)
class Place:
    """What a layer holds, and of which block and level; None where its name does not say."""

    role: Role
    block: int | None = None
    level: int | None = None
    existing: bool = False


@dataclass(frozen=True)
class Tolerance:
    """By how much a declared value may differ from the measured one, and the text that says so."""

    value: float
    cite: str


@dataclass(frozen=True)
class Mapping:
    """A family of layer names. Read with `Mapping.parse`."""

    id: str
    title: Words
    layers: tuple[tuple[re.Pattern[str], Place], ...]
    declared: Map[str, str]
    tolerances: Map[str, Tolerance]

    @classmethod
    def parse(cls, text: str) -> Mapping:
        """Read a mapping file.

        `[[layer]]` has `name`, in which `{block}`, `{level}` and `{n}` stand for numbers and a last `*` for
        anything, `role`, and where the name does not say them `block`, `level`, `existing`. `[[declared]]`
        has the `key` of a text «KEY=value» and the `fact` that it declares. `[tolerance]` has `area` (a
        share) and `length` (metres), each with its citation. The first layer that fits a name counts.

        Raises DrawingError with the place in the file.

        >>> Mapping.parse("layer = 7")
        Traceback (most recent call last):
        gis.errors.DrawingError: `id` is missing. (drawing.mapping at id)
        """
        try:
            given = tomllib.loads(text)
        except tomllib.TOMLDecodeError as fault:
            refuse("mapping", "", f"The mapping is no TOML: {fault}.")
        name, title = _member(given, "id", str), _member(given, "title", dict)
        layers = [_layer(n, item) for n, item in enumerate(_member(given, "layer", list))]
        if len(layers) > _MOST_LAYERS:
            refuse("mapping", "layer", f"A mapping has at most {_MOST_LAYERS} layers.")
        declared = {}
        for n, item in enumerate(_member(given, "declared", list, [])):
            fact = _member(item, "fact", str, at=f"declared[{n}].")
            if fact not in FACTS:
                refuse("mapping", f"declared[{n}].fact", f"`{fact}` is none of {', '.join(FACTS)}.")
            declared[_member(item, "key", str, at=f"declared[{n}].").casefold()] = fact
        return cls(
            name,
            Words(_member(title, "fa", str, at="title."), _member(title, "en", str, at="title.")),
            tuple(layers),
            declared,
            {name: _tolerance(name, _member(given, "tolerance", dict)) for name in TOLERANCES},
        )

    def place(self, layer: str) -> Place | None:
        """What a layer holds; None for a layer that the family does not know.

        >>> book = '''
        ... id = "x"
        ... title = {fa = "x", en = "x"}
        ... tolerance = {area = {value = 0.005, cite = "x"}, length = {value = 0.05, cite = "x"}}
        ... [[layer]]
        ... name = "BLK_{block}_FLR_{level}_BLT_UP_AREA"
        ... role = "built_area"
        ... '''
        >>> Mapping.parse(book).place("BLK_2_FLR_-1_BLT_UP_AREA")
        Place(role='built_area', block=2, level=-1, existing=False)
        >>> Mapping.parse(book).place("WALLS") is None
        True
        """
        for pattern, place in self.layers:
            found = pattern.fullmatch(layer.strip())
            if found is not None:
                named = {name: int(number) for name, number in found.groupdict().items()}
                return Place(
                    place.role,
                    named.get("block", place.block),
                    named.get("level", place.level),
                    place.existing,
                )
        return None


def _layer(n: int, item: object) -> tuple[re.Pattern[str], Place]:
    at = f"layer[{n}]."
    name, role = _member(item, "name", str, at=at), _member(item, "role", str, at=at)
    if role not in ROLES:
        refuse("mapping", f"{at}role", f"`{role}` is none of {', '.join(ROLES)}.")
    any_end = name.endswith("*")
    parts = re.split(r"(\{\w+\})", name.removesuffix("*"))
    unknown = [part for part in parts if part.startswith("{") and part not in _PLACES]
    twice = [place for place in ("{block}", "{level}") if parts.count(place) > 1]
    if unknown or twice or not name.strip() or "*" in name.removesuffix("*"):
        allowed = f"{', '.join(_PLACES)} once, or a last *"
        refuse("mapping", f"{at}name", f"`{name}` holds a place that is none of {allowed}.")
    pattern = "".join(_PLACES.get(part, re.escape(part)) for part in parts) + (".*" if any_end else "")
    place = Place(
        cast("Role", role),
        _member(item, "block", int, None, at=at),
        _member(item, "level", int, None, at=at),
        bool(_member(item, "existing", bool, False, at=at)),
    )
    return re.compile(pattern, re.IGNORECASE), place


def _tolerance(name: str, given: object) -> Tolerance:
    item, at = _member(given, name, dict, at="tolerance."), f"tolerance.{name}."
    value = item.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1:
        refuse("mapping", f"{at}value", "A tolerance is a number from 0 to below 1.")
    return Tolerance(float(value), _member(item, "cite", str, at=at))


_NEEDED: Final = object()


def _member(given: object, name: str, kind: type, default: object = _NEEDED, at: str = "") -> Any:
    """A member of a table with its type checked; refused where it is needed and missing."""
    value = given.get(name, default) if isinstance(given, dict) else _NEEDED
    if value is _NEEDED:
        refuse("mapping", f"{at}{name}", f"`{name}` is missing.")
    if value is not default and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
        refuse("mapping", f"{at}{name}", f"`{name}` is no {kind.__name__}.")
    return value
