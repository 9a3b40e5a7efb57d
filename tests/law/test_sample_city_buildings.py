"""The sample city's buildings judged by the sample book: those listed break exactly what the list says."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

import numpy as np
import pytest
import shapely

from data.sample_city import Layers, generate
from gis import Frame, LayerState, Lot, Overlay, Proposal, RuleBook, Site, Street, ZoneShare, assess, law_for
from gis.proposal import Storey
from gis.report import Finding

ON = date(2024, 6, 1)
REACH = 60.0
FRAME = Frame.of(32639)


class Town:
    """A generated town with what the spatial law needs about a parcel, found by its key."""

    def __init__(self, layers: Layers) -> None:
        self.tables = layers.tables
        self.shapes = {
            name: shapely.from_wkb(table["geometry"].to_numpy(zero_copy_only=False))
            for name, table in layers.tables.items()
            if "geometry" in table.column_names
        }
        self.trees = {
            name: shapely.STRtree(self.shapes[name]) for name in ("parcels", "streets", "zones", "overlays")
        }
        self.rows = {key: n for n, key in enumerate(self.column("parcels", "key"))}
        self.streets = [
            Street(key, name, axis, None, existing, planned, "right_of_way", kind)
            for key, name, axis, existing, planned, kind in zip(
                self.column("streets", "key"), self.column("streets", "name"), self.shapes["streets"],
                self.column("streets", "existing_width_m"), self.column("streets", "planned_width_m"),
                self.column("streets", "street_class"), strict=True,
            )
        ]  # fmt: skip
        names = ("parcels", "streets", "zones", "overlays")
        self.layers = {name: LayerState(name, "complete") for name in names}

    def column(self, layer: str, name: str) -> list:
        return self.tables[layer][name].to_pylist()

    def site(self, key: str) -> Site:
        """The site of a parcel, every layer complete."""
        row = self.rows[key]
        polygon = self.shapes["parcels"][row]
        near = {name: tree.query(polygon, "dwithin", REACH) for name, tree in self.trees.items()}
        lot = Lot.build(
            key,
            polygon,
            streets=[self.streets[n] for n in sorted(near["streets"])],
            neighbours=[self.shapes["parcels"][n] for n in sorted(near["parcels"]) if n != row],
        )
        codes = self.column("zones", "code")
        by_code: dict[str, list] = {}
        for n in near["zones"]:
            by_code.setdefault(codes[n], []).append(self.shapes["zones"][n])
        zones = []
        for code, drawn in sorted(by_code.items()):
            part = shapely.intersection(lot.after, shapely.union_all(drawn), grid_size=1e-6)
            if part.area > 1e-6:
                zones.append(ZoneShare(code, part.area, part.area / lot.area_after, part))
        over = [
            Overlay(
                *(self.column("overlays", c)[n] for c in ("key", "kind", "name")), self.shapes["overlays"][n]
            )
            for n in self.trees["overlays"].query(polygon, "intersects")
        ]
        return Site(lot, FRAME, tuple(zones), tuple(over), self.layers)

    def proposal(self, building: int) -> Proposal:
        """The building as it stands, as if it were proposed; a widening strip is not ceded."""
        table = self.tables["buildings"].slice(building, 1).to_pylist()[0]
        height = table["height_m"] / table["storeys"]
        storeys = [
            Storey(level, "floor", table["use"], self.shapes["buildings"][building], height)
            for level in range(table["storeys"])
        ]
        return Proposal(tuple(storeys), strip_ceded=False)

    def broken(self, building: int, book: RuleBook) -> list[Finding]:
        """What the building breaks."""
        key = self.tables["buildings"]["parcel_key"][building].as_py()
        report = assess(self.site(key), self.proposal(building), book, on=ON)
        return [finding for finding in report.findings if finding.verdict == "violates"]


@cache
def town() -> Town:
    return Town(generate(parcels=2500, seed=1))


@pytest.fixture(scope="module")
def book() -> RuleBook:
    folder = files("data.rulebooks").joinpath("sample_city")
    return RuleBook.parse(
        folder.joinpath("plan.toml").read_text(encoding="utf-8"),
        folder.joinpath("citations.toml").read_text(encoding="utf-8"),
    )


def test_every_listed_building_breaks_what_the_list_says_and_nothing_else(book: RuleBook) -> None:
    """Measure by measure, and the list's value and limit are those of the judgement."""
    listed: dict[str, dict[str, dict]] = {}
    for row in town().tables["unlawful"].to_pylist():
        listed.setdefault(row["key"], {})[row["what"]] = row
    keys = town().column("buildings", "key")
    assert {what for rows in listed.values() for what in rows} == {
        "coverage", "density", "storeys", "height", "setback", "use", "frontage",
    }  # fmt: skip
    for key, rows in listed.items():
        found = {finding.measure: finding for finding in town().broken(keys.index(key), book)}
        assert set(found) == set(rows), key
        for measure, row in rows.items():
            if measure != "use":
                assert found[measure].value == pytest.approx(row["value"], abs=2e-3), key
                assert found[measure].limit == pytest.approx(row["limit"], abs=0.06), key


def test_the_other_buildings_break_nothing(book: RuleBook) -> None:
    """Three hundred buildings drawn by a seed from those that are not in the list."""
    ordinary = [n for n, what in enumerate(town().column("buildings", "unlawful")) if what is None]
    drawn = np.random.default_rng(5).choice(ordinary, 300, replace=False)
    broken = {
        town().column("buildings", "key")[n]: [(f.measure, f.value, f.limit) for f in found]
        for n in drawn
        if (found := town().broken(int(n), book))
    }
    assert broken == {}


def test_a_lot_under_the_least_size_has_no_law(book: RuleBook) -> None:
    """On the undersized lots of old lanes nothing is permitted by silence: the size has no law, and the house
    that stands there is neither lawful nor unlawful."""
    shape = town().column("parcels", "shape")
    small = [key for key, row in town().rows.items() if shape[row] == "undersized"]
    built = town().column("buildings", "parcel_key")
    assert len(small) >= 2
    for key in small:
        site = town().site(key)
        assert site.lot.area_before < 100
        items = [item.to_dict() for item in law_for(site, book, on=ON)]
        without = {one["measure"] for one in items if one["missing"] and one["missing"]["kind"] == "no_law"}
        assert {"coverage", "density"} <= without, key
        if key in built:
            report = assess(site, town().proposal(built.index(key)), book, on=ON)
            assert report.verdict == "undecided", key
