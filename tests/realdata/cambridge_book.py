"""The rule-book of Cambridge from the scene's table `zone_rules`: the law of 2019 to 2022 as tabulated.

A null of the table stays without law. Feet become metres here, at the edge, exactly. What the eight measures
cannot judge (open space, land for each dwelling) is a clause with its text, undecided, and not left out.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from gis.measures import MEASURES
from gis.words import amount, percent

FOOT: Final = Decimal("0.3048")
SINCE, UNTIL = "2019-01-01", "2022-12-31"

CITATIONS: Final = f"""
[zone-rules]
title.fa = "جدول ضوابط پهنه‌های کمبریج"
title.en = "Table of zoning rules of Cambridge, Massachusetts"
number = "zone_rules (crschmidt/habitationi)"
authority.fa = "شهر کمبریج، به نقل از جدول habitationi"
authority.en = "City of Cambridge, as tabulated by habitationi"
published = {SINCE}
source = "https://github.com/crschmidt/habitationi"
note = "Valid {SINCE} to {UNTIL}; nulls of the table are without law. Apache-2.0."
"""


@dataclass(frozen=True)
class ZoneRules:
    """One row of the table, in feet as it stands there."""

    code: str
    name: str | None
    far_max: float | None
    lot_area_per_du_ft2: float | None
    setback_ft: str | None
    height_max_ft: float | None
    open_space_min: float | None

    @property
    def silent(self) -> bool:
        """Whether the table says nothing at all of the zone."""
        numbers = (self.far_max, self.lot_area_per_du_ft2, self.height_max_ft, self.open_space_min)
        return self.setback_ft is None and all(number is None for number in numbers)


def zone_rules(scene: Path) -> list[ZoneRules]:
    """The rows of the scene's table."""
    with sqlite3.connect(f"file:{scene}?mode=ro", uri=True) as store:
        rows = store.execute(
            "SELECT zone_code, district_name, far_max, lot_area_per_du_ft2, min_any_setback_ft_expr, "
            "height_max_ft, open_space_min_ratio FROM zone_rules ORDER BY zone_code"
        ).fetchall()
    store.close()
    return [ZoneRules(*row) for row in rows]


def plan(rules: list[ZoneRules]) -> str:
    """plan.toml of these rows."""
    silent = ", ".join(f'"{zone.code}"' for zone in rules if zone.silent)
    head = f"""
[book]
id = "cambridge-2019"
title.fa = "ضوابط پهنه‌بندی کمبریج ۲۰۱۹"
title.en = "Zoning rules of Cambridge 2019"
checked_on = 2022-12-31
formalised_until = {UNTIL}
every_zone_needs = ["density", "height", "setback.street", "setback.side", "setback.rear"]
zones_without_law = [{silent}]
"""
    return head + "\n".join(text for zone in rules if not zone.silent for text in _provisions(zone))


def _provisions(zone: ZoneRules) -> Iterator[str]:
    if zone.far_max is not None:
        yield _provision(zone, "density", "at_most", f'base = "before"\nlimit = {zone.far_max}')
    if zone.height_max_ft is not None:
        yield _provision(zone, "height", "at_most", f"limit = {metres(zone.height_max_ft)}")
    if zone.setback_ft is not None:
        edges, limit = 'edges = ["street", "side", "rear"]', setback(zone.setback_ft)
        relation = "at_least" if limit else "discretion"
        text = f'text = {{fa = "{zone.setback_ft} (فوت)", en = "{zone.setback_ft} (feet)"}}'
        yield _provision(zone, "setback", relation, limit or text, more=edges)
    if zone.open_space_min is not None:
        share = percent(zone.open_space_min)
        yield _clause(
            zone, "coverage", "open_space",
            f"دست‌کم {share.fa} زمین فضای باز بماند.", f"At least {share.en} of the lot stays open space.",
        )  # fmt: skip
    if zone.lot_area_per_du_ft2 is not None:
        area = amount(float(Decimal(str(zone.lot_area_per_du_ft2)) * FOOT * FOOT), "m2")
        yield _clause(
            zone, "lot_area", "land_per_dwelling",
            f"برای هر واحد مسکونی دست‌کم {area.fa} زمین.",
            f"At least {area.en} of land for each dwelling.",
        )  # fmt: skip


def _clause(zone: ZoneRules, measure: str, name: str, fa: str, en: str) -> str:
    return _provision(zone, measure, "discretion", f'text = {{fa = "{fa}", en = "{en}"}}', name=name)


def _provision(
    zone: ZoneRules, measure: str, relation: str, value: str, *, more: str = "", name: str = ""
) -> str:
    name = name or measure
    slug = re.sub(r"[^a-z0-9-]+", "-", zone.code.lower()).strip("-")
    slug = f"{slug}-of-{zone.code.count('(')}" if "(" in zone.code else slug
    return f"""
[[provision]]
id = "{name}.{slug}"
title.fa = "{zone.code}: {name}"
title.en = "{zone.code}: {name.replace("_", " ")}"
measure = "{measure}"
relation = "{relation}"
unit = "{MEASURES[measure].unit}"
zones = ["{zone.code}"]
{more}

[[provision.value]]
from = {SINCE}
cite = "zone-rules#{zone.code}"
{value}
"""


def metres(feet: float | str) -> Decimal:
    """Feet as metres, exactly.

    >>> metres(35.0), metres("7.5")
    (Decimal('10.66800'), Decimal('2.28600'))
    """
    return Decimal(str(feet)) * FOOT


def setback(feet: str) -> str | None:
    """The table's expression in feet as a limit in metres: a number, h/5, min(h/7,10) or max(h/5,7.5).

    None for any other expression. The line is that by deed: the table knows of no widening.

    >>> print(setback("max(h/5,7.5)"))
    base = "before"
    expression = "height / 5"
    not_less_than = 2.28600
    >>> print(setback("15"))
    base = "before"
    limit = 4.5720
    >>> setback("(H+L)/4") is None
    True
    """
    base = 'base = "before"\n'
    if re.fullmatch(r"[0-9.]+", feet):
        return f"{base}limit = {metres(feet)}"
    found = re.fullmatch(r"(?:(min|max)\()?h/(\d+)(?:,([0-9.]+)\))?", feet)
    if not found:
        return None
    bound = {"min": "not_more_than", "max": "not_less_than", None: None}[found[1]]
    text = f'{base}expression = "height / {found[2]}"'
    return f"{text}\n{bound} = {metres(found[3])}" if bound else text
