"""Search of Persian addresses: ours (folding, plan, page, columns shown) beside the bare full-text query."""

import random
from collections.abc import Iterator
from datetime import date

from sqlalchemy import text

from api.cadastre.search import find
from api.cadastre.text import fold
from api.core.database import engine as service_engine
from api.core.settings import Settings
from tests.bench.ground import Ground
from tests.bench.ratio import Ratio, in_turn

_LIMIT = 20
_BARE = text("""
    SELECT id, key, address FROM cadastre.parcel WHERE search @@ plainto_tsquery('simple', :q) LIMIT :limit
""")
_ALL = text("SELECT count(*) FROM cadastre.parcel WHERE search @@ plainto_tsquery('simple', :q)")


def search(ground: Ground) -> Iterator[Ratio | str]:
    """Whole addresses, and a street with an alley as people type them, with Arabic ي and ك."""
    engine = service_engine(Settings.of(ground.database))
    today = date(2026, 11, 21)
    with engine.connect() as connection:
        count = connection.execute(text("SELECT count(*) FROM cadastre.parcel")).scalar_one()
        rows = connection.execute(
            text("SELECT address FROM cadastre.parcel TABLESAMPLE SYSTEM (1) REPEATABLE (1)")
        ).scalars().all()  # fmt: skip
        addresses = random.Random(1).sample(rows, min(200, len(rows)))  # noqa: S311 - a choice, no secret
        whole = [address.replace("ی", "ي").replace("ک", "ك") for address in addresses]
        part = [" ".join(address.split()[:-2]) for address in whole]
        for name, asked in (("a whole address", whole), ("an address without its last two words", part)):
            bare = [fold(question) for question in asked]
            ours, peer = in_turn(
                lambda turn, asked=asked: find(connection, asked[turn], today, _LIMIT),
                lambda turn, bare=bare: connection.execute(_BARE, {"q": bare[turn], "limit": _LIMIT}).all(),
                len(asked),
            )
            hits = [connection.execute(_ALL, {"q": question}).scalar_one() for question in bare[:20]]
            yield Ratio(
                f"search of {name}, {count:,} parcels (median of hits {sorted(hits)[len(hits) // 2]:,})",
                ours * 1000, peer * 1000, "ms", "bare tsvector query", "at_most", 2.0,
            )  # fmt: skip
    engine.dispose()
