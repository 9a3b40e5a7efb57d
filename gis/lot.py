"""A lot: a parcel as the law sees it, with its land after widening and its classified edges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from gis.alignment import SNAP, LayerStatus, Street, Widening, rights_of_way, widening_of
from gis.correction import EdgeCorrection, corrected
from gis.edges import Edge, edge_of, runs_of
from gis.errors import EdgeCorrectionError, GeometryError, StreetError
from gis.evidence import Around, look_around
from gis.frontage import Frontage, Orientation, lie_of
from gis.looks import AXIS_REACH
from gis.outline import Sides, sides_of


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
    around: Around | None = field(default=None, repr=False, compare=False)
    """What the lot was built from; its pieces, and the lot into which it is merged, are built from it too."""

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
        """The lot after widening with its classified edges, from the streets and parcels around it.

        All shapes are in the city's frame. Give every street and parcel within 100 m. `street_land`: parcels
        that are street themselves (they may also stand among the neighbours). `tolerance`: metres by which
        outlines of neighbouring parcels may miss each other (the grain of a quantised cadastre; by default
        5 cm).
        `streets_state`, `parcels_state`: what the layer register says of the two layers here; found evidence
        counts in any state, but only a complete layer makes absence (no widening, free space) an answer.

        Raises GeometryError for a polygon that is no land, StreetError for two streets under one key,
        EdgeCorrectionError for a correction that names no edge.

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
        polygon = shapely.force_2d(polygon)
        if len({street.key for street in streets}) < len(streets):
            raise StreetError("street.key", key, "Two streets around the lot have one key.")
        lands = rights_of_way(streets)
        after, widening = widening_of(polygon, streets, lands, streets_state)
        street_parcels = {(land.bounds, land.area) for land in street_land}
        around = Around(
            streets=streets,
            lands=lands,
            neighbours=[n for n in neighbours if (n.bounds, n.area) not in street_parcels],
            street_land=street_land,
            parcels_complete=parcels_state == "complete",
            tolerance=tolerance,
        )
        sides = sides_of(after)
        lie = _lie(after, sides, around, ())
        if edge_corrections:
            lie = _lie(after, sides, around, [_placed(c, n, lie) for n, c in enumerate(edge_corrections)])
        return cls(
            key=key,
            before=polygon,
            after=after,
            edges=lie.edges,
            widening=_told(widening, after, lie, around),
            orientation=lie.orientation,
            frontage=lie.frontage,
            depth=lie.depth,
            main_street=lie.main_street,
            corner=lie.corner,
            through=lie.through,
            around=around,
        )


def _lie(
    after: Polygon | MultiPolygon, sides: Sides, around: Around, corrections: Sequence[EdgeCorrection]
) -> Frontage:
    """Classify the boundary, with corrections by line over the evidence."""
    looked = look_around(sides, around, [c.line for c in corrections if c.line is not None])
    looked = corrected(sides, looked, corrections, around.streets, max(around.tolerance, SNAP))
    runs = runs_of(sides, looked)
    return lie_of([edge_of(run, sides, corrections) for run in runs], [run.ring for run in runs], after)


def _placed(correction: EdgeCorrection, number: int, lie: Frontage) -> EdgeCorrection:
    """A correction by index as one by the line of that edge."""
    if correction.index is None:
        return correction
    if not 0 <= correction.index < len(lie.edges):
        raise EdgeCorrectionError(
            "correction.place",
            f"/edge_corrections/{number}",
            f"The lot has no edge {correction.index}; it has {len(lie.edges)} from 0 on.",
            index=correction.index,
            edges=len(lie.edges),
        )
    return replace(correction, line=lie.edges[correction.index].line)


def _told(widening: Widening, after: Polygon | MultiPolygon, lie: Frontage, around: Around) -> Widening:
    """The widening, unless a street before the lot has no right of way on record: then nobody can tell.

    Where part of the boundary has no evidence, any axis in reach may be that of a street before it.
    """
    if not widening.known:
        return widening
    before = [edge.street for edge in lie.edges if edge.kind == "street"]
    dark = any(edge.evidence == "none" for edge in lie.edges) or not around.parcels_complete
    if any(street is None or street.key not in around.lands for street in before) or any(
        dark
        and street.key not in around.lands
        and street.axis is not None
        and shapely.dwithin(street.axis, after, AXIS_REACH)
        for street in around.streets
    ):
        return replace(widening, known=False, loss_area=None, reason="street_width")
    return widening


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
