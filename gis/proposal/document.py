"""Reading a proposal from GeoJSON: every refusal says where in the applicant's own document and what to do.

A hostile document is refused in the time it takes to walk its lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final, cast

import shapely

from gis.frame import WGS84, Frame
from gis.precision import noise
from gis.proposal.footprint import MAX_VERTICES, count_vertices, read_footprint
from gis.proposal.storey import STOREY_KINDS, USES, Storey, StoreyKind, Use
from gis.proposal.values import no_unknown, number, refuse, whole, word

MAX_MASSES: Final = 1_000
MAX_STOREYS: Final = 200
MAX_FLOOR_HEIGHT: Final = 100.0
MAX_UNITS: Final = 10_000
MAX_PARKING: Final = 100_000
_TOP: Final = {"type", "features", "srid", "proposal", "name", "bbox", "id"}
_PROPOSAL: Final = {"strip_ceded", "parking_spaces"}
_NEEDED: Final = ("level", "kind", "use", "units", "floor_height_m")
_KNOWN: Final = {*_NEEDED, "countable_area_m2"}


def read_facts(document: object) -> tuple[Sequence[object], int, bool, int | None]:
    """The features, the coordinate system and the facts of the `proposal` member of a FeatureCollection."""
    if not isinstance(document, Mapping) or document.get("type") != "FeatureCollection":
        refuse("not_a_collection", "", "A proposal is a GeoJSON FeatureCollection, one feature a storey.")
    if "crs" in document:
        refuse("crs_member", "/crs", "Say the coordinate system with the member `srid` instead of `crs`.")
    no_unknown(document, _TOP, "")
    srid = document.get("srid", WGS84)
    if isinstance(srid, bool) or not isinstance(srid, int):
        refuse("srid", "/srid", "`srid` is the whole number of an EPSG code, such as 4326.")
    facts = document.get("proposal", {})
    if not isinstance(facts, Mapping):
        refuse("not_an_object", "/proposal", "`proposal` is an object with strip_ceded and parking_spaces.")
    no_unknown(facts, _PROPOSAL, "/proposal")
    ceded = facts.get("strip_ceded", False)
    if not isinstance(ceded, bool):
        refuse("not_a_boolean", "/proposal/strip_ceded", "`strip_ceded` is true or false.")
    parking = facts.get("parking_spaces")
    if parking is not None:
        parking = whole(parking, "/proposal/parking_spaces", 0, MAX_PARKING)
    features = document.get("features")
    if not isinstance(features, Sequence) or isinstance(features, str):
        refuse("not_a_list", "/features", "`features` is a list with one feature for each storey.")
    if not features:
        refuse("no_storeys", "/features", "The proposal has no storey; give at least one feature.")
    return features, srid, ceded, parking


def read_storeys(features: Sequence[object], srid: int, frame: Frame) -> tuple[Storey, ...]:
    """The storeys in the city's frame, lowest first. Raises ProposalError at the first fault."""
    if srid not in {WGS84, frame.srid}:
        refuse(
            "srid",
            "/srid",
            f"Coordinates are in EPSG:{srid}; give them in EPSG:4326 or in the city's EPSG:{frame.srid}.",
            srid=srid,
            allowed=[WGS84, frame.srid],
        )
    if len(features) > MAX_MASSES:
        refuse("too_many_masses", "/features", f"More than {MAX_MASSES} features.", count=len(features))
    vertices = 0
    for n, feature in enumerate(features):
        where = f"/features/{n}"
        if not isinstance(feature, Mapping) or feature.get("type") != "Feature":
            refuse("not_a_feature", where, "Every item of `features` is a GeoJSON Feature.")
        vertices += count_vertices(feature.get("geometry"), f"{where}/geometry", MAX_VERTICES - vertices)
    storeys = [
        _storey(cast("Mapping[str, Any]", feature), f"/features/{n}", srid, frame)
        for n, feature in enumerate(features)
    ]
    _levels(storeys)
    _apart(storeys)
    return tuple(sorted(storeys, key=lambda storey: storey.level))


def _storey(feature: Mapping[str, Any], where: str, srid: int, frame: Frame) -> Storey:
    properties, at = feature.get("properties"), f"{where}/properties"
    if not isinstance(properties, Mapping):
        refuse("not_an_object", at, f"A storey has properties: {', '.join(_NEEDED)}.")
    no_unknown(properties, _KNOWN, at)
    for name in _NEEDED:
        if properties.get(name) is None:
            refuse("missing_property", f"{at}/{name}", f"The storey does not say its `{name}`.", name=name)
    level = whole(properties["level"], f"{at}/level", -MAX_STOREYS, MAX_STOREYS)
    kind = word(properties["kind"], STOREY_KINDS, f"{at}/kind")
    if (kind == "basement") != (level < 0):
        refuse(
            "kind_at_level",
            f"{at}/kind",
            f"A {kind} at level {level}: below ground (level < 0) is a basement, and nothing else is.",
            kind=kind,
            level=level,
        )
    height = number(properties["floor_height_m"], f"{at}/floor_height_m")
    if not 0 < height <= MAX_FLOOR_HEIGHT:
        refuse(
            "floor_height",
            f"{at}/floor_height_m",
            f"A floor height of {height:g} m; it must be above 0 and at most {MAX_FLOOR_HEIGHT:g} m.",
            value=height,
        )
    footprint = read_footprint(feature["geometry"], f"{where}/geometry", srid, frame)
    declared = properties.get("countable_area_m2")
    if declared is not None:
        declared = number(declared, f"{at}/countable_area_m2")
        if not 0 <= declared <= footprint.area + noise("m2"):
            refuse(
                "countable_area",
                f"{at}/countable_area_m2",
                f"{declared:g} m² countable on a footprint of {footprint.area:.3f} m²; "
                "give a figure from 0 to the footprint.",
                value=declared,
                footprint=round(footprint.area, 3),
            )
    return Storey(
        level=level,
        kind=cast("StoreyKind", kind),
        use=cast("Use", word(properties["use"], USES, f"{at}/use")),
        footprint=footprint,
        floor_height=height,
        units=whole(properties["units"], f"{at}/units", 0, MAX_UNITS),
        countable_area=declared,
    )


def _levels(storeys: Sequence[Storey]) -> None:
    """Levels without gaps from the ground up and down; a stair head only on top."""
    levels = {storey.level for storey in storeys}
    low, high = min(levels), max(levels)
    for level in range(min(low, 0 if high >= 0 else -1), max(high, 0 if low >= 0 else -1) + 1):
        if level not in levels:
            refuse(
                "level_gap",
                "/features",
                f"There is no storey at level {level} although the levels run from {low} to {high}.",
                level=level,
            )
    if len(levels) > MAX_STOREYS:
        refuse("too_many_storeys", "/features", f"More than {MAX_STOREYS} storeys.", count=len(levels))
    for n, storey in enumerate(storeys):
        if storey.kind == "stair_head" and storey.level < high:
            refuse(
                "stair_head_below",
                f"/features/{n}/properties/level",
                f"A stair head at level {storey.level} under level {high}; it stands on the roof.",
                level=storey.level,
            )


def _apart(storeys: Sequence[Storey]) -> None:
    """Masses of one level side by side, so that no floor is counted twice."""
    by_level = sorted(range(len(storeys)), key=lambda n: (storeys[n].level, n))
    for _, group in groupby(by_level, key=lambda n: storeys[n].level):
        masses = list(group)
        tree = shapely.STRtree([storeys[n].footprint for n in masses])
        for place, n in enumerate(masses):
            for other in sorted(tree.query(storeys[n].footprint).tolist()):
                if other >= place:
                    break
                overlap = storeys[n].footprint.intersection(storeys[masses[other]].footprint).area
                if overlap > noise("m2"):
                    refuse(
                        "overlapping_masses",
                        f"/features/{n}/geometry",
                        f"It overlaps feature {masses[other]} of the same level by {overlap:.3f} m²; "
                        "draw one outline for both.",
                        other=masses[other],
                        area=round(overlap, 3),
                    )
