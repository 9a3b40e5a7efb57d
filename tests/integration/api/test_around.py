"""What lies around a parcel reaches the law: objects so far as is asked, and how far the map is complete."""

import json
import zlib
from datetime import date

import numpy as np
import pytest
import shapely
from sqlalchemy import Connection, Engine, text

from api.cadastre.facts import Around, SiteFacts, facts_at
from api.planning.site import site_of
from gis import Site
from gis.measures.slope import ground, slope_mean
from gis.missing import Missing
from tests.integration.api.town import DAY, EAST, FRAME, NORTH, ON, box

ASKED = Around({"power": 23.0, "gas": 255.0}, terrain=True)


def _overlay(
    connection: Connection, key: str, kind: str, shape: shapely.Geometry, attributes: str = "{}"
) -> None:
    connection.execute(
        text("""
            INSERT INTO cadastre.overlay (key, kind, name, attributes, geom, tile_geom, valid_from, import_id,
                digest)
            VALUES (:key, :kind, 'خط', CAST(:said AS jsonb), ST_GeomFromWKB(:geom, 32639),
                    ST_GeomFromWKB(:web, 3857), :day, 1, :digest)
        """),
        {
            "key": key, "kind": kind, "said": attributes, "geom": shapely.to_wkb(shape), "day": DAY,
            "web": shapely.to_wkb(FRAME.to_web_mercator(shape)), "digest": b"0" * 16,
        },
    )  # fmt: skip


def _line(north: float) -> shapely.LineString:
    return shapely.LineString([(EAST - 500, NORTH + north), (EAST + 500, NORTH + north)])


@pytest.fixture(scope="module", autouse=True)
def lines(owner: Engine) -> None:
    """P-3 ends 25 m north: lines of power at 47 and 49 m, of gas at 275 and 281 m; the ground is tilted."""
    steps = np.arange(64) * 2.0 + 1.0
    plane = 1200.0 + 0.25 * steps[None, :] + 0.0 * steps[:, None]
    with owner.begin() as connection:
        said = '{"voltage_kv": 63.0, "owner": " برق ", "empty": null, "@noted": true}'
        _overlay(connection, "L-1", "power", _line(47), said)
        _overlay(connection, "L-2", "power", _line(49))
        _overlay(connection, "G-1", "gas", _line(275))
        _overlay(connection, "G-2", "gas", _line(281))
        connection.execute(text("DELETE FROM cadastre.terrain_tile"))
        for key, cells, west in (("T-1", plane[:, :30], 0.0), ("T-2", plane[:, 30:], 60.0)):
            connection.execute(
                text("""
                    INSERT INTO cadastre.terrain_tile (key, pixel_m, width, height, affine, nodata, body,
                        geom,
                        tile_geom, valid_from, import_id, digest)
                    VALUES (:key, 2, :width, 64, :affine, NULL, :body, ST_GeomFromWKB(:geom, 32639),
                        ST_GeomFromWKB(:web, 3857), :day, 1, :digest)
                """),
                {
                    "key": key, "width": cells.shape[1], "day": DAY, "digest": b"0" * 16,
                    "affine": [2.0, 0.0, EAST + west - 20, 0.0, -2.0, NORTH + 60],
                    "body": zlib.compress(cells.astype("<f4").tobytes()),
                    "geom": shapely.to_wkb(box(west - 20, -68, west + 2 * cells.shape[1] - 20, 60)),
                    "web": shapely.to_wkb(FRAME.to_web_mercator(box(west - 20, -68, west + 40, 60))),
                },
            )  # fmt: skip


def _facts(owner: Engine, key: str = "P-3", around: Around = ASKED) -> SiteFacts:
    with owner.connect() as connection:
        return facts_at(connection, key, date.fromisoformat(ON), around)


def _site(owner: Engine, key: str = "P-3", around: Around = ASKED) -> Site:
    return site_of(_facts(owner, key, around))


def test_objects_are_facts_as_far_as_their_kind_is_asked_about(owner: Engine) -> None:
    """Power within 23 m and gas within 255 m; of kinds that are not asked about only what meets the lot."""
    assert [over.key for over in _site(owner).overlays] == ["G-1", "L-1", "O-1"]
    assert [over.key for over in _site(owner, around=Around()).overlays] == ["O-1"]
    assert [over.key for over in _site(owner, "P-4", Around()).overlays] == ["O-1"]


def test_what_the_source_says_of_an_object_reaches_the_law_as_text(owner: Engine) -> None:
    """Numbers without a needless fraction; empty values and the import's own notes are left out."""
    (line,) = [over for over in _site(owner).overlays if over.kind == "power"]
    assert dict(line.attributes) == {"voltage_kv": "63", "owner": "برق"}


def _declare(owner: Engine, declared: str) -> None:
    with owner.begin() as connection:
        connection.execute(
            text("UPDATE cadastre.layer_register SET declared = CAST(:d AS jsonb) WHERE layer = 'overlays'"),
            {"d": declared},
        )


def test_how_far_the_layer_is_complete_around_the_lot_is_measured(owner: Engine) -> None:
    """The area ends 20 m west of P-3: power and gas are known so far, and no farther than they are asked."""
    site = _site(owner)
    assert site.known_around("power") == pytest.approx(20)
    assert site.known_around("gas") == pytest.approx(20)
    assert site.known_around("river") == 0.0
    assert _site(owner, around=Around({"power": 5.0})).known_around("power") == 5.0
    assert _site(owner, "W-1").known_around("power") is None


def test_each_kind_is_complete_where_its_own_source_says(owner: Engine) -> None:
    """Power is declared for a wider area, gas nowhere; a kind that nobody names is as the others are."""
    wide = box(-200, -200, 300, 300).normalize().wkb_hex
    kinds = {
        "power": {"complete_wkb": wide, "said": {}},
        "gas": {"complete_wkb": None, "said": {}},
        "*": {"complete_wkb": box(-200, -200, 300, 30).wkb_hex, "said": {}},
    }
    _declare(owner, json.dumps({"complete_kinds": kinds}))
    try:
        site = _site(owner, around=Around({"power": 23.0, "gas": 255.0, "river": 50.0}))
        assert site.known_around("power") == 23.0
        assert site.known_around("gas") is None
        assert site.known_around("river") == pytest.approx(5)
    finally:
        _declare(owner, "{}")


def test_the_ground_under_a_lot_is_put_together_from_its_tiles(owner: Engine) -> None:
    """P-3 lies across two tiles of a plane that rises 25 % to the east."""
    found = slope_mean(ground(_site(owner)))
    assert found == pytest.approx(0.25, abs=1e-4)
    assert isinstance(ground(_site(owner, around=Around())), Missing)


def test_the_same_facts_give_the_same_site_again(owner: Engine) -> None:
    """Written as a document and read again, with overlays, their reach and the ground."""
    facts = _facts(owner)
    again = SiteFacts.from_json(json.loads(json.dumps(facts.to_json())))
    assert again == facts
    first, second = site_of(facts), site_of(again)
    assert (first.overlays, first.overlay_reach) == (second.overlays, second.overlay_reach)
    assert np.array_equal(first.terrain.heights, second.terrain.heights, equal_nan=True)


def test_facts_of_before_are_read_as_what_they_were(owner: Engine) -> None:
    """A stored document without anything around the lot: objects on it, known so far, no ground."""
    document = _facts(owner, "P-4", Around()).to_json()
    kept = [f for f in document["facts"] if f[0] not in {"around", "overlay_reach"}]
    for fact in kept:
        for name in ("attributes", "reach_m"):
            fact[4].pop(name, None)
    site = site_of(SiteFacts.from_json({**document, "facts": kept}))
    assert [over.key for over in site.overlays] == ["O-1"]
    assert (site.known_around("flood"), site.terrain) == (0.0, None)
