"""Reading the elements of a proposal from their GeoJSON features."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, cast

from gis.frame import Frame
from gis.proposal.element import (
    ELEMENTS,
    MAX_CARS,
    ROOMS,
    SERVES,
    Elements,
    Gate,
    LightWell,
    ParkingSpace,
    Projection,
    Room,
    Serves,
    Window,
)
from gis.proposal.footprint import read_footprint, read_line
from gis.proposal.values import no_unknown, number, refuse, whole, word

_LEVELS: Final = 200
_KNOWN: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = MappingProxyType(
    {
        "projection": (("level",), ("underside_m", "closed")),
        "light_well": (("level", "serves"), ()),
        "window": (("level", "room"), ("sill_m", "unit")),
        "parking_space": (("level",), ("cars",)),
        "gate": ((), ()),
    }
)
KINDS: Final = tuple(_KNOWN)
"""Words of the property `element`; a feature without it is a storey."""
LINES: Final = frozenset({"window", "gate"})
"""Elements drawn as a line along their wall or boundary; the others are areas."""


def read_elements(
    features: Sequence[tuple[int, Mapping[str, Any]]], drawn: Sequence[str], srid: int, frame: Frame
) -> Elements:
    """The elements in the city's frame; each feature comes with its number in the document.

    A kind that is drawn at all, or that `drawn` names, is drawn completely; of the others nothing is said.
    Raises ProposalError with a pointer into the document.
    """
    made = []
    for n, feature in features:
        kind = word(feature["properties"]["element"], KINDS, f"/features/{n}/properties/element")
        made.append((kind, _element(kind, feature, f"/features/{n}", srid, frame)))
    return Elements.of(drawn, made)


def read_drawn(given: object) -> tuple[str, ...]:
    """The kinds of elements that a proposal says it draws completely."""
    if not isinstance(given, Sequence) or isinstance(given, str):
        refuse("not_a_list", "/proposal/drawn", f"`drawn` is a list of: {', '.join(ELEMENTS)}.")
    return tuple(dict.fromkeys(word(one, ELEMENTS, f"/proposal/drawn/{n}") for n, one in enumerate(given)))


def _element(kind: str, feature: Mapping[str, Any], where: str, srid: int, frame: Frame) -> object:
    read = read_line if kind in LINES else read_footprint
    shape: Any = read(feature["geometry"], f"{where}/geometry", srid, frame)
    properties = {name: value for name, value in feature["properties"].items() if name != "element"}
    return element_of(kind, shape, properties, f"{where}/properties")


def element_of(kind: str, shape: Any, properties: Mapping[str, Any], at: str) -> object:
    """The element of a kind with its shape in the city's frame and its properties, which stand at `at`.

    Raises ProposalError for a property that is missing, unknown or no such value.
    """
    needed, more = _KNOWN[kind]
    no_unknown(properties, {*needed, *more}, at)
    for name in needed:
        if properties.get(name) is None:
            refuse("missing_property", f"{at}/{name}", f"The {kind} does not say its `{name}`.", name=name)
    return _MAKE[kind](shape, properties, at)


def _level(properties: Mapping[str, Any], at: str) -> int:
    return whole(properties["level"], f"{at}/level", -_LEVELS, _LEVELS)


def _metres(properties: Mapping[str, Any], name: str, at: str) -> float | None:
    given = properties.get(name)
    if given is None:
        return None
    metres = number(given, f"{at}/{name}")
    if not 0 <= metres <= 1_000:
        refuse("not_in_range", f"{at}/{name}", "Metres from 0 to 1,000 are expected.", value=metres)
    return metres


def _projection(shape: Any, properties: Mapping[str, Any], at: str) -> Projection:
    closed = properties.get("closed", False)
    if not isinstance(closed, bool):
        refuse("not_a_boolean", f"{at}/closed", "`closed` is true or false.")
    return Projection(_level(properties, at), shape, _metres(properties, "underside_m", at), closed)


def _light_well(shape: Any, properties: Mapping[str, Any], at: str) -> LightWell:
    serves = cast("Serves", word(properties["serves"], SERVES, f"{at}/serves"))
    return LightWell(_level(properties, at), shape, serves)


def _window(shape: Any, properties: Mapping[str, Any], at: str) -> Window:
    unit = properties.get("unit")
    if unit is not None and not (isinstance(unit, str) and 0 < len(unit) <= 40):
        refuse("not_a_text", f"{at}/unit", "`unit` names the dwelling in at most 40 characters.")
    sill = _metres(properties, "sill_m", at)
    room = cast("Room", word(properties["room"], ROOMS, f"{at}/room"))
    return Window(_level(properties, at), shape, room, sill, unit)


def _parking_space(shape: Any, properties: Mapping[str, Any], at: str) -> ParkingSpace:
    return ParkingSpace(
        _level(properties, at), shape, whole(properties.get("cars", 1), f"{at}/cars", 1, MAX_CARS)
    )


def _gate(shape: Any, _properties: Mapping[str, Any], _at: str) -> Gate:
    return Gate(shape)


_MAKE: Final[Mapping[str, Callable[[Any, Mapping[str, Any], str], object]]] = MappingProxyType(
    {
        "projection": _projection,
        "light_well": _light_well,
        "window": _window,
        "parking_space": _parking_space,
        "gate": _gate,
    }
)
