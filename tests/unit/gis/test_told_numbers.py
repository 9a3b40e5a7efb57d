"""Limits and measured values as people read them: one rule, the same in the law's sentences and on screen.

`told_numbers.json` is read by this test and by `npm run check` in web/.
"""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest

from gis.precision import DECIMALS, rounded, safe
from gis.words import beside, limit_amount, told_limit, told_margin, told_value

EXAMPLES = json.loads(Path(__file__).with_name("told_numbers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: f"{row['value']}-{row['limit']}-{row['relation']}")
def test_each_example_is_told_as_the_table_says(row: dict) -> None:
    """The value, the limit and the margin between them."""
    given = row["value"], row["limit"], row["unit"], row["relation"]
    assert [told_value(*given), told_limit(*given[1:]), told_margin(*given)] == row["told"]


@pytest.mark.parametrize("unit", ["m", "m2", "1"])
@pytest.mark.parametrize("relation", ["at_most", "at_least"])
def test_what_is_told_never_contradicts_the_law(unit: str, relation: str) -> None:
    """No limit is told more generous than it is; a value looks lawful when, and only when, it is."""
    step, side = 10.0 ** -DECIMALS[unit], -1 if relation == "at_least" else 1
    for n, steps in product(range(400), (-700, -30, -2, -1, 0, 1, 2, 30, 700)):
        limit = rounded(n * 0.0502417, unit) or 0.0
        value = rounded(limit + step * steps, unit) or 0.0
        assert side * (told_limit(limit, unit, relation) - limit) <= step / 1000
        margin = told_margin(value, limit, unit, relation)
        assert (margin >= 0) == (side * (limit - value) >= -step / 1000), (value, limit)


def test_an_area_that_follows_from_a_ratio_is_told_alike_from_the_sentence_and_from_the_wire() -> None:
    """105.9599 m² is no 105.96 m², nor is it on the wire, from which the screen rounds again."""
    area = 105.9599
    sent = safe(area, "m2", "at_most")
    assert sent == 105.959
    assert limit_amount(sent, "m2", "at_most").en == "105.95 m²"


def test_a_sentence_tells_the_value_and_the_limit_of_the_table() -> None:
    """Beyond the limit by three millimetres: with the digit that shows it, in both languages."""
    found, allowed = beside(5.184, 5.181, "m", "at_most")
    assert (found.en, allowed.en) == ("5.184 m", "5.18 m")
    assert (found.fa, allowed.fa) == ("۵٫۱۸۴ متر", "۵٫۱۸ متر")
