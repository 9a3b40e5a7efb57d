"""A lot: a parcel as the law sees it, with its land after widening and its classified edges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import shapely
from shapely import LineString, MultiPolygon, Polygon

from gis.alignment import SNAP, LayerStatus, Street, Widening, right_of_way, widening_of
from gis.edges import Edge, EdgeCorrection
from gis.errors import GeometryError

Orientation = Literal["northern", "southern", "eastern", "western"]


@dataclass(frozen=True)
class Lot:
    """A parcel `before` widening (by deed) and `after` (what remains), with its edges after widening.

    `frontage` and `depth` in metres, None where no street front is known. `orientation` by domain 3.4: a
    northern plot lies north of its street.
    """

    key: str
    before: Polygon | MultiPolygon
    after: Polygon | MultiPolygon
    edges: tuple[Edge, ...]
    widening: Widening
    orientation: Orientation | None
    frontage: float | None
    depth: float | None
    main_street: Street | None
    corner: bool
    through: bool

    @property
    def area_before(self) -> float:
        """Square metres by the parcel's own outline."""
        return float(self.before.area)

    @property
    def area_after(self) -> float:
        """Square metres left after widening; an upper bound while `widening.known` is False."""
        return float(self.after.area)

    @classmethod
    def build(
        cls,
        key: str,
        polygon: Polygon | MultiPolygon,
        *,
        streets: Sequence[Street],
        neighbours: Sequence[Polygon | MultiPolygon],
        streets_state: LayerStatus = "complete",
        parcels_state: LayerStatus = "complete",
        street_land: Sequence[Polygon | MultiPolygon] = (),
        edge_corrections: Sequence[EdgeCorrection] = (),
        tolerance: float = SNAP,
    ) -> Lot:
        """Classify a lot's edges from the streets and parcels around it.

        The plot of domain 3.11: 10 × 25 m, its street to the south 6 m wide and to be 8 m.

        >>> street = Street("S-1", "", LineString([(-50, -3), (60, -3)]), None, 6.0, 8.0, "right_of_way")
        >>> neighbours = [shapely.box(-10, 0, 0, 25), shapely.box(10, 0, 20, 25), shapely.box(0, 25, 10, 50)]
        >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[street], neighbours=neighbours)
        >>> lot.widening.loss_area, lot.area_after, lot.frontage, lot.depth, lot.orientation
        (10.0, 240.0, 10.0, 24.0, 'northern')
        >>> [edge.kind for edge in lot.edges]
        ['street', 'side', 'rear', 'side']
        >>> Lot.build("P-2", Polygon(), streets=[], neighbours=[])
        Traceback (most recent call last):
        gis.errors.GeometryError: The lot has no area. (polygon.empty at P-2)
        """
        if polygon.is_empty or polygon.area <= 0:
            raise GeometryError("polygon.empty", key, "The lot has no area.")
        after, widening = widening_of(polygon, streets, streets_state)
        ring = shapely.orient_polygons(after).exterior if isinstance(after, Polygon) else None
        points = list(ring.coords) if ring is not None else []
        rows = [(s, land) for s in streets if (land := right_of_way(s)) is not None]
        edges: list[Edge] = []
        for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
            length = math.hypot(x1 - x0, y1 - y0)
            azimuth = math.degrees(math.atan2(x1 - x0, y1 - y0)) % 360
            out = shapely.Point(
                (x0 + x1) / 2 + (y1 - y0) / length * SNAP, (y0 + y1) / 2 - (x1 - x0) / length * SNAP
            )
            street = next((s for s, land in rows if land.contains(out)), None)
            side = any(n.contains(out) for n in neighbours)
            edges.append(
                Edge(
                    len(edges),
                    LineString([(x0, y0), (x1, y1)]),
                    "street" if street else "unknown",
                    "axis_width" if street else ("neighbour" if side else "none"),
                    street,
                    None,
                    1.0 if street or side else 0.0,
                    length,
                    azimuth,
                )
            )
        front = next((e for e in edges if e.kind == "street"), None)
        if front is None:
            return cls(key, polygon, after, tuple(edges), widening, None, None, None, None, False, False)
        start = front.index
        edges = edges[start:] + edges[:start]
        for i, e in enumerate(edges):
            turn = (e.azimuth - front.azimuth) % 360
            kind = e.kind if e.evidence != "neighbour" else ("rear" if 135 <= turn <= 225 else "side")
            edges[i] = replace(e, index=i, kind=kind)
        middle = front.line.interpolate(0.5, normalized=True)
        theta = math.degrees(math.atan2(middle.x - after.centroid.x, middle.y - after.centroid.y)) % 360
        orientation: Orientation = (
            "northern"
            if 135 <= theta <= 225
            else "southern"
            if theta >= 315 or theta <= 45
            else "western"
            if theta < 135
            else "eastern"
        )
        return cls(
            key,
            polygon,
            after,
            tuple(edges),
            widening,
            orientation,
            front.length,
            after.area / front.length,
            front.street,
            False,
            False,
        )
