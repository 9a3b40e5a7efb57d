"""Reading a proposal from GeoJSON: every refusal says where in the applicant's own document and what to do.

A hostile document is refused in the time it takes to walk its lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, cast, get_args

from gis.errors import ProposalError
from gis.frame import WGS84, Frame
from gis.proposal.element import Elements
from gis.proposal.element_reading import LINES, read_drawn, read_elements
from gis.proposal.footprint import MAX_VERTICES, count_vertices, read_footprint
from gis.proposal.stacking import MAX_STOREYS, refuse_overlaps, refuse_wrong_levels
from gis.proposal.storey import STOREY_KINDS, USES, Storey
from gis.proposal.values import is_list, no_unknown, number, refuse, whole, word

Existing = Literal["demolish", "keep"]
EXISTING: Final[tuple[str, ...]] = get_args(Existing)
"""What an applicant may say of the buildings that stand: all of them go, or some stay."""

MAX_MASSES: Final = 1_000
MAX_UNITS: Final = 10_000
MAX_PARKING: Final = 100_000
_TOP: Final = {"type", "features", "srid", "proposal", "name", "bbox", "id"}
_PROPOSAL: Final = {"strip_ceded", "parking_spaces", "existing", "drawn", "neighbour_consents"}
_NEEDED: Final = ("level", "kind", "use", "units", "floor_height_m")
_KNOWN: Final = {*_NEEDED, "countable_area_m2", "clear_height_m", "unit_areas_m2"}


def read_facts(document: object) -> tuple[Sequence[object], int, dict[str, Any]]:
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
        refuse("not_an_object", "/proposal", f"`proposal` is an object with {', '.join(sorted(_PROPOSAL))}.")
    no_unknown(facts, _PROPOSAL, "/proposal")
    ceded = facts.get("strip_ceded", False)
    if not isinstance(ceded, bool):
        refuse("not_a_boolean", "/proposal/strip_ceded", "`strip_ceded` is true or false.")
    parking = facts.get("parking_spaces")
    if parking is not None:
        parking = whole(parking, "/proposal/parking_spaces", 0, MAX_PARKING)
    existing = facts.get("existing")
    if existing is not None:
        existing = word(existing, EXISTING, "/proposal/existing")
    features = document.get("features")
    if not isinstance(features, Sequence) or isinstance(features, str):
        refuse("not_a_list", "/features", "`features` is a list with one feature for each storey.")
    if not features:
        refuse("no_storeys", "/features", "The proposal has no storey; give at least one feature.")
    drawn = read_drawn(facts.get("drawn", []))
    said: dict[str, Any] = {
        "strip_ceded": ceded,
        "parking_spaces": parking,
        "existing": existing,
        "drawn": drawn,
    }
    return features, srid, said | {"neighbour_consents": _consents(facts.get("neighbour_consents", []))}


def _consents(given: object) -> tuple[int, ...]:
    """The boundaries, by their number, whose neighbours are said to consent."""
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) > MAX_VERTICES:
        refuse(
            "not_a_list", "/proposal/neighbour_consents", "`neighbour_consents` is a list of edge numbers."
        )
    numbers = (whole(n, f"/proposal/neighbour_consents/{at}", 0, MAX_VERTICES) for at, n in enumerate(given))
    return tuple(dict.fromkeys(numbers))


def read_features(
    features: Sequence[object], drawn: Sequence[str], parking: int | None, srid: int, frame: Frame
) -> tuple[tuple[Storey, ...], Elements]:
    """The storeys and elements in the city's frame, in the document's order; `parking`: the spaces declared.

    Raises ProposalError at the first fault, of a feature by its number in the document.
    """
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
        line = _element_of(feature) in LINES
        left = MAX_VERTICES - vertices
        vertices += count_vertices(feature.get("geometry"), f"{where}/geometry", left, line=line)
    known = [(n, cast("Mapping[str, Any]", feature)) for n, feature in enumerate(features)]
    numbers = [n for n, feature in known if _element_of(feature) is None]
    storeys = tuple(_storey(known[n][1], f"/features/{n}", srid, frame) for n in numbers)
    refuse_wrong_levels(storeys, numbers)
    refuse_overlaps(storeys, numbers)
    _refuse_missing_counts(storeys, numbers, parking)
    elements = [(n, feature) for n, feature in known if _element_of(feature) is not None]
    return storeys, read_elements(elements, drawn, srid, frame)


def _element_of(feature: Mapping[str, Any]) -> object:
    """The word that makes a feature an element; None for a storey."""
    properties = feature.get("properties")
    return properties.get("element") if isinstance(properties, Mapping) else None


def _storey(feature: Mapping[str, Any], where: str, srid: int, frame: Frame) -> Storey:
    properties, at = feature.get("properties"), f"{where}/properties"
    if not isinstance(properties, Mapping):
        refuse("not_an_object", at, f"A storey has properties: {', '.join(_NEEDED)}.")
    no_unknown(properties, _KNOWN, at)
    for name in _NEEDED:
        if properties.get(name) is None:
            refuse("missing_property", f"{at}/{name}", f"The storey does not say its `{name}`.", name=name)
    declared, clear = properties.get("countable_area_m2"), properties.get("clear_height_m")
    fields: dict[str, Any] = {
        "level": whole(properties["level"], f"{at}/level", -MAX_STOREYS, MAX_STOREYS),
        "kind": word(properties["kind"], STOREY_KINDS, f"{at}/kind"),
        "use": word(properties["use"], USES, f"{at}/use"),
        "units": whole(properties["units"], f"{at}/units", 0, MAX_UNITS),
        "floor_height": number(properties["floor_height_m"], f"{at}/floor_height_m"),
        "countable_area": None if declared is None else number(declared, f"{at}/countable_area_m2"),
        "clear_height": None if clear is None else number(clear, f"{at}/clear_height_m"),
        "unit_areas": _unit_areas(properties.get("unit_areas_m2"), f"{at}/unit_areas_m2"),
        "footprint": read_footprint(feature["geometry"], f"{where}/geometry", srid, frame),
    }
    try:
        return Storey(**fields)
    except ProposalError as error:
        raise ProposalError(error.code, f"{at}/{error.where}", error.detail, **error.values) from None


def _unit_areas(given: object, at: str) -> tuple[float, ...] | None:
    if given is None:
        return None
    if not is_list(given) or len(cast("Sequence[object]", given)) > MAX_UNITS:
        refuse("not_a_list", at, "`unit_areas_m2` is a list with the area of each unit.")
    return tuple(number(area, f"{at}/{n}") for n, area in enumerate(cast("Sequence[object]", given)))


def _refuse_missing_counts(
    storeys: Sequence[Storey], numbers: Sequence[int], parking_spaces: int | None
) -> None:
    """Homes without a dwelling and car parks without a space contradict the document that declares them."""
    homes = [n for n, storey in enumerate(storeys) if storey.use == "residential"]
    if homes and not any(storeys[n].units for n in homes):
        refuse(
            "no_dwelling",
            f"/features/{numbers[homes[0]]}/properties/units",
            "The building has residential storeys and no dwelling; say how many units each storey has.",
        )
    if parking_spaces == 0 and any(storey.use == "parking" for storey in storeys):
        refuse(
            "no_parking_space",
            "/proposal/parking_spaces",
            "A storey is for parking and the proposal has no parking space; say how many there are.",
        )
