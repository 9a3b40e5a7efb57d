"""Whether areas in the city's frame are areas on the ground: by the frame itself, by the registered areas."""

import numpy as np
import pyarrow.compute as pc
import shapely
from pyproj import CRS, Proj
from pyproj.aoi import AreaOfInterest
from pyproj.database import query_utm_crs_info
from pyproj.exceptions import ProjError

from api.cadastre.importing import frames
from api.cadastre.importing.assembling import State
from api.cadastre.importing.faults import Fault
from api.cadastre.importing.refusals import ImportRefused

MOST_DISTORTION = 0.01
"""Share by which areas in the frame may differ from those on the ground; within a UTM zone under 0.2 %."""

TOLD_DISTORTION = 0.005
"""Share from which such a difference is warned of."""

_BESIDE = 1.0
"""Degrees outside of its area of use in which a frame is taken without a word: a city on a zone's edge."""


def refuse_unfit(state: State, frame: CRS, place: str) -> None:
    """Refuse a frame in which the areas of these parcels would be more than `MOST_DISTORTION` off.

    The refusal says where the parcels lie, by how much areas are off there, and which frames would fit.
    """
    at = _centre(state, frame)
    if at is None:
        return
    off = distortion(frame, *at)
    if off is not None and abs(off) <= MOST_DISTORTION:
        return
    told = "which it cannot carry" if off is None else f"where it makes areas {_in_words(off)}"
    carried = {entry.source.crs or entry.given.crs for entry in state.entries}
    raise ImportRefused(
        "frame_does_not_fit",
        f"The city's frame EPSG:{frame.to_epsg()} ({frame.name}) is not for this place: the parcels lie at "
        f"{_position(*at)}, {told}. Frames that fit: {_fitting(*at, carried)}.",
        where=place,
    )


def warnings(state: State, frame: CRS) -> list[str]:
    """What is to be told of the frame and of the registered areas of these parcels."""
    told = []
    at = _centre(state, frame)
    if at is not None:
        off = distortion(frame, *at)
        if off is not None and abs(off) > TOLD_DISTORTION:
            told.append(f"The city's frame {frame.name} makes areas here {_in_words(off)}.")
        if _outside(frame, *at):
            told.append(
                f"The parcels lie at {_position(*at)}, outside of the area of use of the city's frame "
                f"{frame.name}; frames that fit: {_fitting(*at, set())}."
            )
    registered, measured = _areas(state)
    known = registered > 0
    if known.any():
        ratio = float(np.median(measured[known] / registered[known])) - 1
        if abs(ratio) > TOLD_DISTORTION:
            told.append(
                f"Against the registered areas of {known.sum():,} parcels outlines are {_in_words(ratio)} in "
                "the median: is it the city's frame, the unit of the areas, or the column?"
            )
    return told


def areas_that_differ(state: State) -> list[Fault]:
    """Parcels whose outline and registered area are apart by more than 1 m² and more than 1 %."""
    registered, measured = _areas(state)
    apart = np.abs(measured - registered)
    return [
        Fault(
            "area_differs", state.keys[int(row)].as_py(), None, float(apart[row]),
            {
                "registered_m2": round(float(registered[row]), 3),
                "measured_m2": round(float(measured[row]), 3),
            },
            state.shapes[row],
        )
        for row in np.flatnonzero(apart > np.maximum(1.0, 0.01 * registered))
    ]  # fmt: skip


def distortion(frame: CRS, lon: float, lat: float) -> float | None:
    """By what share areas in a frame are too large (too small: below 0) at a place; None where it has none.

    >>> round(distortion(CRS(32639), 51.4, 35.7), 4)
    -0.0008
    >>> round(distortion(CRS(3857), 51.4, 35.7), 2)
    0.52
    """
    try:
        scale = Proj(frame).get_factors(lon, lat).areal_scale
    except ProjError:
        return None
    return float(scale) - 1 if np.isfinite(scale) else None


def _areas(state: State) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], ...]:
    """Registered (NaN: none) and measured area of each row, in square metres."""
    given = pc.fill_null(state.values["registered_area_m2"], np.nan)
    return np.asarray(given.to_numpy(zero_copy_only=False), dtype=np.float64), state.outlines.area()


def _centre(state: State, frame: CRS) -> tuple[float, float] | None:
    """Longitude and latitude of the middle one of the parcels: a few that lie astray do not move it."""
    middle = state.outlines.middle()
    if not np.isfinite(middle).all():
        return None
    lon, lat = frames.to_degrees(frame, middle[np.newaxis])[0]
    return float(lon), float(lat)


def _outside(frame: CRS, lon: float, lat: float) -> bool:
    area = frame.area_of_use
    if area is None or area.west > area.east:
        return False
    return not shapely.box(*area.bounds).buffer(_BESIDE).intersects(shapely.Point(lon, lat))


def _fitting(lon: float, lat: float, carried: set[str | None]) -> str:
    """The systems of the files, where they are metric and fit, and the UTM zone of the place."""
    told = []
    for text in sorted(one for one in carried if one):
        crs = frames.crs_from(text, "")
        off = distortion(crs, lon, lat) if crs.is_projected and crs.to_epsg() else None
        if off is not None and abs(off) <= TOLD_DISTORTION and crs.axis_info[0].unit_name == "metre":
            told.append(f"EPSG:{crs.to_epsg()} ({crs.name})")
    zones = query_utm_crs_info("WGS 84", AreaOfInterest(lon, lat, lon, lat), contains=True)
    told += [f"EPSG:{zone.code} ({zone.name})" for zone in zones]
    return ", ".join(dict.fromkeys(told)) or "none is known"


def _in_words(off: float) -> str:
    return f"{abs(off):.1%} too {'large' if off > 0 else 'small'}".replace("%", " %")


def _position(lon: float, lat: float) -> str:
    return f"{abs(lat):.2f}° {'N' if lat >= 0 else 'S'}, {abs(lon):.2f}° {'E' if lon >= 0 else 'W'}"
