"""What a rule asks of the mass of a building: its depth in the lot, and what the law adds to that depth."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from shapely.geometry.base import BaseGeometry

from gis.edges import Edge
from gis.facts import Facts
from gis.found import Found, Role
from gis.frontage import fronts_of
from gis.limits import Resolved
from gis.mass_text import granted_text, refused_text
from gis.measures.land import may_move, unsure_front
from gis.measures.mass import MassAxis, mass_axis, mass_depth
from gis.measures.mass_strip import Extension, allowed, asking, stretch, strip_land, trespass
from gis.measuring.measuring import Granted, Measuring
from gis.missing import Missing
from gis.overlay import areas_of, difference, shared_area, union_all
from gis.precision import at_most, noise
from gis.rule import Rule
from gis.site import NEAR, Site
from gis.words import Words

_CONSENT: Final = Missing(
    "judgement",
    "neighbour_consent",
    said=Words(
        "متقاضی می‌گوید همسایه رضایت داده است؛ کارشناس شهرسازی باید رضایت‌نامهٔ محضری را ببیند.",
        "The applicant says that the neighbour consents; the planning reviewer must see the notarised deed.",
    ),
)
_NEIGHBOUR: Final = Missing("judgement", "neighbour_building")
Answer = Missing | Literal["free", "refused"]
"""Whether a mass may stand on a neighbour's boundary past its depth without a cut."""


def axis_of(rule: Rule, facts: Facts) -> MassAxis | Missing:
    """How the mass is measured on a site by the options of a rule, or what must be known for it."""
    value = rule.value
    within = value.option("row_within") if "row_within" in value.options else 0.0
    side = str(value.options["east_west"])
    return facts.once(f"mass axis {side} {within}", lambda: _axis(facts.site, side, within))


def _axis(site: Site, side: str, within: float) -> MassAxis | Missing:
    if missing := unsure_front(site):
        return missing
    lot = site.lot
    if lot.main_street is not None:
        fronts = fronts_of(lot.edges, lot.edges[0])
        if missing := next((held for edge in fronts if (held := may_move(site, edge))), None):
            return missing
    return mass_axis(lot, side, within)


def extension_of(rule: Rule) -> Extension | None:
    """What the law allows past the depth; None where it allows nothing."""
    if "extension" not in rule.value.options:
        return None
    return Extension(rule.value.option("extension"), rule.value.option("cut"))


@dataclass(frozen=True)
class Strip:
    """Land past the depth that a building may take, m²: for certain, and at most if `open_` is answered."""

    least: float
    most: float
    open_: Missing | None = None


def strip_of(rule: Rule, facts: Facts) -> Strip | None:
    """The strip by which a law of coverage is raised; None where it names none."""
    if "extension" not in rule.value.options or rule.provision.measure != "coverage":
        return None
    return facts.once(f"strip {sorted(rule.value.options.items())}", lambda: _strip(rule, facts))


def _strip(rule: Rule, facts: Facts) -> Strip:
    """Where it is not known how the mass lies, the strip is no larger than one across the whole lot."""
    more, lot, axis = extension_of(rule), facts.site.lot, axis_of(rule, facts)
    assert more is not None  # noqa: S101 - a strip has been asked for
    if isinstance(axis, Missing):
        west, south, east, north = lot.after.bounds
        return Strip(0.0, more.metres * math.hypot(east - west, north - south), axis)
    depth = rule.value.option("share") * (lot.depth or 0.0)
    answers = {e.index: relief(facts, axis, e, depth, depth + more.metres) for e in asking(lot)}
    free = {index for index, answer in answers.items() if answer == "free"}
    may_be = {index: answer for index, answer in answers.items() if isinstance(answer, Missing)}
    least = float(_land(facts, axis, depth, more, free).area)
    if facts.proposal is None or not may_be:  # what is sure may be offered, the rest is not
        return Strip(least, least)
    most = float(_land(facts, axis, depth, more, free | may_be.keys()).area)
    open_ = next(iter(may_be.values())) if most - least > noise("m2") else None
    return Strip(least, most, open_)


def _land(facts: Facts, axis: MassAxis, depth: float, more: Extension, free: Collection[int]) -> BaseGeometry:
    """The strip past a depth, which coverage and depth mostly ask about alike."""
    name = f"strip land {depth:.6f} {more} {axis.rear} {sorted(free)}"
    return facts.once(name, lambda: strip_land(facts.site.lot, axis, depth, more, free))


def raised(rule: Rule, limit: Resolved, base: float, facts: Facts) -> Resolved:
    """The limit of coverage with the land of the strip that the building may take past its depth.

    A strip of which it is not known how much may be taken leaves a strict and a mild limit.
    """
    strip = strip_of(rule, facts)
    if strip is None:
        return limit
    strict, mild = limit.strict + strip.least / base, limit.mild + strip.most / base
    return Resolved(strict, mild, limit.unmet, limit.open or strip.open_)


def relief(facts: Facts, axis: MassAxis, edge: Edge, low: float, high: float) -> Answer:
    """Whether a neighbour's boundary asks for no cut between two depths: by consent, or as built to already.

    Built to it is a building of another lot on the boundary all along; one that reaches so deep and does not
    stand on the boundary is for a person to weigh. A consent is a claim until a person has seen the deed.
    """
    site = facts.site
    consents = facts.proposal is not None and edge.index in facts.proposal.neighbour_consents
    if site.beside:
        line = stretch(site.lot, axis, edge, low, high)
        if line.length <= noise("m"):
            return "refused"
        buildings = union_all(building.geometry for building in site.beside)
        wall = buildings.buffer(site.boundary_tolerance + noise("m"))
        if difference(line, wall).length <= noise("m"):
            return "free"
        if not consents and shared_area(buildings, line.buffer(NEAR, cap_style="flat")) > noise("m2"):
            return _NEIGHBOUR
    if consents:
        return _CONSENT
    return "refused" if site.beside_known else site.unread("parcels", "buildings") or _NEIGHBOUR


def _depth(rule: Rule, facts: Facts) -> Found | Missing | Words:
    if facts.mass_in_yard.is_empty:
        return Words("ساختمانی روی زمین نیست.", "Nothing stands above ground.")
    axis = axis_of(rule, facts)
    return axis if isinstance(axis, Missing) else mass_depth(axis, facts.mass_in_yard)


def _granted(rule: Rule, facts: Facts, found: Found) -> Granted:
    """The limit with the strip past the depth, where the mass reaches into it and clears the neighbours."""
    limit, more = rule.limit, extension_of(rule)
    assert limit is not None  # noqa: S101 - only a limit can be added to
    depth, lot = limit.strict, facts.site.lot
    if more is None or at_most(found.value, depth, "m"):
        return Granted(limit, None, _shown(rule, facts, ()))
    answers = _answers(rule, facts, depth, more)
    free = [index for index, answer in answers.items() if answer == "free"]
    if refused := [index for index, answer in answers.items() if answer == "refused"]:
        return Granted(
            limit, refused_text(rule, [lot.edges[index] for index in refused]), _shown(rule, facts, free)
        )
    open_ = next((answer for answer in answers.values() if isinstance(answer, Missing)), None)
    strict = depth if open_ else depth + more.metres
    said = None if open_ else granted_text(rule)
    return Granted(Resolved(strict, depth + more.metres, (), open_), said, _shown(rule, facts, free))


def _shown(rule: Rule, facts: Facts, free: Collection[int]) -> tuple[tuple[Role, BaseGeometry], ...]:
    return (("allowed", _space(rule, facts, free)),)


def _answers(rule: Rule, facts: Facts, depth: float, more: Extension) -> dict[int, Answer]:
    """For each neighbour's boundary on whose cut the mass stands, whether it may."""
    axis, lot = axis_of(rule, facts), facts.site.lot
    assert isinstance(axis, MassAxis)  # noqa: S101 - the depth has been measured along it
    high = min(mass_depth(axis, facts.mass_in_yard).value, depth + more.metres)
    return {
        edge.index: relief(facts, axis, edge, depth, high)
        for edge in asking(lot)
        if trespass(axis, edge, depth, more, facts.mass_in_yard) > noise("m")
    }


def _too_deep(rule: Rule, facts: Facts, _limit: float) -> BaseGeometry:
    """What stands out of the land that the mass may take, the strip past its depth included."""
    more = extension_of(rule)
    answers = _answers(rule, facts, rule.limit.strict, more) if rule.limit and more else {}
    free = [index for index, answer in answers.items() if answer == "free"]
    return areas_of(difference(facts.mass_in_yard, _space(rule, facts, free)))


def _space(rule: Rule, facts: Facts, free: Collection[int]) -> BaseGeometry:
    axis = axis_of(rule, facts)
    assert isinstance(axis, MassAxis)  # noqa: S101 - the depth has been measured along it
    assert rule.limit is not None  # noqa: S101 - only what has a limit has such a space
    depth, more = rule.limit.strict, extension_of(rule)
    return allowed(facts.site.lot, axis, depth, more and _land(facts, axis, depth, more, free))


MEASURING: Final[Mapping[str, Measuring]] = MappingProxyType(
    {"mass_depth": Measuring(_depth, _too_deep, _granted, counts="setback")}
)
