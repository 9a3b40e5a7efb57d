"""What may be built here: each thing that the law says about a site, as a number and as a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gis.facts import NO_PROPOSAL, Facts
from gis.law import Gap, site_law
from gis.law_text import gap_text, law_text
from gis.missing import Missing
from gis.precision import rounded
from gis.report import cite_to_dict, subject_of
from gis.rule import Rule
from gis.rulebook import RuleBook
from gis.site import Site
from gis.words import Words


@dataclass(frozen=True)
class LawItem:
    """One provision on one subject of a site, or a gap where the law is silent.

    `verdict` is `undecided` with `missing`, `not_applicable`, or None where the limit stands. A limit that
    depends on the proposal (a band by number of storeys) has no number; its sentence tells the whole table.
    """

    about: Rule | Gap
    text: Words
    limit: float | None = None
    missing: Missing | None = None
    verdict: str | None = None

    def to_dict(self) -> dict[str, object]:
        """The item on the wire."""
        about = self.about
        provision = about.provision if isinstance(about, Rule) else None
        return {
            "provision": about.provision.id if isinstance(about, Rule) else about.id,
            "title": (about.provision if isinstance(about, Rule) else about).title.to_dict(),
            "measure": (about.provision if isinstance(about, Rule) else about).measure,
            "relation": provision.relation if provision else None,
            "limit": self.limit if provision is None else rounded(self.limit, provision.unit),
            "unit": provision.unit if provision else None,
            "zone": about.zone if isinstance(about, Rule) else about.zone and about.zone.code,
            "subject": subject_of(about) if isinstance(about, Rule) else _subject(about),
            "cite": cite_to_dict(about.value) if isinstance(about, Rule) else None,
            "text": self.text.to_dict(),
            "verdict": self.verdict,
            "missing": self.missing.to_dict() if self.missing else None,
        }


def law_for(book: RuleBook, site: Site, on: date) -> tuple[LawItem, ...]:
    """What may be built on a site on a day, provision by provision; what is undecided says why.

    Raises LawError on a day without formalised law.
    """
    facts = Facts(site, None, book.counting(on))
    law = site_law(book, facts, on)
    gaps = [LawItem(gap, gap_text(gap), None, gap.missing, "undecided") for gap in law.gaps]
    return (*(_item(rule, facts) for rule in law.rules), *gaps)


def _subject(gap: Gap) -> dict[str, str] | None:
    """The overlay of a gap on the wire; of another gap the zone is told apart."""
    kind, ref = gap.subject
    return {"kind": kind, "ref": ref} if gap.over else None


def _item(rule: Rule, facts: Facts) -> LawItem:
    text = law_text(rule, facts)
    if not rule.applies:
        return LawItem(rule, text, verdict="not_applicable")
    missing = rule.missing or (rule.limit.open if rule.limit else None) or rule.asks
    if missing == NO_PROPOSAL:
        return LawItem(rule, text)
    limit = rule.limit.strict if rule.limit and not missing else None
    return LawItem(rule, text, limit, missing, "undecided" if missing else None)
