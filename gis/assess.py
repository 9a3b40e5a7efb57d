"""The judgement of one proposal on one lot under the law of one day. Pure: the same in, the same out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from shapely.geometry.base import BaseGeometry

from gis.errors import ProposalError
from gis.facts import Facts
from gis.judge import findings_of, gap_finding
from gis.law import site_law
from gis.measures.projections import overhangs
from gis.missing import Missing
from gis.open_spaces import beside_light_wells
from gis.overlay import areas_of, difference, shared_area, union_all
from gis.precision import noise
from gis.proposal import Proposal
from gis.report import Evidence, Finding, Report, Verdict
from gis.rule import Rule
from gis.rulebook import RuleBook
from gis.silence_text import missing_text
from gis.site import Site
from gis.standing import beside_standing
from gis.words import Words, amount


def assess(site: Site, proposal: Proposal, book: RuleBook, *, on: date) -> Report:
    """A finding for each provision in force on each of its subjects, and the overall verdict.

    `on` is the day whose law governs, as the procedure says; it is never today by default.
    Raises LawError on a day without formalised law, ProposalError where the building is not on the lot.
    """
    book.require(on)
    if shared_area(proposal.footprint, site.lot.before) <= noise("m2"):
        raise ProposalError(
            "proposal.off_parcel",
            "/features",
            f"The building does not stand on parcel {site.lot.key}; check its coordinates and `srid`.",
            parcel=site.lot.key,
        )
    _refuse_wrong_consents(site, proposal)
    facts = Facts(site, proposal, book.counting(on))
    law = site_law(book, facts, on)
    findings = [finding for rule in law.rules for finding in findings_of(rule, facts)]
    findings += [gap_finding(gap) for gap in law.gaps]
    findings += beside_light_wells(site, proposal, law.rules)
    findings += _beyond(site, proposal, findings)
    findings = beside_standing(site, proposal.existing, findings)
    return Report(
        verdict=overall(findings),
        on=on,
        book_id=book.id,
        book_sha256=book.sha256,
        sample=book.sample,
        lot=site.lot,
        frame=site.frame,
        zoning=law.zoning,
        findings=tuple(findings),
    )


def _refuse_wrong_consents(site: Site, proposal: Proposal) -> None:
    """Only a neighbour can consent: a number of no edge, or of a street's, is a slip of the applicant."""
    neighbours = {edge.index for edge in site.lot.edges if edge.kind != "street"}
    for at, index in enumerate(proposal.neighbour_consents):
        if index not in neighbours:
            raise ProposalError(
                "proposal.consent_edge",
                f"/proposal/neighbour_consents/{at}",
                f"Edge {index} is no boundary with a neighbour; those are {sorted(neighbours)}.",
                index=index,
                edges=sorted(neighbours),
            )


def overall(findings: Sequence[Finding]) -> Verdict:
    """Any violation → violates; else anything undecided, or nothing that applies at all → undecided.

    >>> overall([])
    'undecided'
    """
    verdicts = {finding.verdict for finding in findings}
    if "violates" in verdicts:
        return "violates"
    return "undecided" if "undecided" in verdicts or "complies" not in verdicts else "complies"


def _beyond(site: Site, proposal: Proposal, findings: Sequence[Finding]) -> list[Finding]:
    """Whether the building stands on its own land, where no setback has answered that.

    A part off the lot needs a person to say by what right. While a widening is not known, nothing complies,
    for nobody can tell what of the lot is left, unless the law in force counts from the line by deed.
    """
    off = areas_of(
        union_all([difference(proposal.footprint, site.lot.after), *_over_neighbours(site, proposal)])
    )
    setbacks = [finding for finding in findings if finding.measure == "setback"]
    if any(f.verdict == "violates" and f.margin is not None for f in setbacks):
        return []
    if off.area > 10 * noise("m2"):
        area = amount(float(off.area), "m2")
        text = Words(
            f"{area.fa} از ساختمان بیرون از زمین است.", f"{area.en} of the building lies outside the lot."
        )
        shape = Evidence("excess", off, float(off.area), 0.0, "m2")
        missing = Missing("judgement", "within_lot")
        return [_within_lot(text, missing, value=float(off.area), unit="m2", evidence=(shape,))]
    unsure = unsure_land(site, [finding.rule for finding in setbacks if finding.rule is not None])
    if unsure is None or overall(findings) != "complies":
        return []
    text = Words(
        "معلوم نیست اصلاحی به زیر ساختمان می‌رسد یا نه.",
        "Nobody can tell whether a widening reaches under the building.",
    )
    return [_within_lot(text.then(missing_text(unsure)), unsure)]


def _over_neighbours(site: Site, proposal: Proposal) -> list[BaseGeometry]:
    """The projections' parts beyond the lot that are not over a street alone."""
    overs = [o for p in proposal.elements.projections or () for o in overhangs(site.lot, p.footprint)]
    return [over.part for over in overs if any(edge.kind != "street" for edge in over.edges)]


def unsure_land(site: Site, rules: Iterable[Rule]) -> Missing | None:
    """What must be known before anybody can tell what a widening leaves of the lot.

    None where that is known, or where law in force on a street line counts from the line by deed.
    """
    by_deed = (rule for rule in rules if rule.provision.measure == "setback" and rule.value.base == "before")
    if site.lot.widening.known or any(e.kind in {"street", "unknown"} for r in by_deed for e in r.edges):
        return None
    return site.unread("streets") or Missing("fact", "widening")


def _within_lot(text: Words, missing: Missing, **more: Any) -> Finding:
    title = Words("ساختمان در زمین خود", "The building on its own land")
    return Finding(
        "within_lot", title, "setback", "undecided", text, subject=("lot", ""), missing=missing, **more
    )
