"""A proposal judged over HTTP beside the library call that the route wraps (facts in, report out)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import httpx
import shapely
from sqlalchemy import create_engine, text

from api.cadastre.facts import SiteFacts, facts_at
from api.core.settings import Settings
from api.planning.books import book_in_force
from api.planning.service import judged
from api.planning.site import site_of
from gis import Proposal, assess
from tests.bench.ground import Ground
from tests.bench.ratio import Ratio, in_turn

_ON = date(2026, 11, 21)
_LOTS = 60


def _proposal(facts: SiteFacts) -> dict[str, Any]:
    """Two storeys on the lot drawn in by two metres."""
    site = site_of(facts)
    inside = site.frame.to_wgs84(site.lot.after.buffer(-2, join_style="mitre"))
    storeys = [
        {
            "type": "Feature",
            "geometry": shapely.geometry.mapping(inside),
            "properties": {
                "level": level,
                "kind": "floor",
                "use": "residential",
                "units": 1,
                "floor_height_m": 3.2,
            },
        }
        for level in (0, 1)
    ]
    return {
        "type": "FeatureCollection",
        "srid": 4326,
        "proposal": {"strip_ceded": False, "parking_spaces": 2},
        "features": storeys,
    }


def judge(ground: Ground, client: httpx.Client) -> Iterator[Ratio | str]:
    """`POST /api/assessments` beside the pure call, lot by lot in turn."""
    engine = create_engine(Settings.of(ground.database).database_url)
    with engine.connect() as connection:
        keys = connection.execute(
            text("SELECT key FROM cadastre.parcel WHERE area_m2 BETWEEN 150 AND 400 ORDER BY key LIMIT :n"),
            {"n": _LOTS},
        ).scalars().all()  # fmt: skip
        facts = [facts_at(connection, key, _ON) for key in keys]
    engine.dispose()
    book = book_in_force(facts[0].rulebook, "")
    proposals = [_proposal(each) for each in facts]
    sites = [site_of(each) for each in facts]

    def served(turn: int) -> object:
        body = {"parcel": keys[turn], "on": _ON.isoformat(), "proposal": proposals[turn]}
        return client.post("/api/assessments", json=body).raise_for_status()

    def library(turn: int) -> object:
        return judged(facts[turn], book, proposals[turn])

    def law_alone(turn: int) -> object:
        proposal = Proposal.from_geojson(proposals[turn], sites[turn].frame)
        return assess(sites[turn], proposal, book.book, on=_ON)

    ours, peer = in_turn(served, library, len(keys), warm_up=5)
    yield Ratio(
        f"POST /api/assessments, {len(keys)} lots",
        ours * 1000, peer * 1000, "ms", "the library call (site, assess, report)", "at_most", 3.0,
    )  # fmt: skip
    whole, alone = in_turn(library, law_alone, len(keys), warm_up=5)
    yield f"of the library call {whole * 1000:.2f} ms, assess alone takes {alone * 1000:.2f} ms"
