"""What each storey is used for, beside the list of a zone."""

from __future__ import annotations

from collections.abc import Iterator

from gis.facts import Facts
from gis.finding_text import undecided_text, use_text
from gis.judged import finding_of
from gis.measures import bulk
from gis.missing import Missing
from gis.overlay import shared_area
from gis.precision import noise
from gis.report import Evidence, Finding, Verdict
from gis.rule import Rule
from gis.vocabulary import USE_WORDS
from gis.words import Words, listed


def use_findings(rule: Rule, facts: Facts) -> Iterator[Finding]:
    """Permitted uses together in one finding; each forbidden or conditional use on a level in its own."""
    storeys = facts.proposal.storeys if facts.proposal else ()
    if rule.within is not None:
        storeys = tuple(s for s in storeys if shared_area(s.footprint, rule.within) > noise("m2"))
    if not storeys:
        text = Words("هیچ طبقه‌ای در این پهنه نیست.", "No storey stands in this zone.")
        yield finding_of(rule, "not_applicable", text)
        return
    value = rule.value
    free = sorted({storey.use for storey in storeys if storey.use in value.permitted})
    if rule.missing is not None:
        uses = ", ".join(sorted({storey.use for storey in storeys}))
        text = undecided_text(rule, rule.missing, None)
        yield finding_of(rule, "undecided", text, value=uses, limit=value.permitted, missing=rule.missing)
        return
    for level, use in sorted({(s.level, s.use) for s in storeys if s.use not in value.permitted}):
        shape = bulk.covered([s for s in storeys if (s.level, s.use) == (level, use)])
        held = use in value.conditional
        verdict: Verdict = "undecided" if held else "violates"
        yield finding_of(
            rule,
            verdict,
            use_text(use, level, verdict, value.body),
            subject=("storey", str(level)),
            value=use,
            limit=value.permitted,
            missing=Missing("commission", use, value.body) if held else None,
            evidence=(Evidence("footprint" if held else "excess", shape),),
        )
    if free:
        names = listed([USE_WORDS[use] for use in free])
        fa = "کاربری‌های" if len(free) > 1 else "کاربری"
        text = Words(f"{fa} {names.fa} در این پهنه مجاز است.", f"In this zone {names.en} use is permitted.")
        yield finding_of(rule, "complies", text, value=", ".join(free), limit=value.permitted)
