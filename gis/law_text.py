"""Plain sentences on what the law allows, for a citizen who has drawn nothing yet."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from gis.edge_text import line_words
from gis.facts import NO_PROPOSAL, Facts
from gis.law_sentences import ANY, SENTENCES, ZERO
from gis.limit_text import formula_text, under, when_text
from gis.limits import Resolved, resolve_limit
from gis.mass_text import end_text, offer_text, raised_text
from gis.measures import MEASURES
from gis.measures.mass import MassAxis
from gis.measuring.around import nearest
from gis.measuring.mass import axis_of, strip_of
from gis.missing import Missing
from gis.objects import thing_words
from gis.precision import at_most, noise, safe
from gis.rule import Rule
from gis.rulebook.limit import AttributeLimit, Bands, Expression, Limit
from gis.rulebook.provision import Bonus, Condition
from gis.silence_text import missing_text
from gis.split_text import with_weights
from gis.tally_text import tally_text
from gis.thing_text import thing_text
from gis.vocabulary import USE_WORDS, name_of, storeys_words
from gis.words import Words, amount, beside, figure, limit_amount, listed

_PLACE: Final = frozenset(
    {
        "zones",
        "overlapping_zones",
        "split_lot",
        "street_land",
        "orientation",
        "main_street",
        "street_class",
        "no_street",
    }
)
"""What tells whether a provision holds here at all; without it its sentence is told as a condition."""


def law_text(rule: Rule, facts: Facts) -> Words:
    """What a provision says about a site, whether or not its limit is a number yet."""
    provision, value = rule.provision, rule.value
    title = rule.title
    if not rule.applies:
        return rule.why or Words(
            f"این ضابطه شامل این زمین نیست: {title.fa}.", f"This does not apply here: {title.en}."
        )
    if rule.missing is not None and _says_nothing(rule, rule.missing):
        why = missing_text(rule.missing)
        return Words(f"{title.fa}: {why.fa}", f"{title.en}: {why.en}")
    if provision.relation == "one_of":
        sentence = _uses(rule)
    elif provision.relation in {"discretion", "inquiry"}:
        sentence = _own_words(rule, facts)
        if provision.relation == "inquiry" and value.body:
            sentence = sentence.then(missing_text(Missing("inquiry", provision.id, value.body)))
    else:
        sentence = _where_it_holds(_numeric(rule, facts), rule, facts)
    open_ = None if rule.missing == NO_PROPOSAL else rule.missing
    if open_ and open_.name in _PLACE:
        held = Words(
            f"اگر این ضابطه این‌جا برقرار باشد: {sentence.fa}",
            f"If this provision holds here: {sentence.en}",
        )
        return missing_text(open_).then(held)
    return sentence.then(missing_text(open_)) if open_ else sentence


def _own_words(rule: Rule, facts: Facts) -> Words:
    """The words of a clause that waits for somebody, after where the object lies that it asks about."""
    text, found = rule.value.text, nearest(rule, facts)
    if found is None:
        return text or rule.provision.title
    thing = thing_words(rule)
    subject = thing.en[0].upper() + thing.en[1:]
    there = Words(f"{thing.fa} به این زمین می‌رسد.", f"{subject} reaches this land.")
    if found.value > noise("m"):
        far = amount(found.value, "m", 1)
        fa, en = f"فاصلهٔ {thing.fa} از این زمین {far.fa} است.", f"{subject} lies {far.en} from this land."
        there = Words(fa, en)
    return there.then(text) if text else there


def _where_it_holds(sentence: Words, rule: Rule, facts: Facts) -> Words:
    """A sentence under the measured values in which its provision holds, where they are not known yet."""
    for condition in reversed(rule.provision.where.when):
        if isinstance(facts.value(condition.measure, rule.edge), Missing):
            sentence = under(when_text(condition.interval, condition.measure), sentence)
    return sentence


def _says_nothing(rule: Rule, missing: Missing) -> bool:
    """Whether a provision's own words would tell as a fact what nobody knows here: the place, the edge."""
    provision = rule.provision
    own_words = provision.relation in {"discretion", "inquiry"} and missing != NO_PROPOSAL
    unknown_edge = any(edge.kind == "unknown" for edge in rule.edges)
    unseen = missing.name == "overlays" and provision.where.overlay
    return missing.kind == "no_law" or own_words or unknown_edge or bool(unseen)


def _numeric(rule: Rule, facts: Facts) -> Words:
    if rule.limit is None and isinstance(rule.value.limit, AttributeLimit):
        name = name_of(rule.value.limit.name)
        return Words(f"حد این‌جا در پرونده است: {name.fa}.", f"The limit here is on record: {name.en}.")
    if rule.value.tally is not None and (rule.limit is None or rule.missing is not None):
        return tally_text(rule.value.tally)
    if rule.limit is None:
        return _table(rule, facts).then(*_mass(rule, facts)) if rule.value.limit else rule.provision.title
    sentence = _limit(rule, facts, _told(rule.limit.strict, rule), rule.limit.strict)
    if rule.base is not None:
        sentence = _square_metres(sentence, rule, rule.limit, facts)
    sentence = with_weights(sentence, rule).then(*_mass(rule, facts))
    for bonus in rule.limit.bonuses:
        sentence = sentence.then(bonus_text(rule, bonus, facts))
    for condition in rule.limit.unmet:
        sentence = sentence.then(unmet_text(condition, facts))
    if rule.limit.open is not None:
        mild = _told(rule.limit.mild, rule)
        more = Words(f"شاید {mild.fa} هم بشود.", f"It may become {mild.en}.")
        sentence = sentence.then(more, missing_text(rule.limit.open))
    return sentence


def _mass(rule: Rule, facts: Facts) -> Iterator[Words]:
    """Where the mass stands and what it may take past its depth, after the limit that speaks of it."""
    if strip := strip_of(rule, facts):
        yield raised_text(strip.least)
    if rule.provision.measure == "mass_depth":
        axis = axis_of(rule, facts)
        if isinstance(axis, MassAxis):
            yield end_text(axis)
        if offer := offer_text(rule):
            yield offer


def _told(limit: float, rule: Rule) -> Words:
    """A limit on the safe side of its rounding."""
    return limit_amount(limit, rule.provision.unit, rule.provision.relation)


def _limit(rule: Rule, facts: Facts, limit: Words, number: float | None = None) -> Words:
    provision = rule.provision
    corner = rule.about.words if rule.about and rule.sort == "corner" else None
    edge, land = corner or line_words(rule, facts.site.lot), _land(rule, facts)
    if of_thing := thing_text(rule, limit):
        return of_thing
    said = (provision.measure, provision.relation)
    fa, en = SENTENCES.get(said, ANY[provision.relation])
    fa, en = ZERO.get(said, (fa, en)) if number == 0 else (fa, en)
    title, angle = MEASURES[provision.measure].title, figure(float(rule.value.options.get("angle", 0)))
    named = (
        limit,
        edge,
        title,
        land,
        angle,
        storeys_words(provision.where.uses, provision.where.storey_kinds),
        thing_words(rule),
    )
    return Words(fa.format(*(words.fa for words in named)), en.format(*(words.en for words in named)))


def _land(rule: Rule, facts: Facts) -> Words:
    """The land that a ratio relates to, where a widening makes it matter which."""
    if rule.value.base == "net":
        return Words("زمین خالص (پس از اصلاحی و پخ)", "the net land, after widening and chamfers")
    widening = facts.site.lot.widening
    if widening.known and not widening.strips:
        return Words("زمین", "the land")
    match rule.value.base:
        case "after":
            return Words("زمین پس از اصلاحی", "the land left after the widening")
        case "before":
            return Words("زمین پیش از اصلاحی", "the land before the widening")
    return Words("زمین", "the land")


def _square_metres(sentence: Words, rule: Rule, limit: Resolved, facts: Facts) -> Words:
    """The sentence of a ratio with its square metres; both where they hang on the gift of the strip."""
    stem = Words(sentence.fa.removesuffix("."), sentence.en.removesuffix("."))
    allowed = _area_told(limit.strict * (rule.base or 0.0), rule)
    if rule.value.base == "before_if_strip_ceded":
        before = facts.base("before")
        if isinstance(before, float) and not at_most(before, rule.base or 0.0, "m2"):
            free = _area_told(limit.strict * before, rule)
            return Words(
                f"{stem.fa}: اگر نوار اصلاحی را رایگان واگذار کنید {free.fa}، وگرنه {allowed.fa}.",
                f"{stem.en}: {free.en} if you cede the widening strip free of charge, else {allowed.en}.",
            )
    return Words(f"{stem.fa}، یعنی {allowed.fa}.", f"{stem.en}, that is {allowed.en}.")


def _area_told(area: float, rule: Rule) -> Words:
    """Square metres that follow from a ratio; no step of their precision may allow more than the ratio."""
    relation = rule.provision.relation
    return limit_amount(safe(area, "m2", relation) or 0.0, "m2", relation)


def bonus_text(rule: Rule, bonus: Bonus, facts: Facts) -> Words:
    """What a limit has gained, and by what."""
    gain, name = amount(float(bonus.add), rule.provision.unit), MEASURES[bonus.measure].title
    value = facts.value(bonus.measure)
    found = Words("", "") if isinstance(value, Missing) else amount(value, MEASURES[bonus.measure].unit)
    return Words(
        f"{gain.fa} از این حد پاداش است، چون {name.fa} {found.fa} است.",
        f"{gain.en} of this limit is a bonus, because the {name.en} is {found.en}.",
    )


def unmet_text(condition: Condition, facts: Facts) -> Words:
    """Why a storey was taken off: what there is, and what the law asks for."""
    value, limit = facts.value(condition.measure), resolve_limit(condition.limit, facts, None)
    unit, name = MEASURES[condition.measure].unit, MEASURES[condition.measure].title
    if isinstance(value, Missing) or isinstance(limit, Missing):
        return Words(
            f"یک طبقه کم شده است، چون {name.fa} به حد لازم نمی‌رسد.",
            f"One storey is taken off because of the {name.en}.",
        )
    found, asked = beside(value, limit, unit, condition.relation, amount)
    if condition.relation == "at_least":
        return Words(
            f"یک طبقه کم شده است، چون {name.fa} {found.fa} است و دست‌کم {asked.fa} لازم است.",
            f"One storey is taken off because the {name.en} is {found.en} and {asked.en} is required.",
        )
    return Words(
        f"یک طبقه کم شده است، چون {name.fa} {found.fa} است و تا {asked.fa} پذیرفته است.",
        f"One storey is taken off because the {name.en} is {found.en} and only {asked.en} is allowed.",
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
        sentence = sentence.then(more)
    return sentence


def _table(rule: Rule, facts: Facts) -> Words:
    """A limit without a number yet: its formula, or each band in words."""
    limit = rule.value.limit
    if not isinstance(limit, Bands):
        return _limit(rule, facts, _plain(limit, rule))
    rows = []
    for interval, row in limit.rows:
        number = float(row) if isinstance(row, Decimal) else None
        said, when = _limit(rule, facts, _plain(row, rule), number), when_text(interval, limit.by)
        rows.append(under(when, said))
    return rows[0].then(*rows[1:])


def _plain(limit: Limit | AttributeLimit | None, rule: Rule) -> Words:
    if isinstance(limit, Expression):
        return formula_text(limit, rule.provision.unit)
    return _told(float(limit), rule) if isinstance(limit, Decimal) else Words("", "")
