"""The corners of a lot that a rule of chamfers asks about."""

from __future__ import annotations

from gis.corners import Corner, corners_of
from gis.facts import Facts
from gis.measures.land import unsure_front
from gis.missing import Missing
from gis.rule import Rule
from gis.subject import Asked, Subject, Things
from gis.words import Words, figure


def corners_here(rule: Rule, facts: Facts) -> Things | Missing | Words:
    """The corners of two streets that are sharper than the law leaves flat; why there are none.

    While streets or a widening are not known, nobody knows where a corner is. An edge that may be a street
    makes corners that are not sure; where it certainly is none, it makes none.
    """
    site, lot = facts.site, facts.site.lot
    unread = site.unread("streets") or (None if lot.widening.known else Missing("fact", "widening"))
    cut, flat = (float(rule.value.options.get(name, most)) for name, most in (("cut", 0), ("flat", 180)))
    dark = unsure_front(site)
    found = [
        corner for corner in corners_of(lot, cut) if corner.angle < flat and (corner.sure or dark is not None)
    ]
    if not found:
        return unread or Words(
            "این زمین بر تقاطع دو گذر نیست و پخ ندارد.",
            "This lot lies at no corner of two streets; it has no chamfer.",
        )
    return tuple(
        Asked(
            Subject("corner", str(n), _words(corner, n, len(found)), corner),
            held=unread or (None if corner.sure else Missing("fact", "edge")),
        )
        for n, corner in enumerate(found, 1)
    )


def _words(corner: Corner, number: int, count: int) -> Words:
    """A corner by its two streets; by a number where they have no names."""
    names = [edge.street.name for edge in corner.edges if edge.street and edge.street.name]
    if len(names) == 2:
        fa, en = (f"{opened}{{}}{closed}" for opened, closed in ("«»", "“”"))
        return Words(
            f"گوشهٔ {fa.format(names[0])} و {fa.format(names[1])}",
            f"the corner of {en.format(names[0])} and {en.format(names[1])}",
        )
    if count == 1:
        return Words("گوشهٔ دو گذر", "the corner of the two streets")
    return Words(f"گوشهٔ {figure(number).fa}", f"corner {number}")
