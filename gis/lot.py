"""A lot: a parcel as the law sees it, with its land after widening and its classified edges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from gis.alignment import SNAP, LayerStatus, Street, Widening, rights_of_way, widening_of
from gis.edges import Edge, edge_of, runs_of
from gis.errors import GeometryError, StreetError
from gis.evidence import Around, look_around
from gis.frontage import Orientation, lie_of
from gis.outline import sides_of


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
        tolerance: float = SNAP,
    ) -> Lot:
        """Classify a lot's edges from the streets and parcels around it.

        The plot of domain 3.11: 10 × 25 m, its street to the south 6 m wide and to be 8 m.

        >>> axis = shapely.LineString([(-50, -3), (60, -3)])
        >>> street = Street("S-1", "", axis, None, 6.0, 8.0, "right_of_way")
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
        _check(key, polygon)
        if len({street.key for street in streets}) < len(streets):
            raise StreetError("street.key", key, "Two streets around the lot have one key.")
        lands = rights_of_way(streets)
        after, widening = widening_of(polygon, streets, lands, streets_state)
        land_bytes = {shapely.to_wkb(shapely.normalize(land)) for land in street_land}
        around = Around(
            streets=streets,
            lands=lands,
            neighbours=[n for n in neighbours if shapely.to_wkb(shapely.normalize(n)) not in land_bytes]
            if street_land
            else neighbours,
            street_land=street_land,
            parcels_complete=parcels_state == "complete",
            tolerance=tolerance,
        )
        sides = sides_of(after)
        runs = runs_of(sides, look_around(sides, around))
        lie = lie_of([edge_of(run, sides) for run in runs], [run.ring for run in runs], after)
        return cls(
            key=key,
            before=polygon,
            after=after,
            edges=lie.edges,
            widening=widening,
            orientation=lie.orientation,
            frontage=lie.frontage,
            depth=lie.depth,
            main_street=lie.main_street,
            corner=lie.corner,
            through=lie.through,
        )


def _check(key: str, polygon: Polygon | MultiPolygon) -> None:
    """Refuse what is no land."""
    if not isinstance(polygon, Polygon | MultiPolygon):
        raise GeometryError("polygon.type", key, f"A lot is a polygon, not a {polygon.geom_type}.")
    if not np.isfinite(shapely.get_coordinates(polygon)).all():
        raise GeometryError("polygon.not_finite", key, "The lot has a coordinate that is no number.")
    if polygon.is_empty or polygon.area <= 0:
        raise GeometryError("polygon.empty", key, "The lot has no area.")
    if not polygon.is_valid:
        raise GeometryError(
            "polygon.invalid", key, f"The outline of the lot is broken: {shapely.is_valid_reason(polygon)}."
        )
