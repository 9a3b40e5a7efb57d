"""The zones whose law governs a lot on a day, and what a split lot makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gis.alignment import SNAP
from gis.missing import Missing
from gis.rulebook import RuleBook
from gis.site import Site, ZoneShare


@dataclass(frozen=True)
class Zoning:
    """`zones` govern; `slivers` are too small to; `unzoned` m² of the lot lie in no zone.

    `held` keeps every answer undecided: an unread layer, no law on split lots, no dominant zone.
    """

    zones: tuple[ZoneShare, ...]
    slivers: tuple[ZoneShare, ...] = ()
    unzoned: float = 0.0
    held: Missing | None = None
    by_area: bool = False


def zoning(site: Site, book: RuleBook, on: date) -> Zoning:
    """The governing zones by the book's dated rule on split lots.

    Without such a rule only what is thinner than the noise of two surveys (SNAP) is left out, and a lot in
    several zones is undecided. Zones not completely
    known at the site are used to show what would hold, while every answer stays undecided.
    """
    rule = book.split_lot(on)
    least = float(rule.sliver) if rule else 0.0
    shares = sorted(site.zones, key=lambda zone: (-zone.share, zone.code))
    zones = tuple(zone for zone in shares if zone.share >= least and not _is_survey_noise(zone))
    slivers = tuple(zone for zone in shares if zone not in zones)
    unzoned = max(site.lot.area_after - sum(zone.area for zone in shares), 0.0)
    if unzoned <= max(least * site.lot.area_after, SNAP * site.lot.after.length):
        unzoned = 0.0
    if site.layer("zones").status != "complete":
        return Zoning(zones, slivers, 0.0, Missing("layer", "zones"))
    if len(zones) < 2:
        return Zoning(zones, slivers, unzoned)
    if rule is None:
        return Zoning(zones, slivers, unzoned, Missing("no_law", "split_lot"))
    if rule.combine == "dominant":
        if zones[0].share < float(rule.threshold or 1):
            return Zoning(zones, slivers, unzoned, Missing("judgement", "split_lot"))
        return Zoning(zones[:1], zones[1:] + slivers, unzoned)
    return Zoning(zones, slivers, unzoned, by_area=rule.combine == "by_area")


def _is_survey_noise(zone: ZoneShare) -> bool:
    """Whether a part is nowhere as wide as SNAP: two drawings of one line, no land in another zone."""
    wide = zone.area > SNAP * zone.geometry.length
    return not wide and bool(zone.geometry.buffer(-SNAP / 2).is_empty)
