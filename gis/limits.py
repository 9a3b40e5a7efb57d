"""From a limit of the rule-book to its number on one site, or to what is missing for it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from gis.corners import Place
from gis.facts import NO_PROPOSAL, Facts
from gis.limit_text import outside_text
from gis.measures import MEASURES
from gis.missing import Missing
from gis.precision import COUNTED, keeps, noise
from gis.required import required
from gis.rulebook.limit import AttributeLimit, Expression, Limit
from gis.rulebook.provision import Bonus, Condition, Provision, Value
from gis.rulebook.tally import Tally


@dataclass(frozen=True)
class Resolved:
    """A limit on one site.

    strict   the limit if every unknown condition is unmet, mild if every unknown condition is met;
             without conditions both are the limit
    unmet    conditions that cost one each
    open     what is missing to tell strict from mild
    bonuses  what the limit has gained
    """

    strict: float
    mild: float
    unmet: tuple[Condition, ...] = ()
    open: Missing | None = None
    bonuses: tuple[Bonus, ...] = ()


def resolve(provision: Provision, value: Value, facts: Facts, place: Place | None) -> Resolved | Missing:
    """The limit of a value in force, with its bonuses, and one taken off for each unmet condition."""
    if value.tally is not None:
        return _tallied(provision, value.tally, facts)
    if value.limit is None or isinstance(value.limit, AttributeLimit):
        return Missing("judgement", "limit")
    found = resolve_limit(value.limit, facts, place)
    if isinstance(found, Missing):
        return found
    number = whole_count(found, provision.relation) if provision.unit in COUNTED else found
    unmet: list[Condition] = []
    unknown: list[Missing] = []
    gained, perhaps, unsaid = _bonuses(value, facts, place)
    number = float(Decimal(repr(number)) + sum(bonus.add for bonus in gained))
    for condition in value.less_one:
        met = _met(condition, facts, place)
        if isinstance(met, Missing):
            unknown.append(met)
        elif not met:
            unmet.append(condition)
    known = max(number - len(unmet), 0.0)
    strict, mild = max(known - len(unknown), 0.0), known + float(perhaps)
    open_ = next(iter([*unknown, *unsaid]), None)
    return Resolved(strict, mild, tuple(unmet), open_, tuple(gained))


def _bonuses(value: Value, facts: Facts, place: Place | None) -> tuple[list[Bonus], Decimal, list[Missing]]:
    """The bonuses that are certain here, what the limit may gain beside them, and what is missing to tell."""
    certain, perhaps, open_ = [], Decimal(0), []
    for bonus in value.bonuses:
        found = facts.value(bonus.measure, place)
        if isinstance(found, Missing):
            perhaps += bonus.add
            open_.append(found)
        elif bonus.interval.contains(found):
            certain.append(bonus)
    return certain, perhaps, open_


def _tallied(provision: Provision, tally: Tally, facts: Facts) -> Resolved | Missing:
    """A limit that is counted together for this proposal; whole numbers as the relation means them."""
    if facts.proposal is None:
        return NO_PROPOSAL
    found = required(tally, facts.proposal.storeys)
    if isinstance(found, Missing):
        return found
    least, most, open_ = found
    low, high = (whole_count(float(number), provision.relation) for number in (least, most))
    return Resolved(low, high, open=open_ if high > low else None)


def whole_count(number: float, relation: str) -> float:
    """The storeys or cars that a computed limit means: 2.6 allow two and require three.

    >>> whole_count(2.6, "at_most"), whole_count(2.6, "at_least"), whole_count(3.0000000001, "at_least")
    (2.0, 3.0, 3.0)
    """
    least = noise("storeys")
    return float(math.floor(number + least) if relation == "at_most" else math.ceil(number - least))


def resolve_limit(limit: Limit, facts: Facts, place: Place | None) -> float | Missing:
    """The number of a limit here. A measured value in no band has no law: Missing("no_law", …)."""
    if isinstance(limit, Decimal):
        return float(limit)
    if isinstance(limit, Expression):
        values: dict[str, float] = {}
        for name in sorted(limit.names):
            value = facts.value(name, place)
            if isinstance(value, Missing):
                return value
            values[name] = value
        result = limit.evaluate(values)
        return Missing("judgement", "expression") if result is None else result
    value = facts.value(limit.by, place)
    if isinstance(value, Missing):
        return value
    row = limit.row(value)
    if row is None:
        return Missing("no_law", limit.by, said=outside_text(limit, value))
    return resolve_limit(row, facts, place)


def _met(condition: Condition, facts: Facts, place: Place | None) -> bool | Missing:
    value = facts.value(condition.measure, place)
    if isinstance(value, Missing):
        return value
    limit = resolve_limit(condition.limit, facts, place)
    if isinstance(limit, Missing):
        return limit
    return keeps(value, limit, MEASURES[condition.measure].unit, condition.relation)


def by_share(parts: list[tuple[float, Resolved]], provision: Provision) -> Resolved:
    """Limits weighted by the zones' shares of a split lot; storeys are whole, as the relation means them.

    >>> from dataclasses import replace
    >>> from gis.rulebook.provision import Where
    >>> from gis.words import Words
    >>> most = Provision("p", Words("", ""), "storeys", "at_most", "storeys", (), Where(), ())
    >>> by_share([(0.5, Resolved(4, 4)), (0.5, Resolved(3, 3))], most).strict
    3.0
    >>> ratio = replace(most, measure="coverage", unit="1")
    >>> by_share([(0.2, Resolved(0.6, 0.6)), (0.6, Resolved(0.4, 0.4))], ratio).strict
    0.45
    """
    whole = sum(share for share, _ in parts)
    strict = sum(share * limit.strict for share, limit in parts) / whole
    mild = sum(share * limit.mild for share, limit in parts) / whole
    if provision.unit in COUNTED:
        strict, mild = (whole_count(number, provision.relation) for number in (strict, mild))
    else:
        strict, mild = round(strict, 9), round(mild, 9)
    unmet = tuple(condition for _, limit in parts for condition in limit.unmet)
    open_ = next((limit.open for _, limit in parts if limit.open), None)
    return Resolved(strict, mild, unmet, open_, tuple(gain for _, limit in parts for gain in limit.bonuses))
