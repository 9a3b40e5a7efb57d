"""The zones whose law governs a lot on a day, and what a split lot makes of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gis.alignment import SNAP
from gis.missing import Missing
from gis.overlay import is_thin, union_all
from gis.rulebook import RuleBook
from gis.rulebook.provision import SplitLot
from gis.site import Site, ZoneShare


@dataclass(frozen=True)
class Zoning:
    """`zones` govern; `slivers` are too small to; `unzoned` m² of the lot lie in no zone.

    `held` keeps every answer undecided: a parcel that is itself street, an unread layer, zones drawn over
    each other, no law on split lots, no dominant zone.
    """

    zones: tuple[ZoneShare, ...]
    slivers: tuple[ZoneShare, ...] = ()
    unzoned: float = 0.0
    held: Missing | None = None
    by_area: bool = False


def zoning(site: Site, book: RuleBook, on: date) -> Zoning:
    """The governing zones by the book's dated rule on split lots.

    Without such a rule only what is thinner than the noise of two surveys (SNAP) is left out, and a lot in
    several zones is undecided. The rule's sliver bounds what is left out together, the smallest first, and it
    is of zones: land in no zone is none of it. Zones not completely known at the site are used to show what
    would hold, while every answer stays undecided.
    """
    rule = book.split_lot(on)
    least = float(rule.sliver) if rule else 0.0
    shares = sorted(site.zones, key=lambda zone: (-zone.share, zone.code))
    slivers = _slivers(shares, least)
    zones = tuple(zone for zone in shares if zone not in slivers)
    drawn = math.fsum(zone.area for zone in shares)
    zoned = drawn if len(shares) < 2 else float(union_all(zone.geometry for zone in shares).area)
    noise = SNAP * site.lot.after.length
    unzoned = site.lot.area_after - zoned if site.lot.area_after - zoned > noise else 0.0
    if site.street_land:
        return Zoning(zones, slivers, unzoned, Missing("fact", "street_land"))
    if unread := site.unread("zones"):
        return Zoning(zones, slivers, 0.0, unread)
    if len(zones) < 2:
        return Zoning(zones, slivers, unzoned)
    if held := _undivided(zones, rule, overlap=drawn - zoned > noise):
        return Zoning(zones, slivers, unzoned, held)
    if rule is not None and rule.combine == "dominant":
        return Zoning(zones[:1], zones[1:] + slivers, unzoned)
    return Zoning(zones, slivers, unzoned, by_area=rule is not None and rule.combine == "by_area")


def _slivers(shares: Sequence[ZoneShare], least: float) -> tuple[ZoneShare, ...]:
    """The zones left out, the largest first: survey noise, and slivers that together stay below `least`.

    Noise is what is nowhere as wide as SNAP: two drawings of one line, no land in another zone.
    """
    noise = [zone for zone in shares if is_thin(zone.geometry, SNAP)]
    left_out = math.fsum(zone.share for zone in noise)
    small = []
    for zone in reversed(shares):
        if zone not in noise and left_out + zone.share < least:
            left_out += zone.share
            small.append(zone)
    return tuple(zone for zone in shares if zone in noise or zone in small)


def _undivided(zones: Sequence[ZoneShare], rule: SplitLot | None, *, overlap: bool) -> Missing | None:
    """Why nobody can say which zone governs which part of a lot in several; None where the book says it."""
    if overlap:
        return Missing("judgement", "overlapping_zones")
    if rule is None:
        return Missing("no_law", "split_lot")
    undecided = rule.combine == "dominant" and zones[0].share < float(rule.threshold or 1)
    return Missing("judgement", "split_lot") if undecided else None
