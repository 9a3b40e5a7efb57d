"""The city profile: which files are this city, read strictly from TOML."""

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from api.cadastre.importing.layers import LAYERS, METRES, LayerName
from api.cadastre.importing.profile_faults import closest, profile_faults
from api.cadastre.importing.refusals import ImportRefused

Text = Annotated[str, Field(min_length=1, max_length=2000)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Corner = Annotated[list[Number], Field(min_length=2, max_length=2)]
Unit = Literal["metre", "foot", "us-survey-foot"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CityName(_Strict):
    """The city's name in both languages."""

    fa: Text
    en: Text


class City(_Strict):
    """What the database is about. `srid` is the EPSG code of the one metric frame."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
    name: CityName
    srid: Annotated[int, Field(gt=1023, lt=999_000)]
    sample: bool = False
    rulebook: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] | None = None


class Checks(_Strict):
    """Thresholds from which a fault of a layer is reported; the report prints them.

    `may_reject_share` and `may_end_share` are the shares of a full state's rows, and of what is in force,
    that may be lost before the import is refused; with 1 it never is.
    """

    overlap_m2: Positive = 1e-6
    gap_m2: Positive = 10.0
    gap_width_m: Positive = 0.5
    street_reach_m: Positive = 25.0
    lineage_share: Annotated[float, Field(gt=0, lt=1)] = 0.01
    may_reject_share: Annotated[float, Field(ge=0, le=1)] = 0.2
    may_end_share: Annotated[float, Field(ge=0, le=1)] = 0.2


class AreaFile(_Strict):
    """Polygons of a file as the area for which a layer is complete."""

    file: Text
    source_layer: Text | None = None


class StreetLand(_Strict):
    """How a source names its street parcels: a source column and the values that say so."""

    column: Text
    values: Annotated[list[str | int], Field(min_length=1)]


class Options(_Strict):
    """What holds for every row of a layer.

    `boundary_tolerance_m`: metres by which outlines of neighbouring parcels may miss each other.
    """

    width_kind: Literal["right_of_way", "carriageway"] | None = None
    kind: Text | None = None
    nodata: Number | None = None
    boundary_tolerance_m: Annotated[float, Field(gt=0, le=5, allow_inf_nan=False)] | None = None
    street_land: StreetLand | None = None


class LayerSource(_Strict):
    """One source of one layer: a file, the day from which it is in force, and what its columns mean.

    With `none` there is no file: the city says that within `complete` there is nothing of this layer.
    """

    name: LayerName
    none: bool = False
    file: Annotated[str, Field(max_length=2000)] = ""
    source_layer: Text | None = None
    crs: Text | None = None
    encoding: Text | None = None
    unit: Unit = "metre"
    units: dict[str, Unit] = {}
    day: date
    mode: Literal["full", "partial"] = "full"
    complete: Literal["extent", "unknown", "none"] | AreaFile | list[Corner] = "unknown"
    columns: dict[str, Text | list[Text]] = {}
    nulls: dict[str, list[str | int | float]] = {}
    keep: Literal["all"] | list[Text] = []
    duplicates: Literal["reject", "merge"] = "reject"
    options: Options = Options()

    def metres(self, column: str) -> float:
        """Metres in the unit in which this column of ours is given."""
        return METRES[self.units.get(column, self.unit)]

    @model_validator(mode="after")
    def _fits_the_layer(self) -> Self:
        if self.none:
            _absence(self)
            return self
        if not self.file:
            raise ValueError("file is required; where there is nothing of this layer, say none = true")
        layer = LAYERS[self.name]
        names = [column.name for column in layer.columns]
        for table, given in (("columns", self.columns), ("nulls", self.nulls), ("units", self.units)):
            _known(table, given, names if table != "units" else
                   [c.name for c in layer.columns if c.kind in {"length", "area"}])  # fmt: skip
        given_by_option = {"kind"} if self.options.kind and self.name == "overlays" else set()
        missing = {c.name for c in layer.columns if c.required} - set(self.columns) - given_by_option
        if missing:
            raise ValueError(f"columns.{sorted(missing)[0]} is required for the layer {self.name}")
        _allowed_options(self)
        if ("x" in self.columns) != ("y" in self.columns):
            raise ValueError("columns.x and columns.y are given together or not at all")
        _corners(self)
        return self


_ABSENT = ("addresses", "buildings", "districts", "overlays", "streets", "zones")
_OF_AN_ABSENCE = {"name", "none", "day", "complete"}


def _absence(source: LayerSource) -> None:
    """Refuse a declared absence that says more or less than where and from when there is nothing."""
    if source.name not in _ABSENT:
        raise ValueError(f"none is for the layers {', '.join(_ABSENT)}, not for {source.name}")
    more = sorted(source.model_fields_set - _OF_AN_ABSENCE)
    if more:
        raise ValueError(f"{more[0]} and none = true exclude each other: nothing is read")
    if source.complete in ("unknown", "none"):
        raise ValueError(
            "complete is required with none = true: the polygon within which there is nothing, "
            'or "extent" for the box around the parcels'
        )
    _corners(source)


def _corners(source: LayerSource) -> None:
    if isinstance(source.complete, list) and len(source.complete) < 3:
        raise ValueError("complete: a polygon has three or more corners")


def _known(table: str, given: Iterable[str], names: list[str]) -> None:
    for name in given:
        if name not in names:
            expected = ", ".join(names) or "(none)"
            guess = closest(name, names)
            hint = f"; did you mean {table}.{guess}?" if guess else ""
            raise ValueError(f"{table}.{name} is not a column here; expected one of: {expected}{hint}")


def _allowed_options(source: LayerSource) -> None:
    places = {
        "width_kind": "streets", "kind": "overlays", "nodata": "terrain",
        "boundary_tolerance_m": "parcels", "street_land": "parcels",
    }  # fmt: skip
    for option, layer in places.items():
        if getattr(source.options, option) is not None and source.name != layer:
            raise ValueError(f"options.{option} is for the layer {layer}, not for {source.name}")
    if source.options.kind and "kind" in source.columns:
        raise ValueError("options.kind and columns.kind exclude each other")


class Profile(_Strict):
    """A city and the sources of its layers."""

    city: City
    checks: Checks = Checks()
    layer: Annotated[list[LayerSource], Field(min_length=1)]

    @model_validator(mode="after")
    def _nothing_beside_nothing(self) -> Self:
        for index, one in enumerate(self.layer):
            if one.none and sum((one.name, one.day) == (other.name, other.day) for other in self.layer) > 1:
                raise ValueError(
                    f"layer[{index}] says that there are no {one.name} on {one.day}, "
                    "and another source of that layer and day says otherwise"
                )
        return self


@dataclass(frozen=True)
class LoadedProfile:
    """A profile with where it was read, its text's hash and its plain content."""

    path: Path
    sha256: bytes
    content: dict[str, Any]
    profile: Profile

    def beside(self, file: str) -> Path:
        """A file that the profile names, relative to the profile's folder."""
        return (self.path.parent / file).resolve()

    def where(self, index: int, *keys: str) -> str:
        """Place in the profile, as a refusal names it: `city.toml: layer[2].columns.key`."""
        return f"{self.path.name}: " + ".".join([f"layer[{index}]", *keys])


def load_profile(path: Path) -> LoadedProfile:
    """Read a profile; every refusal names the file, the key and what was expected."""
    try:
        body = path.read_bytes()
        content = tomllib.loads(body.decode("utf-8"))
    except OSError as fault:
        raise ImportRefused(
            "profile_unreadable", f"The profile cannot be read: {fault.strerror}.", where=str(path)
        ) from fault
    except UnicodeDecodeError as fault:
        raise ImportRefused("profile_not_utf8", "The profile is not UTF-8 text.", where=str(path)) from fault
    except tomllib.TOMLDecodeError as fault:
        raise ImportRefused(
            "profile_not_toml", f"The profile is not TOML: {fault}.", where=str(path)
        ) from fault
    try:
        profile = Profile.model_validate(content)
    except ValidationError as fault:
        raise _refusal(path, content, fault) from fault
    return LoadedProfile(path.resolve(), hashlib.sha256(body).digest(), _plain(content), profile)


def _refusal(path: Path, content: dict[str, Any], fault: ValidationError) -> ImportRefused:
    """The faults as sentences, one line each with its place."""
    (place, message), *more = profile_faults(content, fault, Profile)
    message += "".join(f"\n  also {p}: {m}" for p, m in more)
    where = f"{path.name}: {place}" if place else path.name
    return ImportRefused("profile_invalid", message, where=where, key=place)


def _plain(content: dict[str, Any]) -> dict[str, Any]:
    """The content as JSON carries it: days as text."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: plain(v) for k, v in value.items()}
        if isinstance(value, list):
            return [plain(v) for v in value]
        return value.isoformat() if isinstance(value, date) else value

    result: dict[str, Any] = plain(content)
    return result
