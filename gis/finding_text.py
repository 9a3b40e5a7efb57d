"""One plain sentence for each finding: what was measured, what the law asks, what follows."""

from __future__ import annotations

from gis.facts import Facts
from gis.law import Rule
from gis.law_text import edge_words, missing_text, unmet_text
from gis.measures import MEASURES
from gis.missing import Missing
from gis.precision import noise
from gis.report import Basis
from gis.vocabulary import USE_WORDS
from gis.words import Words, amount, bare


def measured_text(
    rule: Rule, facts: Facts, value: float, limit: float, *, complies: bool, basis: Basis | None
) -> Words:
    """A number beside its limit. Digits are added until two different numbers look different."""
    unit = rule.provision.unit
    found, allowed = apart(value, limit, unit)
    name = _name(rule)
    most = rule.provision.relation == "at_most"
    if rule.provision.measure == "setback":
        edge = edge_words(rule)
        if value < 0:
            out = amount(-value, "m", 4)
            return Words(
                f"ساختمان {out.fa} از {edge.fa} بیرون زده است.",
                f"The building stands {out.en} out over {edge.en}.",
            )
    if basis and basis.value_area is not None and basis.limit_area is not None:
        mine, theirs = apart(basis.value_area, basis.limit_area, "m2")
        found = Words(f"{found.fa} ({mine.fa})", f"{found.en} ({mine.en})")
        allowed = Words(f"{allowed.fa} ({theirs.fa})", f"{allowed.en} ({theirs.en})")
    asked, word = ("مجاز", "بیشتر") if most else ("لازم", "کمتر")
    if complies and limit == 0 and rule.provision.measure == "setback":
        return Words(
            f"ساختمان از {edge_words(rule).fa} بیرون نزده است.",
            f"The building does not stand out over {edge_words(rule).en}.",
        )
    if complies:
        fa = f"{name.fa} {found.fa} است و از {allowed.fa} {asked} {word} نیست."
        en = "within the {0} allowed" if most else "not less than the {0} required"
    else:
        fa = f"{name.fa} {found.fa} است؛ {word} از {allowed.fa} {asked}."
        en = "more than the {0} allowed" if most else "less than the {0} required"
    text = Words(fa, f"The {name.en} is {found.en}, {en.format(allowed.en)}.")
    for condition in rule.limit.unmet if rule.limit else ():
        why = unmet_text(condition, facts)
        text = Words(f"{text.fa} {why.fa}", f"{text.en} {why.en}")
    return text


def _name(rule: Rule) -> Words:
    if rule.provision.measure != "setback":
        return MEASURES[rule.provision.measure].title
    edge = edge_words(rule)
    return Words(f"فاصلهٔ ساختمان از {edge.fa}", f"distance of the building from {edge.en}")


def undecided_text(rule: Rule, missing: Missing, value: float | None) -> Words:
    """What is missing, after what could be measured all the same."""
    why = missing_text(missing)
    if value is None or rule.provision.unit == "use":
        title = rule.provision.title
        return Words(f"{title.fa}: نامشخص است. {why.fa}", f"{title.en}: undecided. {why.en}")
    name = _name(rule)
    found = bare(value, rule.provision.unit)
    return Words(f"{name.fa} {found.fa} است. {why.fa}", f"The {name.en} is {found.en}. {why.en}")


def use_text(use: str, level: int, verdict: str, body: Words | None) -> Words:
    """A use on one level that is forbidden, or that a commission decides on."""
    name, place = USE_WORDS[use], level_words(level)
    if verdict == "violates":
        return Words(
            f"کاربری {name.fa} در {place.fa} مجاز نیست.", f"The use {name.en} {place.en} is not permitted."
        )
    who = body or Words("کمیسیون", "the commission")
    return Words(
        f"کاربری {name.fa} در {place.fa} فقط با تصویب {who.fa} ممکن است.",
        f"The use {name.en} {place.en} is possible only with a decision of {who.en}.",
    )


def level_words(level: int) -> Words:
    """A level as people call it.

    >>> level_words(0).fa, level_words(-1).en, level_words(2).en
    ('طبقهٔ همکف', 'on basement level 1', 'on storey 2')
    """
    if level == 0:
        return Words("طبقهٔ همکف", "on the ground floor")
    number = amount(abs(level), "storeys")
    digits = number.fa.split()[0]
    if level < 0:
        return Words(f"زیرزمین {digits}", f"on basement level {-level}")
    return Words(f"طبقهٔ {digits}", f"on storey {level}")


def apart(value: float, limit: float, unit: str) -> tuple[Words, Words]:
    """Both numbers with as few digits as show that they differ, when they do.

    >>> [w.en for w in apart(2.999, 3.0, "m")], [w.en for w in apart(3.00001, 3.0, "m")]
    (['2.999 m', '3 m'], ['3 m', '3 m'])
    """
    for decimals in range(2, 7):
        pair = bare(value, unit, decimals), bare(limit, unit, decimals)
        if pair[0] != pair[1] or abs(value - limit) <= noise(unit):
            return pair
    return pair
