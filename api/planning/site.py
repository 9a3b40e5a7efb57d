"""From stored facts to the site that the spatial law judges. Nothing is read here: the same facts, the
same site."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, cast

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from api.cadastre.facts import REACH, Fact, SiteFacts
from api.cadastre.terrain import Grid
from api.core.errors import Unavailable
from gis import Building, Frame, GisError, LayerState, Lot, Overlay, Site, Street, ZoneShare
from gis.alignment import SNAP
from gis.attributes import attribute_text
from gis.overlay import union_all
from gis.standing import reaches_over
from gis.street_land import street_land
from gis.terrain import Terrain

frame_of = lru_cache(maxsize=16)(Frame.of)
"""The frame of a city by its EPSG code, built once."""


def site_of(facts: SiteFacts) -> Site:
    """The site of these facts in the city's metric frame.

    Raises `Unavailable` where the stored facts themselves cannot be used: the city must put them right,
    not the
    applicant.
    """
    try:
        return _site(facts)
    except GisError as fault:
        raise Unavailable(
            "site_unreadable",
            f"The city's own data at {facts.key!r} cannot be used: {fault}",
            parcel=facts.key,
            cause=fault.code,
        ) from fault


def _site(facts: SiteFacts) -> Site:
    layers = {fact.key: _layer(fact) for fact in facts.of("layer")}
    parcel = shape_of(facts.parcel.wkb)
    neighbours = _shapes(facts, "neighbour")
    streets = [_street(fact) for fact in facts.of("street")]
    axes = [street.axis for street in streets if street.axis is not None]
    west, south, east, north = parcel.bounds
    window = shapely.box(west - REACH, south - REACH, east + REACH, north + REACH)
    shaped = street_land([parcel, *neighbours], axes, window=window)
    named = [bool(fact.properties.get("street_land")) for fact in (facts.parcel, *facts.of("neighbour"))]
    tolerance = _tolerance(facts)
    is_street, *beside = (found or said for found, said in zip(shaped, named, strict=True))
    lot = Lot.build(
        facts.key,
        cast("Polygon | MultiPolygon", parcel),
        streets=streets,
        neighbours=neighbours,
        streets_state=_status(layers, "streets"),
        parcels_state=_status(layers, "parcels"),
        street_land=[land for land, street in zip(neighbours, beside, strict=True) if street],
        tolerance=tolerance,
    )
    overlays = tuple(
        Overlay(
            fact.key,
            fact.properties["kind"],
            fact.properties["name"] or "",
            shape_of(fact.wkb),
            _attributes(fact),
        )
        for fact in facts.of("overlay")
    )
    buildings = tuple(
        Building(b.key, shape_of(b.wkb), is_own(b, parcel, tolerance)) for b in facts.of("building")
    )
    around = {fact.key for fact in facts.of("layer") if fact.properties.get("beside")}
    return Site(
        lot,
        frame_of(facts.srid),
        _zones(facts, lot),
        overlays,
        MappingProxyType(layers),
        bool(is_street),
        buildings,
        tolerance,
        beside=(
            *(building for building in buildings if not building.own),
            *(Building(b.key, shape_of(b.wkb), own=False) for b in facts.of("beside")),
        ),
        beside_known={"parcels", "buildings"} <= around,
        overlay_reach=MappingProxyType(_overlay_reach(facts)),
        terrain=next((_terrain(fact) for fact in facts.of("terrain")), None),
    )


def _attributes(fact: Fact) -> Mapping[str, str]:
    """What the source says of an overlay, as text; what the import itself notes is not the source's."""
    said = fact.properties.get("attributes") or {}
    kept = {name: attribute_text(v) for name, v in said.items() if v is not None and not name.startswith("@")}
    return MappingProxyType(kept)


def _overlay_reach(facts: SiteFacts) -> dict[str, float | None]:
    """How far around the parcel every overlay of a kind is given: as far as it was asked for and is complete.

    A kind of which no source speaks apart is as complete as those of every kind, or as the layer is.
    """
    layer = next((fact.properties for fact in facts.of("layer") if fact.key == "overlays"), {})
    complete = layer.get("status") == "complete"
    whole = layer.get("reach_m", 0.0) if complete else None
    declared: dict[str, float | None] = {}
    for fact in facts.of("overlay_reach"):
        metres, before = fact.properties["metres"], declared.get(fact.key, float("inf"))
        declared[fact.key] = None if metres is None or before is None else min(metres, before)
    whole = declared.get("*", whole)
    found: dict[str, float | None] = {"*": None if whole is None else 0.0}
    for kind, asked in next((fact.properties for fact in facts.of("around")), {}).items():
        metres = declared.get(kind, whole)
        found[kind] = None if metres is None else min(metres, asked)
    for kind in declared.keys() - found.keys():
        found[kind] = None if declared[kind] is None else 0.0
    return found


def _terrain(fact: Fact) -> Terrain:
    grid = Grid.from_json(fact.properties)
    return Terrain(grid.heights, grid.west, grid.north, grid.pixel)


def is_own(building: Fact, parcel: BaseGeometry, tolerance: float) -> bool:
    """Whether a building is the parcel's: the cadastre says so, or it says nothing and it stands on no other.

    One that nobody claims and that reaches over the line belongs to this lot or to the next: a person says.
    """
    if building.properties["own"] or not building.properties["unclaimed"]:
        return bool(building.properties["own"])
    return not reaches_over(shape_of(building.wkb), parcel, tolerance)


def _tolerance(facts: SiteFacts) -> float:
    """Metres by which outlines of neighbouring parcels may miss each other, as the profile declares it."""
    declared = (fact.properties.get("boundary_tolerance_m") for fact in facts.of("layer"))
    return float(next((metres for metres in declared if metres), SNAP))


def shape_of(wkb: bytes | None) -> BaseGeometry:
    """The geometry of a stored feature."""
    geometry: BaseGeometry = shapely.from_wkb(wkb)
    return geometry


def _shapes(facts: SiteFacts, kind: str) -> list[Polygon | MultiPolygon]:
    return list(shapely.from_wkb([fact.wkb for fact in facts.of(kind)]))


def _status(layers: Mapping[str, LayerState], name: str) -> Any:
    return layers[name].status if name in layers else "not_loaded"


def _layer(fact: Fact) -> LayerState:
    properties = fact.properties
    return LayerState(
        fact.key, properties["status"], date.fromisoformat(properties["day"]), properties["source"]
    )


def _street(fact: Fact) -> Street:
    properties = fact.properties
    return Street(
        fact.key,
        properties["name"] or "",
        shapely.from_wkb(fact.wkb),
        shapely.from_wkb(fact.second_wkb),
        _number(properties["existing_width_m"]),
        _number(properties["planned_width_m"]),
        properties["width_kind"],
        properties["street_class"],
    )


def _number(value: float | None) -> float | None:
    """A stored number as a float: JSON gives back 6.0 metres as 6."""
    return None if value is None else float(value)


def _zones(facts: SiteFacts, lot: Lot) -> tuple[ZoneShare, ...]:
    """The parts of the lot after widening by zone code; several polygons of one code are one zone."""
    by_code: dict[str, list[BaseGeometry]] = {}
    for fact in facts.of("zone"):
        by_code.setdefault(fact.properties["code"], []).append(shape_of(fact.wkb))
    shares = (
        ZoneShare.of(code, drawn[0] if len(drawn) == 1 else union_all(drawn), lot)
        for code, drawn in sorted(by_code.items())
    )
    return tuple(filter(None, shares))
