"""Little books of law for the tests of single measures: one zone, one instrument, a test's provisions."""

from __future__ import annotations

from gis import RuleBook

ZONE = "R121"
_CITATIONS = """
[SAMPLE-1]
title = {fa = "طرح نمونه", en = "Sample plan"}
number = "SAMPLE-1"
authority = {fa = "مرجع نمونه (SAMPLE)", en = "SAMPLE authority"}
published = 2024-03-20
"""
_HEAD = """
[book]
id = "little"
title = {fa = "کوچک", en = "Little"}
sample = true
checked_on = 2026-01-15
every_zone_needs = []
"""


def little_book(*provisions: str, more: str = "") -> RuleBook:
    """A book of these provisions, each a TOML text without `id`, `title`, `zones`, `from` and `cite`.

    `more`: further tables, such as what counts.

    A text is the keys of the provision, a line `---`, and the keys of its one value:

    >>> book = little_book('measure = "height"\\nrelation = "at_most"\\nunit = "m"\\n---\\nlimit = 10')
    >>> book.provisions[0].id, str(book.provisions[0].values[0].limit)
    ('height', '10')
    """
    return RuleBook.parse(_HEAD + more + "".join(map(_provision, provisions)), _CITATIONS)


def _provision(text: str) -> str:
    head, value = text.split("---")
    measure = head.partition('measure = "')[2].partition('"')[0]
    given = "" if "id =" in head else f'id = "{measure}"\n'
    return f"""
[[provision]]
{given}title = {{fa = "ضابطهٔ {measure}", en = "Provision {measure}"}}
zones = ["{ZONE}"]
{head}
[[provision.value]]
from = 2024-03-20
cite = "SAMPLE-1#1"
{value}
"""
