"""A parcel as the screens show it: outline, edges, zones, buildings, and what the law in force says for
it."""

from datetime import date
from typing import Any

import shapely
from shapely import MultiPolygon, Polygon
from sqlalchemy import Connection

from api.cadastre import service as cadastre
from api.cadastre.facts import LAYERS, ON_THE_LOT, Around, Fact, SiteFacts, facts_at
from api.cadastre.terrain import ground_of
from api.core.errors import Conflict, Unavailable
from api.planning.books import asked_around, book_in_force
from api.planning.site import shape_of, site_of
from gis import Edge, Frame, GisError, Site, law_for
from gis.law_item import held
from gis.overlay import on_lot, union_all
from gis.precision import rounded
from gis.report import geometry_to_dict


def parcel_document(connection: Connection, rulebooks: str, key: str, on: date) -> dict[str, Any]:
    """Everything about a parcel as of a day. Raises `NotFound` where it is not there on that day."""
    facts = facts_at(connection, key, on, _asked(cadastre.city(connection).rulebook, rulebooks, on))
    record = cadastre.record(connection, key, on)
    site = site_of(facts)
    properties = facts.parcel.properties
    ground = ground_of(site.lot.before, record.terrain)
    return {
        "key": key,
        "on": on.isoformat(),
        "valid_from": properties["valid_from"],
        "valid_to": properties["valid_to"],
        "renovation_code": properties["renovation_code"],
        "registration_plate": properties["registration_plate"],
        "address": properties["address"],
        "district": record.district,
        "area_m2": rounded(properties["area_m2"], "m2"),
        "registered_area_m2": properties["registered_area_m2"],
        "geometry": geometry_to_dict(site.lot.before, site.frame, _BOUNDARY),
        "street_land": site.street_land,
        "frame": {"srid": site.frame.srid, "name": site.frame.name},
        "corners": _corners(site.lot.before, site.frame),
        "edges": [_edge(edge, site.frame) for edge in site.lot.edges],
        "orientation": site.lot.orientation,
        "corner_lot": site.lot.corner,
        "through_lot": site.lot.through,
        "frontage_m": rounded(site.lot.frontage, "m"),
        "depth_m": rounded(site.lot.depth, "m"),
        "widening": _widening(site),
        "zones": _zones(site, facts),
        "overlays": _overlays(site),
        "buildings": [
            _building(fact, site.frame)
            for fact, building in zip(facts.of("building"), site.buildings, strict=True)
            if building.own or fact.properties["unclaimed"]
        ],
        "nodes": record.nodes,
        "terrain": None
        if ground is None
        else {
            "min_m": round(ground.lowest, 2),
            "max_m": round(ground.highest, 2),
            "mean_m": round(ground.mean, 2),
        },
        "layers": [_layer(site, name) for name in LAYERS],
        "law": law_document(site, facts.rulebook, rulebooks, on),
        "lineage": record.lineage,
        "history": record.history,
    }


_STREET = {
    "code": "parcel_is_street",
    "detail": "On the map this parcel is itself street; nothing is offered on it.",
    "args": {},
}


def _asked(rulebook: str | None, rulebooks: str, on: date) -> Around:
    """What the law asks around a parcel; what is on it where there is no law to ask."""
    try:
        return asked_around(book_in_force(rulebook, rulebooks), on)
    except (Conflict, Unavailable):
        return ON_THE_LOT


def law_document(site: Site, rulebook: str | None, rulebooks: str, on: date) -> dict[str, Any]:
    """What the law says for a site on a day; where there is none for the day, the refusal instead of
    items."""
    if site.street_land:
        return _no_law(on, None, _STREET)
    try:
        loaded = book_in_force(rulebook, rulebooks)
    except (Conflict, Unavailable) as fault:
        return _no_law(on, None, _refusal(fault))
    try:
        items = law_for(site, loaded.book, on=on)
    except GisError as fault:
        return _no_law(on, loaded.summary(), _refusal(fault))
    return {
        "on": on.isoformat(),
        "book": loaded.summary(),
        "items": [item.to_dict() for item in items],
        "held": [open_.to_dict() for open_ in held(items, site)],
        "refusal": None,
    }


def _no_law(on: date, book: dict[str, object] | None, refusal: dict[str, Any]) -> dict[str, Any]:
    return {"on": on.isoformat(), "book": book, "items": [], "held": [], "refusal": refusal}


def _refusal(fault: Conflict | Unavailable | GisError) -> dict[str, Any]:
    return {"code": fault.code, "detail": fault.detail, "args": dict(fault.values)}


_MICROMETRE = 6
"""Decimals of a metre: who draws along corners copied from here stays on the line for every comparison."""


_BOUNDARY = 11
"""Decimals of a degree, a micrometre, for the same reason."""


def _corners(outline: Polygon | MultiPolygon, frame: Frame) -> list[dict[str, Any]]:
    """The corners of the outline in its own order, in the city's frame and on the globe."""
    rings = [part.exterior for part in shapely.get_parts(outline)]
    points = [point for ring in rings for point in list(ring.coords)[:-1]]
    globe = shapely.get_coordinates(frame.to_wgs84(shapely.MultiPoint([point[:2] for point in points])))
    return [
        {
            "n": number,
            "e": round(point[0], _MICROMETRE),
            "n_m": round(point[1], _MICROMETRE),
            "lon": round(float(lon), _BOUNDARY),
            "lat": round(float(lat), _BOUNDARY),
        }
        for number, (point, (lon, lat)) in enumerate(zip(points, globe, strict=True), 1)
    ]


def _edge(edge: Edge, frame: Frame) -> dict[str, Any]:
    street = edge.street
    return {
        "index": edge.index,
        "kind": edge.kind,
        "evidence": edge.evidence,
        "confidence": round(edge.confidence, 3),
        "length_m": rounded(edge.length, "m"),
        "azimuth_deg": round(edge.azimuth, 4),
        "street_width_m": rounded(edge.street_width, "m"),
        "street": street
        and {
            "key": street.key,
            "name": street.name or None,
            "existing_width_m": street.existing_width,
            "planned_width_m": street.planned_width,
        },
        "geometry": geometry_to_dict(edge.line, frame),
    }


def _widening(site: Site) -> dict[str, Any]:
    lot, widening = site.lot, site.lot.widening
    strips = [strip for _, strip in widening.strips]
    return {
        "known": widening.known,
        "reason": widening.reason,
        "before_m2": rounded(lot.area_before, "m2"),
        "loss_m2": rounded(widening.loss_area, "m2"),
        "after_m2": rounded(lot.area_after, "m2") if widening.known else None,
        "geometry": geometry_to_dict(union_all(strips), site.frame) if strips else None,
        "streets": [{"key": key, "area_m2": rounded(strip.area, "m2")} for key, strip in widening.strips],
    }


def _zones(site: Site, facts: SiteFacts) -> list[dict[str, Any]]:
    names = {fact.properties["code"]: fact.properties["name"] for fact in facts.of("zone")}
    return [
        {
            "code": zone.code,
            "name": names.get(zone.code),
            "share": round(zone.share, 6),
            "area_m2": rounded(zone.area, "m2"),
        }
        for zone in site.zones
    ]


def _overlays(site: Site) -> list[dict[str, Any]]:
    """The overlays on the parcel; one that only touches its line is not on it."""
    lot = site.lot
    parts = ((over, on_lot(over.geometry, lot.before)) for over in site.overlays)
    return [
        {
            "key": over.key,
            "kind": over.kind,
            "name": over.name or None,
            "share": round(part.area / lot.area_before, 6) if part.area > 0 else None,
        }
        for over, part in parts
        if not part.is_empty
    ]


def _building(fact: Fact, frame: Frame) -> dict[str, Any]:
    outline = shape_of(fact.wkb)
    return {
        "key": fact.key,
        **{name: fact.properties[name] for name in ("storeys", "height_m", "use", "year")},
        "area_m2": rounded(outline.area, "m2"),
        "geometry": geometry_to_dict(outline, frame),
    }


def _layer(site: Site, name: str) -> dict[str, Any]:
    state = site.layer(name)
    return {
        "layer": name,
        "status": state.status,
        "day": state.day.isoformat() if state.day else None,
        "source": state.source or None,
    }
