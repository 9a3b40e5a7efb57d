"""What stands on the lot already, and what becomes of it: a proposal is judged on a lot that it leaves empty.

The applicant says whether what stands is demolished or kept. Not said, nobody may take it for gone; kept, it
counts beside the proposal, which a person must weigh. Demolished, somebody must see it done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from shapely.geometry.base import BaseGeometry

from gis.alignment import SNAP
from gis.measures import MEASURES
from gis.missing import Missing
from gis.overlay import areas_of, difference, intersection, is_thin
from gis.precision import noise
from gis.proposal import Existing
from gis.report import Evidence, Finding
from gis.silence_text import missing_text
from gis.site import Site
from gis.words import Words, amount, figure

_APPLICANT: Final = Words("متقاضی", "the applicant")


def reaches_over(shape: BaseGeometry, lot: BaseGeometry, tolerance: float) -> bool:
    """Whether a building stands outside of a lot by more than outlines may miss each other, in metres.

    >>> from shapely.geometry import box
    >>> [reaches_over(box(2, 2, east, 9), box(0, 0, 10, 25), 0.05) for east in (10, 10.04, 10.1)]
    [False, False, True]
    """
    return not is_thin(areas_of(difference(shape, lot)), max(SNAP, tolerance))


def standing(site: Site, *, own: bool) -> tuple[BaseGeometry, ...]:
    """The parts on the lot by deed of its own buildings, or of other lots' that reach over its line.

    What reaches over by no more than outlines may miss each other here does not stand on the lot.
    """
    parts = (
        areas_of(intersection(building.geometry, site.lot.before))
        for building in site.buildings
        if building.own is own
    )
    return tuple(
        part
        for part in parts
        if part.area > noise("m2") and (own or not is_thin(part, max(SNAP, site.boundary_tolerance)))
    )


def beside_standing(site: Site, existing: Existing | None, findings: Sequence[Finding]) -> list[Finding]:
    """The findings of a proposal beside what stands on its lot, and those that tell of it."""
    told = _beside_own(site, existing, findings)
    if parts := standing(site, own=False):
        told.append(_encroaching(parts))
    return told


def _beside_own(site: Site, existing: Existing | None, findings: Sequence[Finding]) -> list[Finding]:
    parts = standing(site, own=True)
    unseen = None if parts else site.unread("buildings")
    if not parts and unseen is None and existing != "keep":
        return list(findings)
    told, shapes = _told(parts), _footprints(parts)
    if existing == "demolish":
        return [*findings, _finding(_demolished(told), None, shapes)]
    if existing == "keep":
        missing = Missing("judgement", "kept_buildings")
        return [*_held(findings, missing, kept=True), _finding(_kept(told, missing), missing, shapes)]
    missing = unseen or Missing("fact", "existing_buildings", _APPLICANT)
    text = _unseen(missing) if unseen else _unsaid(parts)
    return [*_held(findings, missing, kept=False), _finding(text, missing, shapes)]


def _footprints(parts: Sequence[BaseGeometry]) -> tuple[Evidence, ...]:
    return tuple(Evidence("footprint", part, float(part.area), None, "m2") for part in parts)


def _encroaching(parts: Sequence[BaseGeometry]) -> Finding:
    """A building that is not the applicant's to demolish: a person must say by what right it stands here."""
    missing = Missing("judgement", "encroaching_buildings")
    area = amount(sum(part.area for part in parts), "m2")
    text = Words(
        f"در نقشه {area.fa} از این زمین زیر ساختمان زمین دیگری است.",
        f"On the map {area.en} of this lot lie under a building of another lot.",
    )
    return replace(
        _finding(text.then(missing_text(missing)), missing, _footprints(parts)),
        provision="encroaching_buildings",
        title=Words("ساختمان همسایه روی این زمین", "A neighbour's building on this lot"),
    )


def _held(findings: Sequence[Finding], missing: Missing, *, kept: bool) -> Iterator[Finding]:
    """The findings of the proposal alone; those that a building which stays may turn are undecided.

    What stays can only add: a limit that the proposal alone exceeds is exceeded, a minimum that it alone
    misses may be met.
    """
    why = missing_text(missing)
    for finding in findings:
        rule = finding.rule
        if rule is None:
            yield finding
            continue
        grows = finding.relation == "at_least" and MEASURES[rule.measure].grows
        may_be_met = finding.verdict == "violates" and grows
        may_break = kept and finding.verdict == "complies" and rule.sort != "lot"
        if may_be_met or may_break:
            text = finding.text.then(why)
            yield replace(finding, verdict="undecided", margin=None, missing=missing, text=text)
        else:
            yield finding


def _finding(text: Words, missing: Missing | None, evidence: tuple[Evidence, ...]) -> Finding:
    """One finding for all that stands: undecided, or a note of what the judgement takes for granted."""
    return Finding(
        provision="existing_buildings",
        title=Words("ساختمان موجود", "Existing buildings"),
        measure="existing_buildings",
        verdict="undecided" if missing else "not_applicable",
        text=text,
        subject=("lot", ""),
        missing=missing,
        evidence=evidence,
    )


def _told(parts: Sequence[BaseGeometry]) -> Words:
    """How many buildings, and how much of the lot they take; for none, whatever may be there."""
    if not parts:
        return Words("آنچه بر این زمین ساخته شده است", "whatever stands on this lot")
    area, count = amount(sum(part.area for part in parts), "m2", 1), figure(len(parts), 0)
    if len(parts) == 1:
        return Words(f"ساختمان موجود ({area.fa})", f"the existing building ({area.en})")
    return Words(
        f"{count.fa} ساختمان موجود (روی هم {area.fa})",
        f"the {count.en} existing buildings ({area.en} together)",
    )


def _demolished(told: Words) -> Words:
    return Words(
        f"{told.fa} پیش از ساخت تخریب می‌شود؛ این گزارش زمین را خالی می‌گیرد. "
        "مأمور بازدید شهرداری باید تخریب را تأیید کند.",
        f"{told.opening().en}: to be demolished first; this report takes the lot as empty. "
        "The municipality's inspector must confirm the demolition.",
    )


def _kept(told: Words, missing: Missing) -> Words:
    text = Words(
        f"{told.fa} می‌ماند و در اندازه‌های این گزارش نیامده است.",
        f"{told.opening().en}: to be kept, and not counted in the figures of this report.",
    )
    return text.then(missing_text(missing))


def _unsaid(parts: Sequence[BaseGeometry]) -> Words:
    area, count = amount(sum(part.area for part in parts), "m2", 1), figure(len(parts), 0)
    shown = Words(f"یک ساختمان ({area.fa})", f"one building ({area.en})")
    if len(parts) > 1:
        shown = Words(f"{count.fa} ساختمان (روی هم {area.fa})", f"{count.en} buildings ({area.en} together)")
    return Words(
        f"نقشه بر این زمین {shown.fa} نشان می‌دهد و طرح نمی‌گوید که تخریب می‌شود یا می‌ماند. "
        "بقیهٔ این گزارش زمین را خالی می‌گیرد.",
        f"The map shows {shown.en} on this lot; the proposal does not say whether it is demolished or kept. "
        "The rest of this report takes the lot as empty.",
    )


def _unseen(missing: Missing) -> Words:
    unsaid = Words(
        "معلوم نیست بر این زمین ساختمانی هست یا نه، و طرح نمی‌گوید که تخریب می‌شود یا می‌ماند.",
        "Nobody can tell whether something stands on this lot, and the proposal does not say "
        "whether it is demolished or kept.",
    )
    return missing_text(missing).then(unsaid)
