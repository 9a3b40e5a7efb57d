"""HTTP of the cadastre: search and tiles."""

import zlib
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from sqlalchemy import Connection
from starlette.background import BackgroundTask

from api.cadastre import search, service
from api.cadastre.shapes import ParcelList
from api.cadastre.tiles import CADASTRE_LAYERS, MAX_ZOOM, TileAddress, TileLayer
from api.core.days import today
from api.core.errors import BadInput, NotFound
from api.core.problems import problems
from api.core.state import Reading
from api.core.wire import reply
from api.people.access import Actor, Needs
from api.people.permissions import Permission

router = APIRouter(tags=["map"])

_READS_MAP = Depends(Needs(Permission.MAP_READ))
_LON_LAT = r"^-?\d{1,3}(\.\d{1,15})?,-?\d{1,3}(\.\d{1,15})?$"


@router.get(
    "/api/parcels",
    operation_id="searchParcels",
    response_model=ParcelList,
    responses=problems(401, 403, 422),
    dependencies=[_READS_MAP],
)
def search_parcels(
    *,
    database: Reading,
    q: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=200,
            description="anything: address words, renovation code, plate, key, coordinates",
            examples=["خیابان نیلوفر پلاک ۱۲"],
        ),
    ] = None,
    near: Annotated[
        str | None, Query(pattern=_LON_LAT, description="longitude,latitude", examples=["51.66,34.33"])
    ] = None,
    code: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=100,
            description="renovation code or its beginning",
            examples=["1-2-14"],
        ),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """Parcels in force today that answer exactly one of `q`, `near` and `code`."""
    if sum(given is not None for given in (q, near, code)) != 1:
        raise BadInput("search_ambiguous", "Give exactly one of q, near and code.", where="q")
    with database.connect() as connection:
        if near is not None:
            found = _near(connection, near, limit, cursor)
        elif code is not None:
            found = search.by_code(connection, code, today(), limit, cursor)
        else:
            found = search.find(connection, q or "", today(), limit, cursor)
    return reply({"items": found.items, "next": found.next, "suggestions": found.suggestions})


def _near(connection: Connection, near: str, limit: int, cursor: str | None) -> search.Found:
    """Parcels near a point; a point outside of the city whose numbers lie in it the other way round is
    refused."""
    if cursor is not None:
        raise BadInput("cursor_invalid", "The nearest parcels are one page; ask without it.", where="cursor")
    lon, lat = (float(part) for part in near.split(","))
    on_globe = -180 <= lon <= 180 and -90 <= lat <= 90
    found = search.near(connection, lon, lat, today(), limit) if on_globe else None
    if found is not None and found.items:
        return found
    swapped = -90 <= lon <= 90 and service.in_city(connection, lat, lon)
    if swapped and not (on_globe and service.in_city(connection, lon, lat)):
        raise BadInput(
            "point_swapped",
            f"near is longitude,latitude: {near} lies outside of the city, {lat:g},{lon:g} lies in it. "
            "Were the two exchanged?",
            where="near",
            given=near,
            swapped=f"{lat:g},{lon:g}",
        )
    if found is None:
        raise BadInput("point_outside", "Longitude is -180 to 180, latitude -90 to 90.", where="near")
    return found


_TILE_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Mapbox vector tile 2.1 with the one layer, gzipped where the client accepts it",
        "content": {"application/vnd.mapbox-vector-tile": {"schema": {"type": "string", "format": "binary"}}},
        "headers": {"ETag": {"schema": {"type": "string"}}, "Cache-Control": {"schema": {"type": "string"}}},
    },
    204: {"description": "nothing is drawn in this tile, or the zoom is below the layer's first"},
    304: {"description": "the tile that the client holds is still right"},
}


@router.get(
    "/tiles/{layer}/{z}/{x}/{y}.mvt",
    operation_id="readTile",
    response_class=Response,
    responses={**_TILE_RESPONSES, **problems(401, 403, 404, 422)},
)
def read_tile(
    *,
    request: Request,
    database: Reading,
    actor: Annotated[Actor, _READS_MAP],
    layer: Annotated[
        str, Path(json_schema_extra={"enum": [*(known.name for known in CADASTRE_LAYERS), "cases"]})
    ],
    z: Annotated[int, Path(ge=0, le=MAX_ZOOM)],
    x: Annotated[int, Path(ge=0, lt=2**MAX_ZOOM)],
    y: Annotated[int, Path(ge=0, lt=2**MAX_ZOOM)],
) -> Response:
    """One vector tile of a layer as in force today."""
    layers: dict[str, TileLayer] = request.app.state.tile_layers
    drawn = layers.get(layer)
    if drawn is None:
        raise NotFound("layer_unknown", f"The map has no layer {layer[:50]!r}.", where="layer")
    address = TileAddress(z, x, y).checked()
    if z < drawn.min_zoom:
        return Response(status_code=204, headers={"Cache-Control": "public, max-age=3600"})
    tile = drawn.tile(database, address, today(), actor)
    keep = BackgroundTask(tile.keep) if tile.keep else None
    headers = {
        "ETag": f'"{tile.etag}"',
        "Cache-Control": "public, max-age=60" if tile.public else "private, no-cache",
        "Vary": "Accept-Encoding" if tile.public else "Accept-Encoding, Cookie",
    }
    if headers["ETag"] in (tag.strip() for tag in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers, background=keep)
    if not tile.body:
        return Response(status_code=204, headers=headers, background=keep)
    body = tile.body
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        body = zlib.decompress(body, 31)
    return Response(body, media_type="application/vnd.mapbox-vector-tile", headers=headers, background=keep)
