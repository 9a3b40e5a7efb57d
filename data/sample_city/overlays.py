"""What lies over the zones: the river's flood way, the monument's buffer, lines of power and gas."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import shapely
from shapely.geometry.base import BaseGeometry

from data.sample_city.streets import Network, laid_out

Drawn = tuple[str, str, BaseGeometry, dict[str, str]]
"""Kind, name, shape and attributes of an overlay."""
ATTRIBUTES = ("voltage_kv", "half_width_m", "clearance_m")

_FLOOD = 9.0  # metres of the river boulevard's lots that a great flood reaches
_POWER = 8.0  # metres on each side of a line of 63 kV (domain 3.9)
_GAS = 12.0
_MONUMENT = 85.0  # metres around the monument


def overlays(
    network: Network, monument: BaseGeometry, origin: tuple[float, float], radius: float, seed: int
) -> list[Drawn]:
    """Each overlay. `monument`: the lot of the old mosque; `radius`: of the
    town, m."""
    rng = np.random.default_rng([seed, 31])
    found: list[Drawn] = []
    courses = [
        (street, laid_out(street, origin)) for street in network.streets if street.river and street.stretches
    ]
    if courses:
        course = shapely.line_merge(
            shapely.multilinestrings(shapely.get_parts([line for _, line in courses]))
        )
        reach = max(street.existing for street, _ in courses) / 2 + _FLOOD
        way = shapely.buffer(course, reach, cap_style="flat", join_style="round")
        found.append(("flood", "مسیل رودخانهٔ فصلی خشکه‌رود", way, {}))
        found.append(("river", "رودخانهٔ فصلی خشکه‌رود", course, {}))
    found.append(("heritage", "حریم مسجد جامع کهن", shapely.buffer(monument, _MONUMENT, quad_segs=12), {}))
    turn = rng.uniform(0.1, 0.4)
    power = _line(origin, turn, -0.52 * radius, 1.5 * radius)
    found.append(
        ("easement", "حریم خط انتقال برق ۶۳ کیلوولت", shapely.buffer(power, _POWER, cap_style="flat"), {})
    )
    wires = {"voltage_kv": "63", "half_width_m": "1.5"}
    found.append(("power", "خط انتقال برق ۶۳ کیلوولت", power, wires))
    gas = _line(origin, turn + 1.75, 0.61 * radius, 1.5 * radius)
    found.append(("gas", "حریم خط تغذیهٔ گاز", shapely.buffer(gas, _GAS, cap_style="flat"), {}))
    main = _line(origin, turn + 1.75, 1.2 * radius, 1.5 * radius)
    found.append(("gas_transmission", "خط انتقال گاز کنار شهر", main, {"clearance_m": "40"}))
    return found


def _line(origin: tuple[float, float], turn: float, off: float, reach: float) -> BaseGeometry:
    """A line of two bends that passes the town's middle at `off` metres, turned by `turn` from east."""
    along, aside = np.array([math.cos(turn), math.sin(turn)]), np.array([-math.sin(turn), math.cos(turn)])
    stations = ((-1.0, 1.15), (-0.25, 1.0), (0.4, 1.08), (1.0, 0.9))
    return shapely.LineString([np.array(origin) + along * s * reach + aside * off * o for s, o in stations])


def overlay_table(found: list[Drawn]) -> pa.Table:
    """The layer `overlays`."""
    return pa.table(
        {
            "key": [f"O-{n:03d}" for n in range(1, len(found) + 1)],
            "kind": [kind for kind, *_ in found],
            "name": [name for _, name, *_ in found],
            **{name: pa.array([said.get(name) for *_, said in found], pa.string()) for name in ATTRIBUTES},
            "geometry": shapely.to_wkb(np.array([shape for _, _, shape, _ in found], dtype=object)),
        }
    )
