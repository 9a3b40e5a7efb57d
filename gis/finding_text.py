"""One plain sentence for each finding: what was measured, what the law asks, what follows."""

from __future__ import annotations

from gis.edge_text import edge_words
from gis.facts import Facts
from gis.law_text import bonus_text, unmet_text
from gis.mass_text import plane_words, raised_text
from gis.measures import MEASURES
from gis.measuring.mass import strip_of
from gis.missing import Missing
from gis.objects import thing_words
from gis.precision import keeps, safe
from gis.report import Basis, Finding
from gis.rule import Rule
from gis.silence_text import missing_text
from gis.split_text import with_weights
from gis.vocabulary import PIECE_WORDS, USE_WORDS, level_words
from gis.words import Words, amount, bare, beside, limit_amount, percent


def measured_text(
    rule: Rule, facts: Facts, value: float, limit: float, *, complies: bool, basis: Basis | None
) -> Words:
    """A number beside its limit, both as `beside` tells them."""
    unit, relation, name = rule.provision.unit, rule.provision.relation, _name(rule)
    setback = rule.provision.measure == "setback"
    if setback and value < 0:
        return _beyond_text(-value, edge_words(rule))
    if setback and complies and limit == 0:
        edge = edge_words(rule)
        return Words(
            f"ساختمان از {edge.fa} بیرون نزده است.", f"The building does not reach beyond {edge.en}."
        )
    found, allowed = beside(value, limit, unit, relation)
    if basis and basis.value_area is not None and basis.limit_area is not None:
        mine, theirs = _areas_beside(basis.value_area, basis.limit_area, relation)
        found, allowed = found.aside(mine), allowed.aside(theirs)
    if relation == "at_most":
        fa, en = "تا {0} مجاز است", "within the {0} allowed" if complies else "more than the {0} allowed"
    else:
        fa = "دست‌کم {0} لازم است"
        en = "not less than the {0} required" if complies else "less than the {0} required"
    if rule.about and limit == 0 and relation == "at_most":
        return of_thing(rule, _none_text(name, found, complies=complies))
    but = "؛" if complies else "، ولی"
    text = of_thing(
        rule,
        Words(
            f"{name.fa} {found.fa} است{but} {fa.format(allowed.fa)}.",
            f"The {name.en} is {found.en}, {en.format(allowed.en)}.",
        ),
    )
    if complies and rule.tolerance and not _within(value, limit, rule):
        text = _forgiven_text(text, rule)
    text = with_weights(text, rule)
    if (strip := strip_of(rule, facts)) and strip.least:
        text = text.then(raised_text(strip.least))
    for bonus in rule.limit.bonuses if rule.limit else ():
        text = text.then(bonus_text(rule, bonus, facts))
    for condition in rule.limit.unmet if rule.limit else ():
        text = text.then(unmet_text(condition, facts))
    if large := facts.oversized(rule.provision.measure):
        share, allowed = (percent(part) for part in large)
        head = Words(
            f"سرپله هم شمرده شده است، چون {share.fa} طبقهٔ زیرین را می‌پوشاند؛ بیش از {allowed.fa}.",
            f"The stair head counts too, for it covers {share.en} of the storey below, "
            f"more than {allowed.en}.",
        )
        text = text.then(head)
    return text


def _none_text(name: Words, found: Words, *, complies: bool) -> Words:
    """What a thing has of something of which the law allows none."""
    if complies:
        return Words(
            f"{name.fa} {found.fa} است، چنان که باید باشد.", f"The {name.en} is {found.en}, as it must be."
        )
    return Words(
        f"{name.fa} {found.fa} است، ولی هیچ مقدار آن مجاز نیست.",
        f"The {name.en} is {found.en}, and none is allowed.",
    )


def enough_text(rule: Rule, value: float, limit: float) -> Words:
    """What the land itself has, where that is what the law asks of it: a fact and no demand."""
    name, relation = _name(rule), rule.provision.relation
    found, asked = beside(value, limit, rule.provision.unit, relation)
    least = relation == "at_least"
    fa = f"و کافی است؛ ضابطه دست‌کم {asked.fa} می‌خواهد" if least else f"؛ ضابطه تا {asked.fa} را می‌پذیرد"
    en = f"enough; the rule asks for at least {asked.en}" if least else f"and up to {asked.en} is allowed"
    text = Words(
        f"{name.fa} {found.fa} است{' ' if least else ''}{fa}.", f"The {name.en} is {found.en}, {en}."
    )
    text = text if _within(value, limit, rule) else _forgiven_text(text, rule)
    return with_weights(text, rule)


def _beyond_text(metres: float, edge: Words) -> Words:
    """How far a building stands out over a line, to the centimetre where that says anything."""
    out = amount(metres, "m", 2 if metres >= 0.005 else 4)
    return Words(
        f"ساختمان {out.fa} از {edge.fa} بیرون زده است.", f"The building reaches {out.en} beyond {edge.en}."
    )


def _within(value: float, limit: float, rule: Rule) -> bool:
    unit = rule.provision.unit
    return keeps(value, limit, unit, rule.provision.relation)


def _forgiven_text(text: Words, rule: Rule) -> Words:
    """A limit that land keeps only by what its survey may be off."""
    given = amount(rule.tolerance, rule.provision.unit)
    by_survey = Words(
        f"این با رواداری نقشه‌برداری ({given.fa}) است.",
        f"That is by the tolerance of the survey, {given.en}.",
    )
    return text.then(by_survey)


def beside_text(chosen: Finding, declared: Finding, drawn: Finding) -> Words:
    """The sentence of the chosen finding, and the other of the two areas beside it."""
    claimed, measured = _areas(declared, drawn)
    by_declared = Words(
        f"این بر پایهٔ مساحت اعلام‌شده است؛ بر پایهٔ نقشه {measured.fa} است.",
        f"That is by the declared areas; by the drawing it is {measured.en}.",
    )
    by_drawing = Words(
        f"این بر پایهٔ نقشه است؛ بر پایهٔ مساحت اعلام‌شده {claimed.fa} است.",
        f"That is by the drawing; by the declared areas it is {claimed.en}.",
    )
    return chosen.text.then(by_declared if chosen is declared else by_drawing)


def areas_text(declared: Finding, drawn: Finding, missing: Missing) -> Words:
    """Declared and drawn areas on two sides of the limit: both, the limit, and what is missing."""
    claimed, measured = _areas(declared, drawn)
    name = MEASURES[drawn.measure].title
    text = Words(
        f"{name.fa} بر پایهٔ مساحت اعلام‌شده {claimed.fa} و بر پایهٔ نقشه {measured.fa} است.",
        f"The {name.en} is {claimed.en} by the declared areas and {measured.en} by the drawing.",
    )
    if isinstance(drawn.limit, float) and drawn.basis and drawn.basis.limit_area is not None:
        asked_ratio = limit_amount(drawn.limit, "1", drawn.relation or "")
        _, metres = _areas_beside(0.0, drawn.basis.limit_area, drawn.relation or "")
        limit = asked_ratio.aside(metres)
        most = drawn.relation == "at_most"
        asked = ("بیشینهٔ مجاز", "allowed") if most else ("کمینهٔ لازم", "required")
        text = text.then(Words(f"{asked[0]} {limit.fa} است.", f"{limit.en} is {asked[1]}."))
    return text.then(missing_text(missing))


def _areas(declared: Finding, drawn: Finding) -> tuple[Words, Words]:
    """Both ratios with their square metres, beside the limit where there is one."""
    return _both(declared), _both(drawn)


def _both(finding: Finding) -> Words:
    ratio = finding.value if isinstance(finding.value, float) else 0.0
    area = (finding.basis.value_area if finding.basis else None) or 0.0
    most = finding.basis.limit_area if finding.basis else None
    share, metres = bare(ratio, "1"), amount(area, "m2")
    if isinstance(finding.limit, float) and most is not None and finding.relation:
        share, _ = beside(ratio, finding.limit, "1", finding.relation)
        metres, _ = _areas_beside(area, most, finding.relation)
    return share.aside(metres)


def _areas_beside(area: float, limit: float, relation: str) -> tuple[Words, Words]:
    """Square metres beside those that a ratio allows, which no step of their precision may exceed."""
    return beside(area, safe(limit, "m2", relation) or 0.0, "m2", relation)


def _name(rule: Rule) -> Words:
    title = MEASURES[rule.provision.measure].title
    if rule.about is not None and rule.about.kind in {"piece", "new_street"}:
        return PIECE_WORDS.get(rule.provision.measure, title)
    if MEASURES[rule.measure].objects:
        thing = thing_words(rule)
        return Words(f"{title.fa} {thing.fa}", f"{title.en} {thing.en}")
    if MEASURES[rule.provision.measure].subject != "edge":
        return title
    edge = edge_words(rule)
    if rule.provision.measure == "light_plane":
        return plane_words(rule, edge)
    return Words(f"فاصلهٔ ساختمان از {edge.fa}", f"distance of the building from {edge.en}")


def of_thing(rule: Rule, text: Words) -> Words:
    """A sentence after the name of the thing it is about: two figures never stand beside each other."""
    if rule.about is None or MEASURES[rule.measure].objects:
        return text
    of = rule.about.words
    return Words(f"{of.fa}: {text.fa}", f"{of.en[:1].upper()}{of.en[1:]}: {text.en[:1].lower()}{text.en[1:]}")


def undecided_text(rule: Rule, missing: Missing, value: float | None) -> Words:
    """What is missing, after what could be measured all the same."""
    why = missing_text(missing)
    if value is None or rule.provision.unit == "use":
        title = rule.title
        if rule.about is not None:
            of = rule.about.words
            return Words(f"{title.fa}، {of.fa}: معلوم نیست.", f"{title.en}, {of.en}: undecided.").then(why)
        return Words(f"{title.fa}: معلوم نیست.", f"{title.en}: undecided.").then(why)
    name = _name(rule)
    found = bare(value, rule.provision.unit)
    text = Words(f"{name.fa} {found.fa} است.", f"The {name.en} is {found.en}.")
    return of_thing(rule, text).then(why)


def use_text(use: str, level: int, verdict: str, body: Words | None) -> Words:
    """A use on one level that is forbidden, or that a commission decides on."""
    name, place = USE_WORDS[use].opening(), level_words(level)
    use_en = f"{name.en} use"
    if verdict == "violates":
        return Words(f"کاربری {name.fa} در {place.fa} مجاز نیست.", f"{use_en} {place.en} is not permitted.")
    who = body or Words("کمیسیون", "the commission")
    return Words(
        f"کاربری {name.fa} در {place.fa} فقط با تصویب {who.fa} ممکن است.",
        f"{use_en} {place.en} is possible only with a decision of {who.en}.",
    )
