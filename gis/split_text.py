"""Where the limits of several zones are weighed by area: what each zone gives to the limit of the lot."""

from __future__ import annotations

import math

from gis.rule import Rule
from gis.words import Words, limit_amount, numbered, percent


def weighed_text(rule: Rule) -> Words | None:
    """The limit and the share of each zone, and the clause that weighs them; None where nothing is weighed.

    Zones that ask the same leave nothing to explain.
    """
    limits = [part.rule.limit.strict for part in rule.parts if part.rule.limit]
    if len(limits) < len(rule.parts) or len(set(limits)) < 2 or rule.limit is None:
        return None
    whole = math.fsum(part.zone.share for part in rule.parts)
    unit, relation = rule.provision.unit, rule.provision.relation
    each = []
    for part, limit in zip(rule.parts, limits, strict=True):
        told, share, code = (
            limit_amount(limit, unit, relation),
            percent(part.zone.share / whole),
            part.zone.code,
        )
        each.append(
            Words(f"{code} {told.fa} روی {share.fa} زمین", f"{code} {told.en} on {share.en} of the lot")
        )
    fa, en = "، ".join(words.fa for words in each), ", ".join(words.en for words in each)
    article = numbered(rule.weighed_by.article if rule.weighed_by else "")
    clause = Words(f" (بند {article.fa})", f" (clause {article.en})") if article.en else Words("", "")
    return Words(f"به نسبت مساحت پهنه‌ها: {fa}{clause.fa}.", f"Weighted by area: {en}{clause.en}.")


def with_weights(text: Words, rule: Rule) -> Words:
    """A sentence on a limit, and after it how the zones' limits were weighed, where they were."""
    weighed = weighed_text(rule)
    return text if weighed is None else text.then(weighed)
