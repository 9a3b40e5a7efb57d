"""The import of parcels beside ogr2ogr with COPY, from the same GeoPackage into the same server."""

import os
import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from sqlalchemy import make_url

from api.cadastre.importing import run_import
from api.core.database import engine as service_engine
from api.core.database import raw_connection
from api.core.settings import Settings
from tests import cluster
from tests.bench.ground import Ground, database
from tests.bench.ratio import Ratio, seconds

_ROWS = ("read", "write")
"""What ogr2ogr does too. Rows are worked out and hashed while they are written: that counts as well."""
_STAND = ("read", "assemble", "compare", "write")


def load(ground: Ground, rounds: int) -> Iterator[Ratio | str]:
    """Rows a second of the layer of parcels, best of some rounds in turn.

    ogr2ogr is given its fastest way (COPY, no index) and writes the geometry once; we check every shape,
    write it in two frames, fold the addresses and keep history. What comes after the rows stand in their
    table (indexes, faults, vocabulary) has its counterpart in ogr2ogr with its spatial index, in part.
    """
    if shutil.which("ogr2ogr") is None:
        yield "import beside ogr2ogr: not measured, ogr2ogr is not installed"
        return
    profile = _parcels_alone(ground.files)
    ours: list[dict[str, float]] = []
    bare: list[float] = []
    indexed: list[float] = []
    copied: list[float] = []
    rows = 0
    for _ in range(rounds):
        with database(ground.server) as address:
            report = run_import(profile, Settings.of(address))
            rows = sum(source.read for source in report.sources)
            ours.append(report.seconds)
            copied.append(_bare_copy(address, ground.files))
        bare.append(_peer(ground, "NONE"))
        indexed.append(_peer(ground, "GIST"))
        yield (
            f"import of {rows:,} parcels by stage: {_told(report.seconds)}; ogr2ogr {bare[-1]:.1f} s, "
            f"with its spatial index {indexed[-1]:.1f} s, bare COPY of our rows "
            f"{copied[-1]:.1f} s; load {os.getloadavg()[0]:.1f}"
        )
    pace, pace_indexed = rows / min(bare), rows / min(indexed)

    def ratio(stages: Sequence[str]) -> tuple[float, float]:
        return rows / min(sum(spent[name] for name in stages) for spent in ours), pace

    yield Ratio(
        "import, rows read and written (stages read + write)",
        *ratio(_ROWS),
        "rows/s",
        "ogr2ogr",
        "at_least",
        2.0,
    )
    yield (
        f"bare COPY of the same rows, encoded before, nothing read or checked: {rows / min(copied):,.0f} "
        f"rows/s, {min(bare) / min(copied):.2f} × ogr2ogr; ours with reading "
        f"{ratio(_ROWS)[0] * min(copied) / rows:.2f} × bare COPY"
    )
    stand, whole = ratio(_STAND)[0], ratio(["all"])[0]
    yield f"import until all rows stand in their table: {stand:,.0f} rows/s, {stand / pace:.2f} × ogr2ogr"
    yield (
        f"import as a whole (indexes, faults, words too): {whole:,.0f} rows/s, {whole / pace:.2f} × ogr2ogr, "
        f"{whole / pace_indexed:.2f} × ogr2ogr with its spatial index ({pace_indexed:,.0f} rows/s)"
    )
    yield f"most memory in use so far: {getrusage(RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB"


def _told(seconds: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.1f} s" for name, value in seconds.items())


def _bare_copy(address: str, files: Path) -> float:
    """Seconds in which the server takes the rows that stand in the table, from a file, into an empty table.

    This is what no import that writes these rows in one transaction can beat.
    """
    encoded = files / "parcels.copy"
    owner = service_engine(Settings.of(address), "owner")
    try:
        with raw_connection(owner) as connection, connection.cursor() as cursor:
            with encoded.open("wb") as out:
                cursor.copy_expert("COPY cadastre.parcel TO STDOUT WITH (FORMAT binary)", out, 1 << 20)
            cursor.execute("CREATE TABLE cadastre.bare AS SELECT * FROM cadastre.parcel LIMIT 0")
            with encoded.open("rb") as rows:
                taken = seconds(
                    lambda: cursor.copy_expert(
                        "COPY cadastre.bare FROM STDIN WITH (FORMAT binary, FREEZE)", rows, 1 << 20
                    )
                )
            connection.rollback()
    finally:
        encoded.unlink(missing_ok=True)
        owner.dispose()
    return taken


def _peer(ground: Ground, index: str) -> float:
    """Seconds that ogr2ogr takes with this kind of spatial index."""
    with cluster.database(ground.server) as url:
        _extension(cluster.address(url))
        return seconds(lambda: _ogr2ogr(ground.files, cluster.address(url), index))


def _parcels_alone(files: Path) -> Path:
    """The city's profile with its parcels only, beside the whole one."""
    text = (files / "sample_city.toml").read_text(encoding="utf-8")
    head, *layers = text.split("[[layer]]")
    parcels = [part for part in layers if tomllib.loads("[[layer]]" + part)["layer"][0]["name"] == "parcels"]
    profile = files / "parcels_alone.toml"
    profile.write_text("[[layer]]".join([head, *parcels]), encoding="utf-8")
    return profile


def _extension(address: str) -> None:
    url = make_url(address)
    subprocess.run(
        ["psql", "-q", "-h", str(url.query["host"]), "-U", str(url.username), "-d", str(url.database),
         "-c", "CREATE EXTENSION postgis"],
        check=True,
    )  # fmt: skip


def _ogr2ogr(files: Path, address: str, index: str = "NONE") -> None:
    url = make_url(address)
    target = f"PG:host={url.query['host']} user={url.username} dbname={url.database}"
    subprocess.run(
        ["ogr2ogr", "-f", "PostgreSQL", target, str(files / "sample_city.gpkg"), "parcels", "-nln", "parcels",
         "-lco", f"SPATIAL_INDEX={index}", "-gt", "100000", "--config", "PG_USE_COPY", "YES"],
        check=True, capture_output=True,
    )  # fmt: skip
