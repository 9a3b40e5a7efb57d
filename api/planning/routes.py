"""HTTP of planning: the city, a parcel with its law, assessments."""

from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from api.cadastre import service as cadastre
from api.core.days import Day, today
from api.core.errors import Conflict, Unavailable
from api.core.problems import problems
from api.core.state import Composition, Reading
from api.core.wire import JSONBytes, StrictRoute, reply
from api.people.access import Needs
from api.people.permissions import Permission
from api.planning import service
from api.planning.books import book_in_force
from api.planning.parcel import parcel_document
from api.planning.parcel_shapes import ParcelOut
from api.planning.report_shapes import ReportOut, SubdivisionReportOut
from api.planning.shapes import AssessmentIn, CityOut
from api.planning.site import frame_of
from api.planning.subdivision_shapes import SubdivisionAssessmentIn

router = APIRouter(prefix="/api", tags=["planning"], route_class=StrictRoute)

_READS_MAP = Depends(Needs(Permission.MAP_READ))


@router.get(
    "/city",
    operation_id="readCity",
    response_model=CityOut,
    responses=problems(401, 403, 422),
    dependencies=[_READS_MAP],
)
def read_city(database: Reading, settings: Composition) -> Response:
    """The city, its layers with what the register says of them, and the book in force."""
    on = today()
    with database.connect() as connection:
        city = cadastre.city(connection)
        layers = cadastre.layers(connection, on)
        kinds, zones = cadastre.overlay_kinds(connection, on), cadastre.zone_codes(connection, on)
    book, unregulated = None, []
    with suppress(Conflict, Unavailable):  # without a book nothing is judged, and the city still has its map
        loaded = book_in_force(city.rulebook, settings.rulebooks)
        book, unregulated = loaded.summary(), sorted(set(kinds) - loaded.book.overlay_kinds(on))
    return reply(
        {
            "key": city.key,
            "name": {"fa": city.name_fa, "en": city.name_en},
            "sample": city.is_sample,
            "srid": city.srid,
            "srid_name": frame_of(city.srid).name,
            "bounds": city.bounds,
            "centre": city.centre,
            "today": on.isoformat(),
            "layers": layers,
            "overlay_kinds": kinds,
            "overlay_kinds_without_law": unregulated,
            "zones": zones,
            "book": book,
        }
    )


@router.get(
    "/parcels/{key}",
    operation_id="readParcel",
    response_model=ParcelOut,
    responses=problems(401, 403, 404, 422),
    dependencies=[_READS_MAP],
)
def read_parcel(
    database: Reading,
    settings: Composition,
    key: Annotated[str, Path(min_length=1, max_length=200, examples=["P-000001"])],
    on: Annotated[Day | None, Query(description="day of map and law; today where not given")] = None,
) -> Response:
    """A parcel as of a day: outline, edges, zones, buildings, and what the law says may be built."""
    with database.connect() as connection:
        return reply(parcel_document(connection, settings.rulebooks, key, on or today()))


@router.post(
    "/assessments",
    operation_id="assess",
    response_model=ReportOut,
    responses=problems(401, 403, 404, 409, 413, 422),
    dependencies=[Depends(Needs(Permission.ASSESSMENT_MAKE))],
)
def make_assessment(asked: AssessmentIn, database: Reading, settings: Composition) -> Response:
    """Judge a proposal on a parcel by the law of a day. Nothing is stored."""
    with database.connect() as connection:
        made = service.judge(connection, settings.rulebooks, asked.parcel, asked.on, asked.proposal)
    return JSONBytes(made.text)


@router.post(
    "/subdivisions/assess",
    operation_id="assessSubdivision",
    response_model=SubdivisionReportOut,
    responses=problems(401, 403, 404, 409, 413, 422),
    dependencies=[Depends(Needs(Permission.ASSESSMENT_MAKE))],
)
def make_subdivision_assessment(
    asked: SubdivisionAssessmentIn, database: Reading, settings: Composition
) -> Response:
    """Judge a division of a parcel into pieces by the law of a day. Nothing is stored."""
    with database.connect() as connection:
        made = service.judge_subdivision(
            connection, settings.rulebooks, asked.parcel, asked.on, asked.subdivision
        )
    return JSONBytes(made.text)
