"""One plain sentence for each finding: what was measured, what the law asks, what follows."""

from __future__ import annotations

from gis.facts import Facts
from gis.law_text import edge_words, missing_text, unmet_text
from gis.measures import MEASURES
from gis.missing import Missing
from gis.precision import noise
from gis.report import Basis, Finding
from gis.rule import Rule
from gis.vocabulary import USE_WORDS
from gis.words import Words, amount, bare, percent


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
    if large := facts.oversized(rule.provision.measure):
        share, allowed = (percent(part) for part in large)
        text = Words(
            f"{text.fa} سرپله هم شمرده شده است، چون {share.fa} طبقهٔ زیرین را می‌پوشاند؛ بیش از {allowed.fa}.",
            f"{text.en} The stair head counts too, for it covers {share.en} of the storey below, "
            f"more than {allowed.en}.",
        )
    return text


def beside_text(chosen: Finding, declared: Finding, drawn: Finding) -> Words:
    """The sentence of the chosen finding, and the other of the two areas beside it."""
    text, (claimed, measured) = chosen.text, _areas(declared, drawn)
    if chosen is declared:
        return Words(
            f"{text.fa} این بر پایهٔ مساحت اعلام‌شده است؛ بر پایهٔ نقشه {measured.fa} است.",
            f"{text.en} That is by the declared areas; by the drawing it is {measured.en}.",
        )
    return Words(
        f"{text.fa} این بر پایهٔ نقشه است؛ بر پایهٔ مساحت اعلام‌شده {claimed.fa} است.",
        f"{text.en} That is by the drawing; by the declared areas it is {claimed.en}.",
    )


def areas_text(declared: Finding, drawn: Finding, missing: Missing) -> Words:
    """Declared and drawn areas on two sides of the limit: both, the limit, and what is missing."""
    (claimed, measured), why = _areas(declared, drawn), missing_text(missing)
    name = MEASURES[drawn.measure].title
    text = Words(
        f"{name.fa} بر پایهٔ مساحت اعلام‌شده {claimed.fa} و بر پایهٔ نقشه {measured.fa} است.",
        f"The {name.en} is {claimed.en} by the declared areas and {measured.en} by the drawing.",
    )
    if isinstance(drawn.limit, float) and drawn.basis and drawn.basis.limit_area is not None:
        limit = _both(drawn.limit, drawn.basis.limit_area)
        most = drawn.relation == "at_most"
        asked = ("بیشینهٔ مجاز", "allowed") if most else ("کمینهٔ لازم", "required")
        text = Words(f"{text.fa} {asked[0]} {limit.fa} است.", f"{text.en} {limit.en} is {asked[1]}.")
    return Words(f"{text.fa} {why.fa}", f"{text.en} {why.en}")


def _areas(declared: Finding, drawn: Finding) -> tuple[Words, Words]:
    """Both ratios with their square metres."""
    found = []
    for finding in (declared, drawn):
        ratio = finding.value if isinstance(finding.value, float) else 0.0
        found.append(_both(ratio, (finding.basis and finding.basis.value_area) or 0.0))
    return found[0], found[1]


def _both(ratio: float, area: float) -> Words:
    share, metres = bare(ratio, "1"), amount(area, "m2")
    return Words(f"{share.fa} ({metres.fa})", f"{share.en} ({metres.en})")


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
