"""The facts of a site as of a day: everything the law may ask about one parcel's place, in one query
round."""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import shapely
from sqlalchemy import Connection, text

from api.cadastre.ended import not_in_force
from api.cadastre.terrain import Tile, grid_around
from api.core.errors import Unavailable
from gis.looks import GAP_REACH
from gis.overlay import GRID
from gis.site import NEAR

REACH = GAP_REACH
"""Metres around a parcel in which neighbours and streets are facts of its site: as far as edges look."""
GRAIN = 10 * GRID
"""Metres by which the edge of a complete area, put together on the grid of overlays, may miss a parcel's."""
FARTHEST = 1_050.0
"""Metres beyond which no object is a fact of a site, whatever a book asks."""
GROUND = 100.0
"""Metres around a parcel in which tiles of the terrain are read: more than two cells of any raster of use."""
LAYERS = ("parcels", "streets", "zones", "buildings", "districts", "overlays", "addresses", "terrain")


@dataclass(frozen=True)
class Around:
    """What is asked around a parcel: metres within which overlays of a kind are facts of its site (of other
    kinds those on it are), and whether the ground under it is."""

    kinds: Mapping[str, float] = field(default_factory=dict)
    terrain: bool = False

    @property
    def asked(self) -> dict[str, Any]:
        """The same for the query."""
        kinds = {kind: min(metres, FARTHEST) for kind, metres in sorted(self.kinds.items())}
        far = max(kinds.values(), default=0.0)
        return {"kinds": json.dumps(kinds), "far": far, "terrain": self.terrain, "ground": GROUND}


ON_THE_LOT = Around()


@dataclass(frozen=True)
class Fact:
    """One feature near or on the site: `kind` of thing, its key, geometries as WKB in the city's frame."""

    kind: str
    key: str
    wkb: bytes | None
    second_wkb: bytes | None
    properties: dict[str, Any]


@dataclass(frozen=True)
class SiteFacts:
    """All facts of one parcel's site as of a day, in the city's frame `srid`."""

    key: str
    on: date
    srid: int
    rulebook: str | None
    parcel: Fact
    others: tuple[Fact, ...]

    def of(self, kind: str) -> Iterator[Fact]:
        """The facts of one kind: neighbour, street, zone, overlay, building, layer, beside, terrain.

        `around` says how far overlays were asked for, `overlay_reach` how far each kind is complete.
        """
        return (fact for fact in self.others if fact.kind == kind)

    def to_json(self) -> dict[str, Any]:
        """The exact facts as a document (geometry as WKB in hexadecimal), from which they can be read
        again."""
        return {
            "key": self.key,
            "on": self.on.isoformat(),
            "srid": self.srid,
            "rulebook": self.rulebook,
            "facts": [
                [
                    fact.kind,
                    fact.key,
                    fact.wkb.hex() if fact.wkb else None,
                    fact.second_wkb.hex() if fact.second_wkb else None,
                    fact.properties,
                ]
                for fact in (self.parcel, *self.others)
            ],
        }

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> "SiteFacts":
        """The facts that `to_json` wrote.

        >>> parcel = Fact("parcel", "P-1", b"\\x01", None, {"area_m2": 250.0})
        >>> facts = SiteFacts("P-1", date(2026, 11, 21), 32639, "sample_city", parcel, ())
        >>> SiteFacts.from_json(facts.to_json()) == facts
        True
        """
        facts = [
            Fact(
                kind,
                key,
                bytes.fromhex(first) if first else None,
                bytes.fromhex(second) if second else None,
                properties,
            )
            for kind, key, first, second, properties in document["facts"]
        ]
        return cls(
            document["key"],
            date.fromisoformat(document["on"]),
            document["srid"],
            document["rulebook"],
            facts[0],
            tuple(facts[1:]),
        )


# Every branch is an index scan from the one lot; order is fixed so that the same facts give the same
# document.
_FACTS = text("""
WITH lot AS MATERIALIZED (
    SELECT p.*, ST_Expand(p.geom, :reach) AS near, ST_Buffer(p.geom, -:grain) AS inside,
           ST_Expand(p.geom, :beside) AS beside, ST_Expand(p.geom, :far) AS far FROM cadastre.parcel p
    WHERE p.key = :key AND p.valid_from <= :on AND (p.valid_to IS NULL OR p.valid_to > :on)
), facts AS (
    SELECT 0 AS rank, 'city' AS kind, c.key, NULL::geometry AS geom, NULL::geometry AS second,
           jsonb_build_object('srid', c.srid, 'rulebook', c.rulebook) AS properties
    FROM cadastre.city c
    UNION ALL
    SELECT 1, 'parcel', lot.key, lot.geom, NULL, jsonb_build_object(
        'area_m2', lot.area_m2, 'registered_area_m2', lot.registered_area_m2,
        'renovation_code', lot.renovation_code, 'registration_plate', lot.registration_plate,
        'address', lot.address, 'valid_from', lot.valid_from, 'valid_to', lot.valid_to,
        'street_land', coalesce(lot.attributes ? '@street_land', false))
    FROM lot
    UNION ALL
    SELECT 2, 'neighbour', p.key, p.geom, NULL,
           CASE WHEN p.attributes ? '@street_land' THEN '{"street_land": true}' ELSE '{}' END::jsonb
    FROM lot JOIN cadastre.parcel p ON p.geom && lot.near AND p.id <> lot.id
    WHERE p.valid_from <= :on AND (p.valid_to IS NULL OR p.valid_to > :on)
    UNION ALL
    SELECT 3, 'street', s.key, s.geom, s.row_geom, jsonb_build_object(
        'name', s.name, 'existing_width_m', s.existing_width_m, 'planned_width_m', s.planned_width_m,
        'width_kind', s.width_kind, 'street_class', s.street_class)
    FROM lot JOIN cadastre.street s ON s.geom && lot.near OR s.row_geom && lot.near
    WHERE s.valid_from <= :on AND (s.valid_to IS NULL OR s.valid_to > :on)
    UNION ALL
    SELECT 4, 'zone', z.key, z.geom, NULL, jsonb_build_object('code', z.code, 'name', z.name)
    FROM lot JOIN cadastre.zone z ON z.geom && lot.geom AND ST_Intersects(z.geom, lot.geom)
    WHERE z.valid_from <= :on AND (z.valid_to IS NULL OR z.valid_to > :on)
    UNION ALL
    SELECT 5, 'overlay', o.key, o.geom, NULL,
           jsonb_build_object('kind', o.kind, 'name', o.name, 'attributes', o.attributes)
    FROM lot JOIN cadastre.overlay o ON o.geom && lot.far
        AND ST_DWithin(o.geom, lot.geom, coalesce((CAST(:kinds AS jsonb) ->> o.kind)::float8, 0))
    WHERE o.valid_from <= :on AND (o.valid_to IS NULL OR o.valid_to > :on)
    UNION ALL
    SELECT 6, 'building', b.key, b.geom, NULL, jsonb_build_object(
        'storeys', b.storeys, 'height_m', b.height_m, 'use', b.use, 'year', b.year,
        'own', b.parcel_key IS NOT DISTINCT FROM lot.key,
        'unclaimed', NOT EXISTS (SELECT FROM cadastre.parcel o WHERE o.key = b.parcel_key
                                 AND o.valid_from <= :on AND (o.valid_to IS NULL OR o.valid_to > :on)))
    FROM lot JOIN cadastre.building b ON b.geom && lot.geom AND ST_Intersects(b.geom, lot.geom)
    WHERE b.valid_from <= :on AND (b.valid_to IS NULL OR b.valid_to > :on)
    UNION ALL
    SELECT 7, 'layer', r.layer, NULL, NULL, jsonb_build_object(
        'status', CASE WHEN ST_Covers(ST_Union(r.complete_area), lot.inside) THEN 'complete'
                       WHEN bool_or(r.complete_area IS NULL) THEN 'unknown' ELSE 'incomplete' END,
        'day', max(r.day), 'source', string_agg(DISTINCT r.source, ', '),
        'boundary_tolerance_m', max((r.declared ->> 'boundary_tolerance_m')::float8),
        'beside', r.layer IN ('parcels', 'buildings') AND ST_Covers(ST_Union(r.complete_area), lot.beside),
        'reach_m', CASE WHEN r.layer = 'overlays' AND ST_Covers(ST_Union(r.complete_area), lot.inside)
                        THEN ST_Distance(lot.geom, ST_Boundary(ST_Union(r.complete_area))) END)
    FROM lot CROSS JOIN cadastre.layer_register r
    WHERE r.valid_from <= :on AND (r.valid_to IS NULL OR r.valid_to > :on)
    GROUP BY r.layer, lot.geom, lot.inside, lot.beside
    UNION ALL
    SELECT 8, 'beside', b.key, b.geom, NULL, '{}'::jsonb
    FROM lot JOIN cadastre.building b
        ON b.geom && lot.beside AND ST_DWithin(b.geom, lot.geom, :beside)
        AND NOT ST_Intersects(b.geom, lot.geom)
    WHERE b.valid_from <= :on AND (b.valid_to IS NULL OR b.valid_to > :on)
    UNION ALL
    SELECT 9, 'around', '', NULL, NULL, CAST(:kinds AS jsonb) FROM lot
    UNION ALL
    SELECT 10, 'overlay_reach', k.key, NULL, NULL, jsonb_build_object(
        'metres', CASE WHEN ST_Covers(a.area, lot.inside) THEN ST_Distance(lot.geom, ST_Boundary(a.area)) END)
    FROM lot JOIN cadastre.layer_register r ON r.layer = 'overlays'
        AND r.valid_from <= :on AND (r.valid_to IS NULL OR r.valid_to > :on)
    CROSS JOIN LATERAL jsonb_each(r.declared -> 'complete_kinds') AS k(key, said)
    CROSS JOIN LATERAL (
        SELECT ST_SetSRID((k.said ->> 'complete_wkb')::geometry, ST_SRID(lot.geom)) AS area) AS a
    UNION ALL
    SELECT 11, 'tile', t.key, NULL, NULL, jsonb_build_object(
        'affine', t.affine, 'width', t.width, 'height', t.height, 'nodata', t.nodata,
        'body', encode(t.body, 'base64'))
    FROM lot JOIN cadastre.terrain_tile t ON :terrain AND t.geom && ST_Expand(lot.geom, :ground)
    WHERE t.valid_from <= :on AND (t.valid_to IS NULL OR t.valid_to > :on)
)
SELECT kind, key, ST_AsBinary(geom) AS wkb, ST_AsBinary(second) AS second_wkb, properties
FROM facts ORDER BY rank, key
""")


def _bytes(value: memoryview | None) -> bytes | None:
    return None if value is None else bytes(value)


def facts_at(connection: Connection, key: str, on: date, around: Around = ON_THE_LOT) -> SiteFacts:
    """The facts of the site of a parcel as of a day, and of what lies around it as far as is asked.

    Raises `NotFound` where no parcel has the key, or it is not in force on that day (its days are said, and
    what it became or came from), and `Unavailable` where the database holds no city.
    """
    city = parcel = None
    others: list[Fact] = []
    tiles: list[dict[str, Any]] = []
    asked = {"key": key, "on": on, "reach": REACH, "grain": GRAIN, "beside": NEAR, **around.asked}
    for row in connection.execute(_FACTS, asked):
        if row.kind == "city":
            city = row.properties
            continue
        if row.kind == "tile":
            tiles.append(row.properties)
            continue
        fact = Fact(row.kind, row.key, _bytes(row.wkb), _bytes(row.second_wkb), row.properties)
        if fact.kind == "parcel":
            parcel = fact
        else:
            others.append(fact)
    if city is None:
        raise Unavailable("no_city", "No city has been imported into this database.")
    if parcel is None:
        raise not_in_force(connection, key, on)
    if parcel.wkb and (ground := _ground(parcel.wkb, tiles)):
        others.append(Fact("terrain", "", None, None, ground))
    return SiteFacts(key, on, city["srid"], city["rulebook"], parcel, tuple(others))


def _ground(parcel: bytes, tiles: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The elevations under and beside a parcel as a document; None where no raster gives them."""
    found = grid_around(
        shapely.from_wkb(parcel).bounds,
        [
            Tile(tuple(t["affine"]), t["width"], t["height"], t["nodata"], base64.b64decode(t["body"]))
            for t in tiles
        ],
    )
    return found.to_json() if found else None
