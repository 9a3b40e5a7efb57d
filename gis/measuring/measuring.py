"""How one measure is taken from a rule and the facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from gis.facts import Facts
from gis.found import Found
from gis.missing import Missing
from gis.rule import Rule
from gis.words import Words


@dataclass(frozen=True)
class Measuring:
    """`find`: the value with its shapes, or what is missing for it, or in words why there is nothing to keep.

    `excess`: the part that breaks a limit, for a finding that violates it.
    """

    find: Callable[[Rule, Facts], Found | Missing | Words]
    excess: Callable[[Rule, Facts, float], BaseGeometry] | None = None
