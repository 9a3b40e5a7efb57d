"""What may be built here: each thing that the law says about a site, as a number and as a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gis.assess import unsure_land
from gis.facts import NO_PROPOSAL, Facts
from gis.finding_text import enough_text
from gis.judge import findings_of
from gis.law import Gap, site_law
from gis.law_text import law_text
from gis.missing import Missing
from gis.precision import rounded, safe
from gis.report import Verdict, cite_to_dict, subject_to_dict
from gis.rule import Rule
from gis.rulebook import RuleBook
from gis.silence_text import gap_text, missing_text
from gis.site import Site
from gis.words import Words


@dataclass(frozen=True)
class Land:
    """The land to which a ratio relates, and what the limit makes of it, m².

    `ceded` and `ceded_limit`: the same if the owner gives the widening strip, where the law rewards that.
    """

    base: str
    area: float
    limit: float | None
    ceded: float | None = None
    ceded_limit: float | None = None

    def to_dict(self, relation: str | None) -> dict[str, object]:
        return {
            "base": self.base,
            "base_m2": rounded(self.area, "m2"),
            "limit_m2": safe(self.limit, "m2", relation),
            "ceded_base_m2": rounded(self.ceded, "m2"),
            "ceded_limit_m2": safe(self.ceded_limit, "m2", relation),
        }


@dataclass(frozen=True)
class LawItem:
    """One provision on one subject of a site, or a gap where the law is silent.

    `verdict` is `undecided` with `missing`, `not_applicable`, or None where the limit stands and a proposal
    is needed to judge it. What the land itself must have (area, frontage, …) is judged here: `value` is what
    it has, and `verdict` says `complies` or `violates`. A limit that depends on the proposal (a band by
    number of storeys) has no number; its sentence tells the whole table.
    """

    about: Rule | Gap
    text: Words
    limit: float | None = None
    missing: Missing | None = None
    verdict: Verdict | None = None
    value: float | None = None
    land: Land | None = None

    @property
    def uses(self) -> tuple[str, ...]:
        """The uses that need nobody's consent, where the list of them is in force here; else empty."""
        return self.about.value.permitted if isinstance(self.about, Rule) and self.verdict is None else ()

    @property
    def holds(self) -> bool:
        """Whether no proposal can comply before what is missing is known or said.

        A limit that only depends on the proposal, or has a strict and a mild reading, holds nothing: a modest
        proposal keeps both.
        """
        about = self.about
        if self.missing is None or self.missing == NO_PROPOSAL or self.verdict != "undecided":
            return False
        return isinstance(about, Gap) or _of_land(about) or self.missing in {about.missing, about.asks}

    def to_dict(self) -> dict[str, object]:
        """The item on the wire."""
        about = self.about
        provision = about.provision if isinstance(about, Rule) else None
        unit = provision.unit if provision else None
        return {
            "provision": about.id,
            "title": about.title.to_dict(),
            "measure": about.measure,
            "relation": provision.relation if provision else None,
            "value": rounded(self.value, unit) if unit else None,
            "limit": list(self.uses) or (rounded(self.limit, unit) if unit else self.limit),
            "unit": unit,
            "basis": self.land.to_dict(provision.relation if provision else None) if self.land else None,
            "zone": about.zone if isinstance(about, Rule) else about.zone and about.zone.code,
            # the zone of a gap has its own key
            "subject": subject_to_dict(about.subject) if isinstance(about, Rule) or about.over else None,
            "cite": cite_to_dict(about.value) if isinstance(about, Rule) else None,
            "text": self.text.to_dict(),
            "verdict": self.verdict,
            "missing": self.missing.to_dict() if self.missing else None,
        }


def law_for(site: Site, book: RuleBook, *, on: date) -> tuple[LawItem, ...]:
    """What may be built on a site on a day, provision by provision; what is undecided says why.

    Raises LawError on a day without formalised law.
    """
    facts = Facts(site, None, book.counting(on))
    law = site_law(book, facts, on)
    gaps = [LawItem(gap, gap_text(gap), None, gap.missing, "undecided") for gap in law.gaps]
    return (*(_item(rule, facts) for rule in law.rules), *gaps)


def _item(rule: Rule, facts: Facts) -> LawItem:
    text = law_text(rule, facts)
    if not rule.applies:
        return LawItem(rule, text, verdict="not_applicable")
    if _of_land(rule) and rule.limit is not None and not rule.asks:
        (finding,) = findings_of(rule, facts)
        value, limit = (n if isinstance(n, int | float) else None for n in (finding.value, finding.limit))
        if finding.verdict == "complies" and value is not None and limit is not None:
            text = enough_text(rule, value, limit)
        if finding.missing and not rule.missing:
            text = text.then(missing_text(finding.missing))
        return LawItem(rule, text, limit, finding.missing, finding.verdict, value)
    missing = rule.missing or (rule.limit.open if rule.limit else None) or rule.asks
    land = _land(rule, facts)
    if missing == NO_PROPOSAL:
        return LawItem(rule, text, land=land)
    limit = rule.limit.strict if rule.limit and not missing else None
    return LawItem(rule, text, limit, missing, "undecided" if missing else None, land=land)


def _of_land(rule: Rule) -> bool:
    """Whether it asks something of the land itself, which no proposal changes."""
    return rule.sort == "lot"


def _land(rule: Rule, facts: Facts) -> Land | None:
    """The land behind a ratio, where it is known."""
    if rule.base is None or rule.value.base is None:
        return None
    ratio = rule.limit.strict if rule.limit else None
    limit = None if ratio is None else ratio * rule.base
    if rule.value.base != "before_if_strip_ceded":
        return Land(rule.value.base, rule.base, limit)
    ceded = facts.site.lot.area_before
    return Land(rule.value.base, rule.base, limit, ceded, None if ratio is None else ratio * ceded)


@dataclass(frozen=True)
class Held:
    """Something that keeps every answer on a site open, and the provisions or gaps that wait for it."""

    missing: Missing
    text: Words
    waiting: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """On the wire."""
        return {
            "missing": self.missing.to_dict(),
            "provisions": list(self.waiting),
            "text": self.text.to_dict(),
        }


def held(items: Sequence[LawItem], site: Site) -> tuple[Held, ...]:
    """What must be known or said before any proposal on a site can comply, each once.

    Whoever tells what may be built here ("up to three storeys") tells it under these conditions.
    """
    waiting: dict[Missing, dict[str, None]] = {}
    texts: dict[Missing, Words] = {}
    for item in items:
        if item.missing is not None and item.holds:
            about = item.about
            waiting.setdefault(item.missing, {})[about.id] = None
            own = isinstance(about, Gap) or bool(about.asks)
            texts.setdefault(item.missing, item.text if own else missing_text(item.missing))
    rules = [item.about for item in items if isinstance(item.about, Rule)]
    if unsure := unsure_land(site, rules):
        waiting.setdefault(unsure, {})["within_lot"] = None
        texts.setdefault(unsure, missing_text(unsure))
    return tuple(Held(missing, texts[missing], tuple(ids)) for missing, ids in waiting.items())
