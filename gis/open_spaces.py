"""Open spaces within a proposal that it does not draw as light wells: told where law on light wells holds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from gis.measures.open_spaces import open_spaces
from gis.missing import DESIGNER, Missing
from gis.overlay import union_all
from gis.proposal import Proposal
from gis.report import Evidence, Finding
from gis.rule import Rule
from gis.silence_text import missing_text
from gis.site import Site
from gis.words import Words, amount, figure


def beside_light_wells(site: Site, proposal: Proposal, rules: Sequence[Rule]) -> list[Finding]:
    """One finding for all open spaces that no light well covers: the designer says what they give light to.

    None where no law on light wells is in force here.
    """
    if not any(rule.sort == "light_well" and (rule.applies or rule.why) for rule in rules):
        return []
    storeys = sorted(proposal.storeys, key=lambda storey: storey.level)
    levels = [union_all(s.footprint for s in masses) for _, masses in groupby(storeys, key=lambda s: s.level)]
    streets = [edge.line for edge in site.lot.edges if edge.kind == "street"]
    drawn = [well.footprint for well in proposal.elements.light_wells or ()]
    spaces = open_spaces(levels, site.lot.after, streets, drawn)
    if not spaces:
        return []
    missing = Missing("fact", "light_well_serves", DESIGNER)
    area, count = amount(sum(space.area for space in spaces), "m2"), figure(len(spaces), 0)
    text = Words(
        f"درون ساختمان فضای بازی به مساحت {area.fa} هست که نورگیر کشیده نشده است.",
        f"Within the building an open space of {area.en} is not drawn as a light well.",
    )
    if len(spaces) > 1:
        text = Words(
            f"درون ساختمان {count.fa} فضای باز (روی هم {area.fa}) هست که نورگیر کشیده نشده‌اند.",
            f"Within the building {count.en} open spaces ({area.en} together) are not drawn as light wells.",
        )
    return [
        Finding(
            provision="open_spaces",
            title=Words("فضای باز درون ساختمان", "Open spaces within the building"),
            measure="open_spaces",
            verdict="undecided",
            text=text.then(missing_text(missing)),
            subject=("lot", ""),
            missing=missing,
            evidence=tuple(Evidence("footprint", space, float(space.area), None, "m2") for space in spaces),
        )
    ]
