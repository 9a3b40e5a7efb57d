"""The import of parcels beside ogr2ogr with COPY, from the same GeoPackage into the same server."""

import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url

from api.cadastre.importing import run_import
from api.core.settings import Settings
from tests import cluster
from tests.bench.ground import Ground, database
from tests.bench.ratio import Ratio, seconds


def load(ground: Ground, rounds: int) -> Iterator[Ratio | str]:
    """Rows a second of the layer of parcels, best of some rounds in turn.

    ogr2ogr is given its fastest way (COPY, no index) and writes the geometry once; we check every shape,
    write it in two frames, fold the addresses and keep history. The stages of ours are told apart: what comes
    after the rows stand in their table (indexes, faults, vocabulary) has no counterpart in the peer.
    """
    if shutil.which("ogr2ogr") is None:
        yield "import beside ogr2ogr: not measured, ogr2ogr is not installed"
        return
    profile = _parcels_alone(ground.files)
    best_all = best_rows = best_peer = 0.0
    stages: dict[str, float] = {}
    rows = 0
    for _ in range(rounds):
        with database(ground.server) as address:
            report = run_import(profile, Settings.of(address))
            rows = sum(source.read for source in report.sources)
            spent = report.seconds
            best_all = max(best_all, rows / spent["all"])
            pace = rows / sum(spent[name] for name in ("read", "write"))
            if pace > best_rows:
                best_rows, stages = pace, spent
        with cluster.database(ground.server) as url:
            _extension(cluster.address(url))
            taken = seconds(lambda url=url: _ogr2ogr(ground.files, cluster.address(url)))
            best_peer = max(best_peer, rows / taken)
    told = ", ".join(f"{name} {value:.1f} s" for name, value in stages.items())
    yield f"import of {rows:,} parcels by stage: {told}"
    yield Ratio(
        "import, rows read, checked and written", best_rows, best_peer, "rows/s", "ogr2ogr", "at_least", 2.0
    )
    ratio = best_all / best_peer
    yield f"import as a whole (indexes, faults, words too): {best_all:,.0f} rows/s, {ratio:.2f} × ogr2ogr"


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


def _ogr2ogr(files: Path, address: str) -> None:
    url = make_url(address)
    target = f"PG:host={url.query['host']} user={url.username} dbname={url.database}"
    subprocess.run(
        ["ogr2ogr", "-f", "PostgreSQL", target, str(files / "sample_city.gpkg"), "parcels", "-nln", "parcels",
         "-lco", "SPATIAL_INDEX=NONE", "-gt", "100000", "--config", "PG_USE_COPY", "YES"],
        check=True, capture_output=True,
    )  # fmt: skip
