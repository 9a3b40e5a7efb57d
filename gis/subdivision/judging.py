"""The judgement of a subdivision: of the pieces together, of each new street, and of each piece as a lot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from gis.assess import overall
from gis.errors import ProposalError
from gis.facts import Facts
from gis.found import Role
from gis.judge import findings_of, gap_finding
from gis.law import SiteLaw, law_of, overlay_gaps
from gis.measures.pieces import partition_of
from gis.overlay import shared_area
from gis.precision import noise
from gis.report import Evidence, Finding, PieceReport, Report
from gis.rulebook import RuleBook
from gis.site import Site
from gis.standing import beside_standing
from gis.subdivision.laying import LaidPlot, LaidStreet, laid_plots, laid_streets
from gis.subdivision.pieces import Piece, Subdivision
from gis.subdivision.telling import about_piece, partition_text, piece_words
from gis.subject import Subject
from gis.words import Words

_WHOLE: Final = ("pieces_gap", "pieces_overlap", "pieces_outside")
"""What of the whole must be regulated: without such law nobody can say that the pieces make up the land."""


def assess_subdivision(site: Site, subdivision: Subdivision, book: RuleBook, *, on: date) -> Report:
    """A finding for each provision on divisions, on the whole, on each new street and on each piece.

    The pieces divide the lot after widening. Each plot is judged as a lot of its own, among the other pieces
    and the neighbours of the whole, under the law of its own zones. `on` is the day whose law governs.
    Raises LawError on a day without formalised law, ProposalError where no piece lies on the lot.
    """
    book.require(on)
    if shared_area(subdivision.outline, site.lot.before) <= noise("m2"):
        raise ProposalError(
            "proposal.off_parcel",
            "/features",
            f"The pieces do not lie on parcel {site.lot.key}; check their coordinates and `srid`.",
            parcel=site.lot.key,
        )
    facts = Facts(site, None, book.counting(on))
    whole = law_of("subdivision", _WHOLE, book, facts, on)
    findings = _of_whole(whole, facts, subdivision)
    streets = laid_streets(site, subdivision)
    if streets:
        law = law_of("new_street", (), book, facts, on)
        findings += [found for street in streets for found in _of_street(law, facts, street)]
    pieces = []
    for plot in laid_plots(site, subdivision, streets):
        of_piece, law = _of_plot(plot, book, on)
        findings += of_piece
        pieces.append(PieceReport(plot.piece.name, False, overall(of_piece), plot.site.lot, law.zoning))
    for street in streets:
        own = [found for found in findings if found.subject == ("new_street", street.piece.name)]
        pieces.append(PieceReport(street.piece.name, True, overall(own), street.measured.lot, whole.zoning))
    findings = beside_standing(site, subdivision.existing, findings)
    return Report(
        verdict=overall(findings),
        on=on,
        book_id=book.id,
        book_sha256=book.sha256,
        sample=book.sample,
        lot=site.lot,
        frame=site.frame,
        zoning=whole.zoning,
        findings=tuple(findings),
        pieces=tuple(pieces),
    )


def _of_whole(law: SiteLaw, facts: Facts, subdivision: Subdivision) -> list[Finding]:
    """The whole: whether the pieces make up the land, and what the law asks of dividing it at all."""
    partition = partition_of(facts.site.lot.after, [piece.outline for piece in subdivision.pieces])
    words = Words("کل زمین", "the whole land")
    about = Subject("lot", "", words, partition)
    findings = []
    for rule in law.rules:
        divides = rule.provision.measure in _WHOLE
        found = findings_of(replace(rule, about=about) if divides else rule, facts)
        findings += [partition_text(finding) if divides else finding for finding in found]
    return [*findings, *(gap_finding(gap) for gap in (*law.gaps, *overlay_gaps(law, facts.site)))]


def _of_street(law: SiteLaw, facts: Facts, street: LaidStreet) -> list[Finding]:
    about = Subject("new_street", street.piece.name, piece_words(street.piece), street.measured)
    asked = [replace(rule, about=about) for rule in law.rules]
    found = [finding for rule in asked for finding in findings_of(rule, facts)]
    found += [gap_finding(gap) for gap in law.gaps]
    return _told(found, street.piece)


def _of_plot(plot: LaidPlot, book: RuleBook, on: date) -> tuple[list[Finding], SiteLaw]:
    facts = Facts(plot.site, None, book.counting(on))
    law = law_of("piece", book.every_piece_needs, book, facts, on)
    about = Subject("piece", plot.piece.name, piece_words(plot.piece), plot.piece)
    held = [replace(rule, missing=rule.missing or plot.held) if rule.applies else rule for rule in law.rules]
    asked = [replace(rule, about=about) for rule in held]
    found = [finding for rule in asked for finding in findings_of(rule, facts)]
    return _told([*found, *(gap_finding(gap) for gap in law.gaps)], plot.piece), law


def _told(findings: Sequence[Finding], piece: Piece) -> list[Finding]:
    """The findings of a piece, each about it, told of it by name, and shown on it."""
    kind = "new_street" if piece.street else "piece"
    told = []
    for finding in findings:
        role: Role = "excess" if finding.verdict == "violates" else "footprint"
        value = finding.value if isinstance(finding.value, float) else None
        limit = finding.limit if isinstance(finding.limit, float) else None
        shown = (
            ()
            if finding.verdict == "not_applicable"
            else (Evidence(role, piece.outline, value, limit, finding.unit if value is not None else None),)
        )
        text = about_piece(finding.text, piece)
        told.append(
            replace(finding, subject=(kind, piece.name), text=text, evidence=(*finding.evidence, *shown))
        )
    return told
