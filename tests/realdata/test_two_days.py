"""One parcel on two days: the map of the day and its law, through the import and the service, on Cambridge.

The scene knows its zones in 2014, 2021 and 2026; its table of law holds from 2019 to 2022. Between 2014 and
2021 no lot went wholly from one zone to another. What changed is where the line runs: the map of 2014 draws
it through 757 Cambridge St (map and lot 36-117), the map of 2021 knows zones by parcel and gives it to C-1.

    2014: 60 % BA (floor area ratio 1.75, no height) and 40 % C-1 (0.75, 35 ft); 2021: C-1 alone.

795 Cambridge St (36-197) lies wholly in BA until 2025 and wholly in CAM-6 from 2026, when there is no law.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
from sqlalchemy import URL, Connection, text

from api.cadastre.facts import facts_at
from api.cadastre.importing import run_import
from api.core.database import engine
from api.core.settings import Settings
from api.planning.service import judge
from api.planning.site import site_of
from gis import LawError
from tests import cluster
from tests.realdata.cambridge_book import CITATIONS, plan, zone_rules
from tests.realdata.conftest import PROJECT

pytestmark = pytest.mark.realdata
FILE = "cambridge_kendall_ci.gpkg"
SPLIT, REZONED = "36-117", "36-197"
DAY_2020, DAY_2022 = date(2020, 6, 1), date(2022, 6, 1)


@dataclass(frozen=True)
class City:
    """Cambridge in a database of its own, with its book in a folder of its own."""

    connection: Connection
    rulebooks: str

    def judged(self, parcel: str, on: date, storeys: int = 2) -> dict[str, Any]:
        """The report of the service on the lot drawn in by two metres, some storeys of 3.2 m high."""
        report = judge(self.connection, self.rulebooks, parcel, on, self.proposal(parcel, storeys)).text
        return dict(json.loads(report))

    def proposal(self, parcel: str, storeys: int) -> dict[str, Any]:
        """One building for all days, as its designer sends it: in the city's own frame, in place of what
        stands."""
        query = "SELECT ST_AsBinary(geom) FROM cadastre.parcel WHERE key = :key"
        wkb = self.connection.execute(text(query), {"key": parcel}).scalar_one()
        footprint = shapely.from_wkb(bytes(wkb)).buffer(-2, join_style="mitre")
        storey = {"kind": "floor", "use": "residential", "units": 1, "floor_height_m": 3.2}
        return {
            "type": "FeatureCollection",
            "srid": 26986,
            "proposal": {"existing": "demolish"},
            "features": [
                {
                    "type": "Feature",
                    "geometry": shapely.geometry.mapping(footprint),
                    "properties": storey | {"level": level},
                }
                for level in range(storeys)
            ],
        }


@pytest.fixture(scope="module")
def cambridge(
    geodata: Path, database_server: URL, database_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[City]:
    """The scene imported by its profile, which here names the book too.

    The zones of 2021 are complete where a parcel is, for each parcel of the file carries its zone.
    """
    if not (geodata / FILE).exists():
        pytest.skip(f"{FILE} is not beside the project (PARVANEH_GEODATA)")
    folder = tmp_path_factory.mktemp("two_days")
    (folder / FILE).symlink_to(geodata / FILE)
    profile = (PROJECT / "tests" / "realdata" / "profiles" / "cambridge.toml").read_text("utf-8")
    for old, more in (
        ("srid = 26986\n", 'rulebook = "cambridge"\n'),
        (
            'columns.code = "zone_code_2021"\n',
            f'complete = {{file = "{FILE}", source_layer = "parcels"}}\n',
        ),
    ):
        assert profile.count(old) == 1
        profile = profile.replace(old, old + more)
    (folder / "cambridge.toml").write_text(profile, "utf-8")
    book = folder / "rulebooks" / "cambridge"
    book.mkdir(parents=True)
    (book / "plan.toml").write_text(plan(zone_rules(geodata / FILE)), "utf-8")
    (book / "citations.toml").write_text(CITATIONS, "utf-8")
    with ExitStack() as stack:
        url = stack.enter_context(cluster.database(database_server, database_template))
        settings = Settings.of(cluster.address(url))
        assert run_import(folder / "cambridge.toml", settings).accounted
        owner = engine(settings, "owner")
        stack.callback(owner.dispose)
        yield City(stack.enter_context(owner.connect()), str(folder / "rulebooks"))


def zones(report: dict[str, Any]) -> dict[str, float]:
    return {zone["code"]: round(zone["share"], 2) for zone in report["zones"] if zone["governs"]}


def of_density(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {f["cite"]["ref"]: f for f in report["findings"] if f["measure"] == "density"}


def test_two_days_two_maps_two_verdicts(cambridge: City) -> None:
    """One building, ratio 1.4: in 2020 the lot lies in two zones and no law says how they share it, in 2022
    it lies in C-1, whose 0.75 it breaks. Each finding cites the row of its zone."""
    before, after = (cambridge.judged(SPLIT, day) for day in (DAY_2020, DAY_2022))
    assert (zones(before), zones(after)) == ({"BA": 0.6, "C-1": 0.4}, {"C-1": 1.0})
    assert (before["verdict"], after["verdict"]) == ("undecided", "violates")

    split = of_density(before)
    assert {ref: f["limit"] for ref, f in split.items()} == {"zone-rules#BA": 1.75, "zone-rules#C-1": 0.75}
    for finding in split.values():
        assert finding["verdict"] == "undecided"
        assert (finding["missing"]["kind"], finding["missing"]["name"]) == ("no_law", "split_lot")

    ((ref, finding),) = of_density(after).items()
    assert (ref, finding["verdict"], finding["limit"]) == ("zone-rules#C-1", "violates", 0.75)
    assert finding["cite"]["from"] == "2019-01-01"
    assert 0.75 < finding["value"] < 1.75
    assert {f["value"] for f in split.values()} == {finding["value"]}


def test_what_the_map_of_2021_allows_is_not_held_up_by_that_of_2014(cambridge: City) -> None:
    """One storey of 3.2 m keeps C-1's ratio and its 35 feet (10.668 m); in 2020 both stay open."""
    measures = ("density", "height")
    for day, verdicts in ((DAY_2020, {"undecided"}), (DAY_2022, {"complies"})):
        report = cambridge.judged(SPLIT, day, storeys=1)
        assert {f["verdict"] for f in report["findings"] if f["measure"] in measures} == verdicts
    (height,) = (f for f in report["findings"] if f["measure"] == "height")
    assert (height["value"], height["limit"], height["cite"]["ref"]) == (3.2, 10.668, "zone-rules#C-1")


def test_the_street_line_rests_on_the_gap(cambridge: City) -> None:
    """The axes of Cambridge carry no width: the front is known by the space between the parcels, which are
    complete everywhere."""
    lots = text(
        "SELECT key FROM cadastre.parcel "
        "WHERE valid_to IS NULL AND area_m2 BETWEEN 200 AND 1000 ORDER BY key LIMIT 40"
    )
    keys = cambridge.connection.execute(lots).scalars().all()
    sites = [site_of(facts_at(cambridge.connection, key, DAY_2022)) for key in keys]
    assert "gap" in {edge.evidence for site in sites for edge in site.lot.edges}


@pytest.mark.parametrize("day", [date(2018, 12, 31), date(2023, 1, 1)])
def test_no_law_is_inferred_for_the_day_before_and_after(cambridge: City, day: date) -> None:
    """The map has its zones on both days; the table of law has neither day."""
    assert facts_at(cambridge.connection, SPLIT, day).key == SPLIT
    with pytest.raises(LawError) as error:
        cambridge.judged(SPLIT, day)
    assert error.value.code == "law.not_formalised"


def test_a_lot_that_went_to_another_zone_is_never_judged_by_the_old_one(cambridge: City) -> None:
    """BA on the last day of the law; CAM-6 on the map of 2026, when nothing is formalised: refused."""
    assert zones(cambridge.judged(REZONED, date(2022, 12, 31))) == {"BA": 1.0}
    day = date(2026, 6, 1)
    site = site_of(facts_at(cambridge.connection, REZONED, day))
    assert [zone.code for zone in site.zones] == ["CAM-6"]
    with pytest.raises(LawError, match="until 2022-12-31"):
        cambridge.judged(REZONED, day)
