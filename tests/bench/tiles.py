"""Tiles of parcels at zoom 16: ours beside the bare statement on the same stored column."""

import math
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date

import httpx
from sqlalchemy import Connection, text

from api.cadastre.tiles import CADASTRE_LAYERS, TileAddress
from api.core.database import engine as service_engine
from api.core.settings import Settings
from api.people.access import Actor
from tests.bench.ground import Ground
from tests.bench.ratio import Ratio, in_turn

ZOOM = 16
_TILES = 60

_BARE = text("""
    SELECT ST_AsMVT(t, 'parcels') FROM (
        SELECT ST_AsMVTGeom(p.tile_geom, ST_TileEnvelope(:z, :x, :y)) AS geom,
               p.key, round(p.area_m2 * 10) / 10 AS area
        FROM cadastre.parcel p
        WHERE p.tile_geom && ST_TileEnvelope(:z, :x, :y, margin => 0.015625)
    ) t
""")


def _within(connection: Connection) -> list[TileAddress]:
    """Tiles in the middle of the town, as many as are measured, in an order of chance with a seed."""
    west, south, east, north = connection.execute(
        text("SELECT ST_XMin(bounds), ST_YMin(bounds), ST_XMax(bounds), ST_YMax(bounds) FROM cadastre.city")
    ).one()
    low, high = _address(west, north), _address(east, south)
    inside = [
        TileAddress(ZOOM, x, y)
        for x in range(low[0] + 1, max(high[0], low[0] + 2))
        for y in range(low[1] + 1, max(high[1], low[1] + 2))
    ]
    random.Random(1).shuffle(inside)  # noqa: S311 - an order, no secret
    return inside[:_TILES]


def _address(lon: float, lat: float) -> tuple[int, int]:
    count = 2**ZOOM
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int((lon + 180) / 360 * count), int(y * count)


def cold(ground: Ground) -> Iterator[Ratio | str]:
    """A tile that is not kept: looked up, drawn and packed, beside the bare statement, in turn."""
    layer = next(layer for layer in CADASTRE_LAYERS if layer.name == "parcels")
    engine = service_engine(Settings.of(ground.database))
    anyone = Actor(None, frozenset())
    today = date(2026, 11, 21)
    with engine.connect() as connection:
        tiles = _within(connection)

        def ours(turn: int) -> object:
            return layer.tile(engine, tiles[turn], today, anyone)

        def bare(turn: int) -> object:
            at = tiles[turn]
            return connection.execute(_BARE, {"z": at.z, "x": at.x, "y": at.y}).scalar_one()

        drawn, peer = in_turn(ours, bare, len(tiles), warm_up=len(tiles))
        lots = connection.execute(text("SELECT count(*) FROM cadastre.parcel")).scalar_one()
    engine.dispose()
    yield Ratio(
        f"cold tile z{ZOOM}, {lots:,} parcels, looked up, drawn and packed",
        drawn * 1000, peer * 1000, "ms", "bare ST_AsMVT", "at_most", 1.3,
    )  # fmt: skip


def warm(ground: Ground, client: httpx.Client) -> Iterator[Ratio | str]:
    """A tile over HTTP, cold beside the bare statement, then requests a second of a kept one."""
    engine = service_engine(Settings.of(ground.database))
    with engine.connect() as connection:
        tiles = _within(connection)

        def get(turn: int) -> object:
            at = tiles[turn]
            return client.get(f"/tiles/parcels/{at.z}/{at.x}/{at.y}.mvt").raise_for_status()

        def bare(turn: int) -> object:
            at = tiles[turn]
            return connection.execute(_BARE, {"z": at.z, "x": at.x, "y": at.y}).scalar_one()

        served, peer = in_turn(get, bare, len(tiles), warm_up=0)
    engine.dispose()
    yield (
        f"tile z{ZOOM} over HTTP, first time: {served * 1000:.2f} ms; bare ST_AsMVT {peer * 1000:.2f} ms; "
        f"ratio {served / peer:.2f}"
    )
    at = tiles[0]
    yield "warm tile over HTTP: " + _load(f"{client.base_url}/tiles/parcels/{at.z}/{at.x}/{at.y}.mvt")


def _load(url: str) -> str:
    if shutil.which("wrk") is None:
        return "not measured: wrk is not installed"
    said = subprocess.run(
        ["wrk", "-t1", "-c4", "-d5s", "-H", "Accept-Encoding: gzip", url],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    return (
        f"{float(rate[1]) if rate else 0:,.0f} requests/s (wrk, 4 connections{', ' + bad[0] if bad else ''})"
    )
