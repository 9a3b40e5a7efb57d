"""What a real city loses with two rejected rows: Cambridge, were its streets not put together.

Three rows of the parcels carry one identifier (ML "ROAD"). Rejected as duplicates, two of them are missing
along hundreds of lots.
"""

import tomllib
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection, text

from api.cadastre.facts import facts_at
from api.cadastre.importing import ImportReport, run_import
from api.core.database import engine
from api.core.settings import Settings
from api.planning.site import site_of
from tests import cluster
from tests.realdata.conftest import PROJECT

pytestmark = pytest.mark.realdata
FILE = "cambridge_kendall_ci.gpkg"
City = tuple[ImportReport, Connection]


@pytest.fixture(scope="module")
def city(
    geodata: Path, database_server: URL, database_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[City]:
    """The parcels and streets of the scene, without the line of its profile that merges."""
    if not (geodata / FILE).exists():
        pytest.skip(f"{FILE} is not beside the project (PARVANEH_GEODATA)")
    folder = tmp_path_factory.mktemp("strips")
    (folder / FILE).symlink_to(geodata / FILE)
    profile = (PROJECT / "tests" / "realdata" / "profiles" / "cambridge.toml").read_text("utf-8")
    merging = 'duplicates = "merge"\n'
    assert profile.count(merging) == 1
    head, *layers = profile.replace(merging, "").split("[[layer]]\n")
    layers = [one for one in layers if tomllib.loads(one)["name"] in {"parcels", "streets"}]
    assert len(layers) == 2
    (folder / "cambridge.toml").write_text("[[layer]]\n".join([head, *layers]), "utf-8")
    with ExitStack() as stack:
        url = stack.enter_context(cluster.database(database_server, database_template))
        settings = Settings.of(cluster.address(url))
        report = run_import(folder / "cambridge.toml", settings)
        owner = engine(settings, "owner")
        stack.callback(owner.dispose)
        yield report, stack.enter_context(owner.connect())


def test_the_city_is_not_complete_at_its_rejected_strips(city: City) -> None:
    """With the two strips go the lots beside them, four in ten."""
    report, connection = city
    assert report.accounted
    one = next(source for source in report.sources if source.layer == "parcels")
    assert (one.read, one.imported, one.repaired, one.rejected) == (1859, 1850, 7, 2)
    assert one.reasons == {"duplicate_key": 2}
    parcels = next(state for state in report.states if state.layer == "parcels")
    assert (parcels.left_out, parcels.unplaced) == (2, ())
    strips = "SELECT sum(ST_Area(geom)) FROM cadastre.import_reject WHERE layer = 'parcels'"
    assert parcels.left_out_m2 > connection.execute(text(strips)).scalar_one() > 0
    held = (
        "SELECT count(*) FROM cadastre.import_reject i, cadastre.layer_register r "
        "WHERE i.layer = 'parcels' AND r.layer = 'parcels' AND ST_Intersects(r.complete_area, i.geom)"
    )
    assert connection.execute(text(held)).scalar_one() == 0
    assert parcels.complete_share is not None
    assert 0.6 < parcels.complete_share < 0.7


def test_beside_a_rejected_strip_no_space_is_known_to_be_free(city: City) -> None:
    """The axes carry no width: where the parcels are complete the front is known by the space between them,
    and nowhere else."""
    _, connection = city
    asked = text(
        "SELECT p.key FROM cadastre.parcel p, cadastre.layer_register r WHERE r.layer = 'parcels' "
        "AND r.valid_to IS NULL AND p.valid_to IS NULL AND p.area_m2 BETWEEN 200 AND 1000 "
        "AND ST_Covers(r.complete_area, p.geom) = :inside ORDER BY p.key LIMIT 40"
    )
    found = {}
    for complete in (True, False):
        lots = connection.execute(asked, {"inside": complete}).scalars().all()
        assert len(lots) == 40
        sites = [site_of(facts_at(connection, key, date(2022, 6, 1))) for key in lots]
        found[complete] = {edge.evidence for site in sites for edge in site.lot.edges}
    assert "gap" in found[True]
    assert "gap" not in found[False]
