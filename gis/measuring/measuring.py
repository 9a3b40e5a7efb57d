"""How one measure is taken from a rule and the facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from gis.facts import Facts
from gis.found import Found, Role
from gis.limits import Resolved
from gis.missing import Missing
from gis.rule import Rule
from gis.words import Words


@dataclass(frozen=True)
class Granted:
    """What the law makes of a limit for the building that was measured: the limit, why, and its shapes."""

    limit: Resolved
    said: Words | None = None
    shapes: tuple[tuple[Role, BaseGeometry], ...] = ()


@dataclass(frozen=True)
class Measuring:
    """`find`: the value with its shapes, or what is missing for it, or in words why there is nothing to keep.

    `excess`: the part that breaks a limit, for a finding that violates it.
    `counts`: the measure with which projections count here as they do there.
    `grant`: the limit with what the law adds to it for such a building, where it has a limit at all.
    `unsure`: what is missing before a finding may say that a limit is kept.
    """

    find: Callable[[Rule, Facts], Found | Missing | Words]
    excess: Callable[[Rule, Facts, float], BaseGeometry] | None = None
    grant: Callable[[Rule, Facts, Found], Granted] | None = None
    counts: str = ""
    unsure: Callable[[Rule, Facts], Missing | None] | None = None
