"""The layer of the cases: where requests lie and in which state; the rest only for those who may read all."""

from datetime import date

from sqlalchemy import Engine, text

from api.cadastre.tiles import Tile, TileAddress, digest, mvt, packed
from api.people.access import Actor
from api.people.permissions import Permission


class CasesLayer:
    """Locations of requests: to everybody their state, to staff their verdict and whose they are too.

    It changes with every act and differs by reader, so it is drawn each time and kept by nobody.
    """

    name = "cases"
    min_zoom = 11

    _PUBLIC = text(mvt("cases", "cases.request", "f.state", "true", column="f.location"))
    _STAFF = text(
        mvt(
            "cases",
            "cases.request",
            "f.state, f.verdict, f.tracking_code AS key, f.parcel_key AS parcel",
            "true",
            column="f.location",
        )
    )

    def tile(self, engine: Engine, address: TileAddress, on: date, actor: Actor) -> Tile:  # noqa: ARG002
        """The tile as it is now: verdicts, tracking codes and parcels only for those who may read all."""
        statement = self._STAFF if actor.may(Permission.REQUEST_READ_ALL) else self._PUBLIC
        with engine.connect() as connection:
            body = connection.execute(
                statement, {"z": address.z, "x": address.x, "y": address.y}
            ).scalar_one()
        drawn = packed(bytes(body))
        return Tile(drawn, digest(drawn), public=False)
