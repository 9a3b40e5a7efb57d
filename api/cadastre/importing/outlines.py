"""The shapes of a column, most of which need not be made: their bytes are sound as they stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Self

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from api.cadastre.importing import pgcopy
from api.cadastre.importing.pgcopy import Places, Varied

Shapes = NDArray[np.object_]


@dataclass(frozen=True)
class Outlines:
    """One shape a row, or none.

    Where `wkb` is valid it holds the row's shape, with `areas` and `boxes` (west, south, east, north); the
    other rows have theirs in `made`, None where they have none.
    """

    wkb: Varied
    areas: NDArray[np.float64]
    boxes: NDArray[np.float64]
    made: Shapes
    _all: list[Shapes] = field(default_factory=list, compare=False)
    _one: Lock = field(default_factory=Lock, compare=False)

    @classmethod
    def of(cls, shapes: Shapes) -> Self:
        """Shapes that are made already."""
        rows = len(shapes)
        none = Varied(np.zeros(0, np.uint8), np.zeros(rows + 1, np.int64), np.zeros(rows, np.bool_))
        return cls(none, np.zeros(rows), np.full((rows, 4), np.nan), shapes)

    def __len__(self) -> int:
        return len(self.made)

    @property
    def shapes(self) -> Shapes:
        """All shapes, made when they are first asked for."""
        with self._one:
            if not self._all:
                self._all.append(self._make() if self.wkb.valid.any() else self.made)
            return self._all[0]

    def _make(self) -> Shapes:
        shapes: Shapes = shapely.from_wkb(bodies(self.wkb))
        rest = ~self.wkb.valid
        shapes[rest] = self.made[rest]
        return shapes

    def area(self) -> NDArray[np.float64]:
        """Area of each shape in square metres, NaN where there is none."""
        areas: NDArray[np.float64] = np.where(self.wkb.valid, self.areas, shapely.area(self.made))
        return areas

    def box(self) -> tuple[float, float, float, float]:
        """West, south, east and north of all; NaN where there is no shape."""
        there = self._boxes()
        if not len(there):
            return (np.nan, np.nan, np.nan, np.nan)
        low, high = there[:, :2].min(axis=0), there[:, 2:].max(axis=0)
        return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))

    def middle(self) -> NDArray[np.float64]:
        """East and north of the middle of the shapes, the median of their boxes' centres; NaN without any."""
        there = self._boxes()
        if not len(there):
            return np.full(2, np.nan)
        centre: NDArray[np.float64] = np.median((there[:, :2] + there[:, 2:]) / 2, axis=0)
        return centre

    def _boxes(self) -> NDArray[np.float64]:
        """Box of each shape that there is."""
        boxes = np.where(self.wkb.valid[:, np.newaxis], self.boxes, shapely.bounds(self.made))
        return boxes[~np.isnan(boxes[:, 0])]

    def take(self, rows: Places) -> "Outlines":
        """The shapes of some rows."""
        return Outlines(pgcopy.taken(self.wkb, rows), self.areas[rows], self.boxes[rows], self.made[rows])

    def encoded(self, rows: Places, srid: int) -> Varied:
        """The shapes of some rows as COPY carries them, in the frame `srid`."""
        part = pgcopy.taken(self.wkb, rows)
        if part.valid.all():
            return Varied(part.data, part.offsets, part.valid, srid)
        if not part.valid.any():
            return pgcopy.shapes(self.made[rows], srid)
        made = shapely.to_wkb(self.made[rows], byte_order=1, output_dimension=2)
        both = np.where(part.valid, bodies(part), made)
        plain = pgcopy.text(pa.array(both, pa.large_binary()))
        return Varied(plain.data, plain.offsets, plain.valid, srid)


def together(several: Sequence[Outlines]) -> Outlines:
    """The rows of several one after another."""
    if len(several) == 1:
        return several[0]
    return Outlines.of(np.concatenate([one.shapes for one in several]))


def bodies(wkb: Varied) -> Shapes:
    """The bytes of each value, None where it is null."""
    valid = np.packbits(wkb.valid, bitorder="little")
    buffers = [pa.py_buffer(part) for part in (valid, wkb.offsets, wkb.data)]
    column = pa.LargeBinaryArray.from_buffers(pa.large_binary(), len(wkb.valid), buffers)
    found: Shapes = column.to_numpy(zero_copy_only=False)
    return found
