"""How far around a lot the law asks about objects of the map."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from gis.measures import MEASURES
from gis.rulebook.limit import AttributeLimit, Bands, Expression, Limit, measures_of
from gis.rulebook.provision import Provision, Value

FARTHEST: Final = 1000.0
"""Metres beyond which no book may ask: what is loaded for one lot stays bounded."""
OVERHANG: Final = 5.0
"""Metres by which a building may stand out over its lot and still be measured to every object asked about."""


TERRAIN: Final = frozenset({"slope_mean", "slope_p90"})
"""Measures of the ground."""


def reach_of(value: Value) -> float | None:
    """Metres from the lot within which an object may matter to a value of law; None where nothing bounds it.

    The distance asked for and the widest half of an object, or the distance of an inquiry; 0 for what asks
    only about objects on the lot.
    """
    if value.within is not None:
        return float(value.within)
    if value.limit is None or "counted" not in value.options:
        return 0.0
    most = _most(value.limit)
    wide = value.options.get("half_width", value.options.get("half_width_at_most", Decimal(0)))
    return None if most is None else float(most) + float(wide)


def _most(limit: Limit | AttributeLimit) -> Decimal | None:
    if isinstance(limit, Bands):
        rows = [_most(row) for _, row in limit.rows]
        return None if None in rows else max(row for row in rows if row is not None)
    return limit.not_more_than if isinstance(limit, Expression | AttributeLimit) else limit


def reaches(provisions: Iterable[Provision], day: date) -> dict[str, float]:
    """Metres around a lot in which overlays of each kind are asked about on a day; other kinds only on it."""
    found: dict[str, float] = {}
    for provision in provisions:
        value = provision.on(day)
        if value is None or MEASURES[provision.measure].subject != "overlay":
            continue
        for kind in provision.where.overlay:
            found[kind] = max(found.get(kind, 0.0), (reach_of(value) or 0.0) + OVERHANG)
    return found


def measures_asked(provision: Provision, day: date) -> frozenset[str]:
    """The measures that a provision in force on a day asks for, in its limit, its conditions or its place."""
    value = provision.on(day)
    if value is None:
        return frozenset()
    limits = [value.limit, *(condition.limit for condition in value.less_one)]
    named = {provision.measure, *(condition.measure for condition in value.less_one)}
    named |= {when.measure for when in provision.where.when}
    for limit in limits:
        if isinstance(limit, Bands | Expression):
            named |= measures_of(limit)
    return frozenset(named)
