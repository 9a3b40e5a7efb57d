"""A small town made of squares, written to real files, for the tests of the import."""

import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely
from shapely import Geometry
from sqlalchemy import Engine, create_engine, text

from api.cadastre.importing import ImportReport, run_import
from api.core.settings import Settings

CRS = "EPSG:32639"
_ALL = "SELECT t::text FROM cadastre.{} t ORDER BY 1"
EAST, NORTH = 560_000.0, 3_800_000.0


def square(column: float, row: float, width: float = 1.0, height: float = 1.0) -> Geometry:
    """A lot of the grid of ten metres."""
    east, north = EAST + 10 * column, NORTH + 10 * row
    return shapely.box(east, north, east + 10 * width, north + 10 * height)


def write(
    path: Path,
    shapes: Sequence[Geometry | bytes | None],
    columns: Mapping[str, Sequence[Any]],
    *,
    crs: str | None = CRS,
    layer: str | None = None,
    kind: str = "Unknown",
    driver: str | None = None,
    append: bool = False,
) -> Path:
    """Write a layer with these shapes (as bytes where they are to be broken) and columns."""
    wkb = [s if isinstance(s, bytes) or s is None else shapely.to_wkb(s) for s in shapes]
    geometry = np.array([*wkb, None], dtype=object)[:-1]
    fields = [np.array(values) for values in columns.values()]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "'crs' was not provided")
        pyogrio.raw.write(
            path, geometry, fields, list(columns), geometry_type=kind, crs=crs, layer=layer, driver=driver,
            append=append,
        )  # fmt: skip
    return path


@dataclass
class Town:
    """A folder with source files, a profile, and a database to import them into."""

    folder: Path
    settings: Settings
    city: dict[str, Any] = field(default_factory=dict)
    layers: list[dict[str, Any]] = field(default_factory=list)
    checks: dict[str, Any] = field(default_factory=dict)

    def layer(self, name: str, file: str, **more: Any) -> "Town":
        """One more source in the profile."""
        self.layers.append({"name": name, "file": file, "day": "2024-03-20", **more})
        return self

    def parcels(
        self, shapes: Mapping[str, Geometry | bytes | None], day: str = "2024-03-20", **more: Any
    ) -> "Town":
        """One state of the parcels, by their keys."""
        name = f"parcels_{len(self.layers)}_{day}.gpkg"
        write(self.folder / name, list(shapes.values()), {"id": list(shapes)})
        columns = {"key": "id", **more.pop("columns", {})}
        return self.layer("parcels", name, day=day, columns=columns, **more)

    @property
    def profile(self) -> Path:
        """The profile as a file."""
        city = {"key": "town", "name": {"fa": "شهر", "en": "Town"}, "srid": 32639, **self.city}
        lines = [f"[city]\n{_toml(city)}"]
        if self.checks:
            lines.append(f"[checks]\n{_toml(self.checks)}")
        lines += [f"[[layer]]\n{_toml(layer)}" for layer in self.layers]
        path = self.folder / "town.toml"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def run(self, **more: Any) -> ImportReport:
        """Import the profile as it stands; the report must account for every row."""
        report = run_import(self.profile, self.settings, **more)
        assert report.accounted
        return report

    def again(self) -> "Town":
        """The same town with no sources yet, for the next import."""
        return Town(self.folder, self.settings, self.city, [], self.checks)

    def rows(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        """What the database answers."""
        opened = create_engine(self.settings.database_url)
        try:
            with opened.connect() as connection:
                return [tuple(row) for row in connection.execute(text(query), values)]
        finally:
            opened.dispose()


def in_force(town: Town, table: str, day: str, column: str = "key") -> list[Any]:
    """The keys (or another column) of a table in force on a day."""
    found = town.rows(
        f"SELECT {column} FROM cadastre.{table} WHERE valid_from <= CAST(:day AS date) "  # noqa: S608
        "AND (valid_to IS NULL OR CAST(:day AS date) < valid_to) ORDER BY 1",
        day=day,
    )
    return [row[0] for row in found]


def content(settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the cadastre holds, to compare before and after."""
    opened: Engine = create_engine(settings.database_url)
    with opened.connect() as connection:
        tables = connection.scalars(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'cadastre' ORDER BY 1")
        ).all()
        found = {name: [tuple(row) for row in connection.execute(text(_ALL.format(name)))] for name in tables}
    opened.dispose()
    return found


def _toml(values: Mapping[str, Any]) -> str:
    def value(one: Any, key: str) -> str:
        if isinstance(one, Mapping):
            return "{" + ", ".join(f"{k} = {value(v, k)}" for k, v in one.items()) + "}"
        if key == "day":
            return str(one)
        return json.dumps(one, ensure_ascii=False) if not isinstance(one, float) else repr(one)

    return "".join(f"{key} = {value(one, key)}\n" for key, one in values.items())
