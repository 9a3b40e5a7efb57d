"""The columns of a state as the database takes them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from pyproj import Transformer

from api.cadastre.importing import pgcopy, plates, wkb, words
from api.cadastre.importing.assembling import State
from api.cadastre.importing.lexemes import lexemes
from api.cadastre.importing.outlines import Shapes
from api.cadastre.importing.pgcopy import Field, Follows, Later, Places, Varied

Fields = dict[str, Field]


@dataclass(frozen=True)
class Rows:
    """Columns of a table by their names, one row per key.

    `content` is what the digest is made of; `derived` follows from it. `scope` is the kind of each overlay.
    """

    keys: pa.Array
    content: Fields
    derived: Fields
    scope: pa.Array | None = None

    def __len__(self) -> int:
        return len(self.keys)


def rows_of(state: State, srid: int, web: Transformer) -> Rows:
    """A vector state as rows of its table."""
    values = state.values
    content: Fields = {state.layer.key: pgcopy.text(state.keys)}
    for column in state.layer.columns:
        if column.stored and column.name != state.layer.key:
            content[column.name] = _field(values[column.name])
    derived = _PARTICULAR.get(state.layer.name, _nothing)(state)
    if state.layer.searched:
        derived["search"] = _searched(values[state.layer.searched])
    if state.layer.shape != "none":
        outlines = Later(lambda rows: state.outlines.encoded(rows, srid))
        content["geom"] = outlines
        content["attributes"] = pgcopy.json(state.attributes)
        seen = _outlines(_seen(state), srid) if state.layer.shape == "street" else outlines
        derived["tile_geom"] = on_the_web(seen, web)
    if state.layer.shape == "street":
        content["row_geom"] = _outlines(state.rights_of_way, srid)
        content["width_kind"] = _field(_width_kinds(state))
    scope = values["kind"] if state.layer.name == "overlays" else None
    return Rows(state.keys, content, derived, scope)


def on_the_web(shapes: Later | Varied, web: Transformer) -> Follows:
    """The same shapes in EPSG:3857."""

    def points(
        given: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    ) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        return np.column_stack(web.transform(given[:, 0], given[:, 1]))

    return Follows(shapes, lambda of: wkb.moved(of, points, 3857))


def _outlines(shapes: Shapes, srid: int) -> Later:
    def some(rows: Places) -> Varied:
        return pgcopy.shapes(shapes[rows], srid)

    return Later(some)


def _seen(state: State) -> Shapes:
    """What a map shows of streets: the axis, else the right of way."""
    shown: Shapes = np.where(shapely.is_missing(state.shapes), state.rights_of_way, state.shapes)
    return shown


def _searched(text: pa.Array) -> Later:
    def some(rows: Places) -> Varied:
        return lexemes(words.fold_all(text.take(pa.array(rows))))

    return Later(some)


def _field(values: pa.Array) -> Field:
    if pa.types.is_floating(values.type):
        return pgcopy.number(values, "float8")
    if pa.types.is_integer(values.type):
        return pgcopy.number(values, "int4")
    return pgcopy.text(values)


def _width_kinds(state: State) -> pa.Array:
    """What a street's width is, from the option of the source that gives it; null where no width is given."""
    kinds = {entry.given.options.width_kind for entry in state.entries} - {None}
    given = pc.or_(
        pc.is_valid(state.values["existing_width_m"]), pc.is_valid(state.values["planned_width_m"])
    )
    kind = pa.scalar(next(iter(kinds)) if len(kinds) == 1 else None, pa.string())
    return pc.if_else(given, kind, pa.scalar(None, pa.string()))


def _of_parcels(state: State) -> Fields:
    main, sub = plates.numbers(state.values["registration_plate"])
    return {
        "area_m2": pgcopy.number(state.outlines.area(), "float8"),
        "plate_main": pgcopy.number(main, "int4"),
        "plate_sub": pgcopy.number(sub, "int4"),
    }


def _of_nodes(state: State) -> Fields:
    """The seven numbers of each code, each in its column."""
    parts = pc.split_pattern(state.keys, "-")
    levels = ("district", "region", "block", "house", "building", "apartment", "shop")
    return {
        level: pgcopy.number(pc.cast(pc.list_element(parts, i), pa.int32()), "int4")
        for i, level in enumerate(levels)
    }


def _nothing(_: State) -> Fields:
    return {}


_PARTICULAR: dict[str, Callable[[State], Fields]] = {"parcels": _of_parcels, "nodes": _of_nodes}
