"""HTTP of drawings: a building plan in DXF is read; nothing is stored."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.core.days import Day, today
from api.core.errors import BadInput
from api.core.problems import problems
from api.core.state import Reading
from api.core.wire import StrictRoute, read_body, reply
from api.people.access import Needs
from api.people.permissions import Permission
from api.planning.drawing_process import sheet_in_bounds
from api.planning.drawing_shapes import DrawingOut
from api.planning.drawings import DEFAULT_MAPPING, Asked, mapping_of, read_drawing, site_at
from gis.drawing.guard import MAX_BYTES

router = APIRouter(prefix="/api", tags=["planning"], route_class=StrictRoute)

KINDS: Final = ("application/dxf", "image/vnd.dxf", "application/octet-stream")
_BODY: Final = {"schema": {"type": "string", "format": "binary", "maxLength": MAX_BYTES}}


@router.post(
    "/drawings",
    operation_id="readDrawing",
    response_model=DrawingOut,
    responses=problems(401, 403, 404, 413, 422),
    dependencies=[Depends(Needs(Permission.ASSESSMENT_MAKE))],
    openapi_extra={"requestBody": {"required": True, "content": dict.fromkeys(KINDS, _BODY)}},
)
async def read_sent_drawing(
    request: Request,
    database: Reading,
    *,
    mapping: Annotated[str, Query(max_length=60, description="family of layer names")] = DEFAULT_MAPPING,
    unit: Annotated[
        str | None, Query(max_length=10, description="true unit, where the file declares another")
    ] = None,
    parcel: Annotated[
        str | None, Query(min_length=1, max_length=200, description="key of its parcel")
    ] = None,
    on: Annotated[Day | None, Query(description="day of the map; today where not given")] = None,
    way: Annotated[
        int | None, Query(ge=0, le=99, description="which way it lies, where that is asked")
    ] = None,
) -> Response:
    """Read a building plan in DXF: measured, compared with what it declares, and placed on a parcel."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in KINDS:
        raise BadInput("dxf_expected", f"Send the drawing as {' or '.join(KINDS)}.", where="content-type")
    content = await read_body(request, MAX_BYTES)

    def read() -> dict[str, Any]:
        layers, site = mapping_of(mapping), None
        if parcel is not None:
            with database.connect() as connection:
                site = site_at(connection, parcel, on or today())
        return read_drawing(content, layers, Asked(unit, way), site, sheet_in_bounds)

    return reply(await run_in_threadpool(read))
