"""Plain sentences on what the law allows, for a citizen who has drawn nothing yet."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from gis.facts import NO_PROPOSAL, Facts
from gis.law import Gap
from gis.limits import Resolved
from gis.measures import MEASURES
from gis.missing import Missing
from gis.precision import at_most, noise
from gis.rule import Rule
from gis.rulebook.limit import Bands, Expression, Interval, Limit
from gis.rulebook.provision import Condition
from gis.vocabulary import EDGE_WORDS, USE_WORDS, name_of
from gis.words import Words, amount, figure, listed

_SENTENCES: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("coverage", "at_most"): (
        "ساختمان می‌تواند تا {0} زمین را بپوشاند.",
        "The building may cover up to {0} of the land.",
    ),
    ("coverage", "at_least"): (
        "ساختمان باید دست‌کم {0} زمین را بپوشاند.",
        "The building must cover at least {0} of the land.",
    ),
    ("density", "at_most"): (
        "کل زیربنا می‌تواند تا {0} مساحت زمین باشد.",
        "All floors together may reach {0} of the land's area.",
    ),
    ("density", "at_least"): (
        "کل زیربنا باید دست‌کم {0} مساحت زمین باشد.",
        "All floors together must reach {0} of the land's area.",
    ),
    ("storeys", "at_most"): ("تا {0} می‌توانید بسازید.", "You may build up to {0}."),
    ("storeys", "at_least"): ("باید دست‌کم {0} بسازید.", "You must build at least {0}."),
    ("height", "at_most"): (
        "ارتفاع ساختمان می‌تواند تا {0} باشد.",
        "The building may be up to {0} high.",
    ),
    ("height", "at_least"): (
        "ارتفاع ساختمان باید دست‌کم {0} باشد.",
        "The building must be at least {0} high.",
    ),
    ("setback", "at_least"): ("از {1} دست‌کم {0} فاصله بگیرید.", "Keep at least {0} from {1}."),
    ("setback", "at_most"): ("از {1} بیش از {0} فاصله نگیرید.", "Stay within {0} of {1}."),
    ("lot_area", "at_least"): (
        "زمین پس از اصلاحی باید دست‌کم {0} باشد.",
        "The lot must have at least {0} after widening.",
    ),
    ("frontage", "at_least"): ("بر زمین باید دست‌کم {0} باشد.", "The frontage must be at least {0}."),
    ("street_width", "at_least"): (
        "عرض گذر باید دست‌کم {0} باشد.",
        "The street must be at least {0} wide.",
    ),
}
_ANY: Final = {
    "at_most": ("{2} می‌تواند تا {0} باشد.", "{2} may be up to {0}."),
    "at_least": ("{2} باید دست‌کم {0} باشد.", "{2} must be at least {0}."),
}
_MISSING: Final = {
    "fact": ("این داده در دست نیست: {0}.", "This fact is missing: {0}."),
    "layer": ("نقشهٔ {0} در این محل کامل نیست.", "The map of {0} is not complete here."),
    "inquiry": ("نیازمند استعلام از {0} است.", "An inquiry to {0} is needed."),
    "commission": ("تصمیم با {0} است.", "It is for {0} to decide."),
    "judgement": ("نیازمند نظر {0} است.", "It needs the judgement of {0}."),
    "no_law": ("ضابطه‌ای برای این مورد ثبت نشده است: {0}.", "No provision is recorded for this: {0}."),
}

_PLACE: Final = frozenset(
    {"zones", "overlapping_zones", "split_lot", "street_land", "orientation", "main_street", "street_class"}
)
"""What tells whether a provision holds here at all; without it its sentence is told as a condition."""


def law_text(rule: Rule, facts: Facts) -> Words:
    """What a provision says about a site, whether or not its limit is a number yet."""
    provision, value = rule.provision, rule.value
    title = provision.title
    if not rule.applies:
        return Words(f"این ضابطه شامل این زمین نیست: {title.fa}.", f"This does not apply here: {title.en}.")
    if rule.missing is not None and _says_nothing(rule, rule.missing):
        why = missing_text(rule.missing)
        return Words(f"{title.fa}: {why.fa}", f"{title.en}: {why.en}")
    if provision.relation == "one_of":
        sentence = _uses(rule)
    elif provision.relation in {"discretion", "inquiry"}:
        said = value.text or title
        sentence = Words(f"{said.fa}", f"{said.en}")
        if provision.relation == "inquiry" and value.body:
            sentence = _two(sentence, missing_text(Missing("inquiry", provision.id, value.body)))
    else:
        sentence = _numeric(rule, facts)
    open_ = None if rule.missing == NO_PROPOSAL else rule.missing
    if open_ and open_.name in _PLACE:
        held = Words(
            f"اگر این ضابطه این‌جا برقرار باشد: {sentence.fa}",
            f"If this provision holds here: {sentence.en}",
        )
        return _two(missing_text(open_), held)
    return _two(sentence, missing_text(open_)) if open_ else sentence


def _says_nothing(rule: Rule, missing: Missing) -> bool:
    """Whether a provision's own words would tell as a fact what nobody knows here: the place, the edge."""
    provision = rule.provision
    own_words = provision.relation in {"discretion", "inquiry"}
    unknown_edge = any(edge.kind == "unknown" for edge in rule.edges)
    unseen = missing.name == "overlays" and provision.where.overlay
    return missing.kind == "no_law" or own_words or unknown_edge or bool(unseen)


def missing_text(missing: Missing) -> Words:
    """Why an answer is undecided: what is missing, or who must answer.

    >>> missing_text(Missing("layer", "zones")).en
    'The map of zones is not complete here.'
    """
    fa, en = _MISSING[missing.kind]
    named = missing.who if missing.kind in {"inquiry", "commission", "judgement"} else name_of(missing.name)
    return Words(fa.format(named.fa), en.format(named.en))


def gap_text(gap: Gap) -> Words:
    """Where the law is silent."""
    if gap.held is not None:
        return missing_text(gap.held)
    if gap.over is not None and gap.part is not None:
        return _over_text(gap)
    if gap.area <= noise("m2"):
        return Words(
            "پس از اصلاحی چیزی از این زمین نمی‌ماند.", "Nothing is left of this land after the widening."
        )
    if gap.zone is None:
        area = amount(gap.area, "m2")
        return Words(
            f"{area.fa} از این زمین در هیچ پهنه‌ای نیست؛ ضابطه‌ای برای آن ثبت نشده است.",
            f"{area.en} of this land lies in no zone; no provision is recorded for it.",
        )
    name, code = name_of(gap.need), gap.zone.code
    return Words(
        f"در پهنهٔ {code} ضابطه‌ای برای این مورد ثبت نشده است: {name.fa}.",
        f"In zone {code} no provision is recorded for this: {name.en}.",
    )


def _over_text(gap: Gap) -> Words:
    """An overlay that no provision names: that it is there, that the law is silent, and who must speak."""
    name, who = gap.title, gap.missing.who
    if gap.area > noise("m2"):
        there = Words(f"بخشی از این زمین در «{name.fa}» است", f"Part of this land lies in “{name.en}”")
    else:
        there = Words(f"«{name.fa}» به این زمین می‌رسد", f"“{name.en}” reaches this land")
    return Words(
        f"{there.fa} و ضابطه‌ای برای آن ثبت نشده است؛ {who.fa} باید روشن کند که این‌جا چه می‌توان ساخت.",
        f"{there.en} and no provision is recorded for it; {who.en} must say what may be built here.",
    )


def _numeric(rule: Rule, facts: Facts) -> Words:
    if rule.limit is None:
        return _table(rule) if rule.value.limit is not None else rule.provision.title
    sentence = _limit(rule, amount(rule.limit.strict, rule.provision.unit), rule.limit.strict)
    if rule.base is not None:
        sentence = _two(sentence, _square_metres(rule, rule.limit, facts))
    for condition in rule.limit.unmet:
        sentence = _two(sentence, unmet_text(condition, facts))
    if rule.limit.open is not None:
        mild = amount(rule.limit.mild, rule.provision.unit)
        more = Words(f"شاید تا {mild.fa} شود.", f"It may become up to {mild.en}.")
        sentence = _two(sentence, _two(more, missing_text(rule.limit.open)))
    return sentence


def _limit(rule: Rule, limit: Words, number: float | None = None) -> Words:
    provision = rule.provision
    edge = edge_words(rule)
    if provision.measure == "setback" and number == 0 and provision.relation == "at_least":
        return Words(f"می‌توانید تا روی {edge.fa} بسازید.", f"You may build up to {edge.en}.")
    fa, en = _SENTENCES.get((provision.measure, provision.relation), _ANY[provision.relation])
    title = MEASURES[provision.measure].title
    return Words(fa.format(limit.fa, edge.fa, title.fa), en.format(limit.en, edge.en, title.en))


def edge_words(rule: Rule) -> Words:
    """The edge of a rule by its kind, a street by its name."""
    edge = rule.edge
    if edge is None:
        sorts = [EDGE_WORDS[sort] for sort in rule.provision.where.edges]
        return listed(sorts) if sorts else Words("مرز", "the boundary")
    if edge.kind == "street" and edge.street is not None and edge.street.name:
        return Words(f"بر «{edge.street.name}»", f"the street line of {edge.street.name}")
    return EDGE_WORDS[edge.kind]


def _square_metres(rule: Rule, limit: Resolved, facts: Facts) -> Words:
    """The ratio in square metres; both answers where they hang on the owner's gift of the strip."""
    allowed = [amount(limit.strict * (rule.base or 0.0), "m2", 1)]
    if rule.value.base == "before_if_strip_ceded":
        before = facts.base("before")
        if isinstance(before, float) and not at_most(before, rule.base or 0.0, "m2"):
            free = amount(limit.strict * before, "m2", 1)
            return Words(
                f"اگر نوار اصلاحی را رایگان واگذار کنید {free.fa}، وگرنه {allowed[0].fa}.",
                f"That is {free.en} if you cede the widening strip free of charge, else {allowed[0].en}.",
            )
    return Words(f"یعنی {allowed[0].fa}.", f"That is {allowed[0].en}.")


def unmet_text(condition: Condition, facts: Facts) -> Words:
    """Why a storey was taken off."""
    value = facts.value(condition.measure)
    unit, name = MEASURES[condition.measure].unit, MEASURES[condition.measure].title
    found = amount(value, unit) if isinstance(value, float) else Words("نامشخص", "unknown")
    return Words(
        f"یک طبقه کم شده است، چون {name.fa} {found.fa} است.",
        f"One storey is taken off because the {name.en} is {found.en}.",
    )


def _uses(rule: Rule) -> Words:
    value = rule.value
    free = listed([USE_WORDS[use] for use in value.permitted])
    sentence = Words(f"کاربری‌های مجاز: {free.fa}.", f"Permitted uses: {free.en}.")
    if value.conditional and value.body:
        held = listed([USE_WORDS[use] for use in value.conditional])
        more = Words(
            f"با تصویب {value.body.fa}: {held.fa}.", f"With a decision of {value.body.en}: {held.en}."
        )
        sentence = _two(sentence, more)
    return sentence


def _table(rule: Rule) -> Words:
    """A limit without a number yet: its formula, or each band in words."""
    limit, unit = rule.value.limit, rule.provision.unit
    if not isinstance(limit, Bands):
        return _limit(rule, _plain(limit, unit))
    by, by_unit = MEASURES[limit.by].title, MEASURES[limit.by].unit
    rows = []
    for interval, row in limit.rows:
        number = float(row) if isinstance(row, Decimal) else None
        said, when = _limit(rule, _plain(row, unit), number), _interval(interval, by_unit)
        rows.append(
            Words(f"اگر {by.fa} {when.fa} باشد: {said.fa}", f"If the {by.en} is {when.en}: {said.en}")
        )
    return Words(" ".join(row.fa for row in rows), " ".join(row.en for row in rows))


def _plain(limit: Limit | None, unit: str) -> Words:
    if isinstance(limit, Expression):
        return _formula(limit)
    return amount(float(limit), unit) if isinstance(limit, Decimal) else Words("", "")


def _formula(expression: Expression) -> Words:
    """The arithmetic with the names that people use."""

    def fa(found: re.Match[str]) -> str:
        return f"«{MEASURES[found[0]].title.fa}»" if found[0] in MEASURES else figure(float(found[0]), 4).fa

    def en(found: re.Match[str]) -> str:
        return MEASURES[found[0]].title.en if found[0] in MEASURES else found[0]

    text = expression.text.replace("*", "×").replace("/", "÷")
    names = r"[a-z_]+|[0-9.]+"
    words = Words(re.sub(names, fa, text), re.sub(names, en, text))
    if expression.not_less_than:
        low = figure(float(expression.not_less_than))
        words = Words(f"{words.fa} (و نه کمتر از {low.fa})", f"{words.en} (and not less than {low.en})")
    if expression.not_more_than is not None:
        high = figure(float(expression.not_more_than))
        words = Words(f"{words.fa} (و نه بیشتر از {high.fa})", f"{words.en} (and not more than {high.en})")
    return words


def _interval(interval: Interval, unit: str) -> Words:
    low = amount(float(interval.low), unit)
    if interval.high is None:
        return Words(
            f"{low.fa} یا بیشتر" if interval.low_inside else f"بیش از {low.fa}",
            f"{low.en} or more" if interval.low_inside else f"more than {low.en}",
        )
    high = amount(float(interval.high), unit)
    bare = figure(float(interval.low))
    end = Words("", "") if interval.high_inside else Words("کمتر از ", "under ")
    start = (
        Words(f"از {bare.fa}", f"from {bare.en}")
        if interval.low_inside
        else Words(f"بیش از {bare.fa}", f"more than {bare.en}")
    )
    return Words(f"{start.fa} تا {end.fa}{high.fa}", f"{start.en} to {end.en}{high.en}")


def _two(first: Words, second: Words) -> Words:
    return Words(f"{first.fa} {second.fa}", f"{first.en} {second.en}")
