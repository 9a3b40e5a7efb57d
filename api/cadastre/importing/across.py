"""What can be said of the layers only together: their faults against each other, where each is complete."""

from dataclasses import replace
from datetime import date

import numpy as np
import shapely
from psycopg2.extensions import cursor as PgCursor  # noqa: N812

from api.cadastre.importing import keeping, register
from api.cadastre.importing.checks import Streets, far_from_streets
from api.cadastre.importing.completeness import in_words, share_inside, unplaced_warning, warning
from api.cadastre.importing.faults import Fault
from api.cadastre.importing.outlines import Shapes
from api.cadastre.importing.report import StateReport
from api.cadastre.importing.staging import Work


def against_each_other(cursor: PgCursor, work: Work) -> dict[str, list[Fault]]:
    """Faults of layers against each other, where this import brought one of the two."""
    found: dict[str, list[Fault]] = {}
    if "parcels" in work.latest and _any(cursor, "street"):
        work.tell("parcels: look for their streets", 0, 0)
        state = work.latest["parcels"]
        found["parcels"] = far_from_streets(
            state.shapes, state.keys, _streets(cursor), work.loaded.profile.checks
        )
    for name in ("buildings", "addresses", "nodes"):
        if name in work.latest and _any(cursor, "parcel"):
            found[name] = keeping.unknown_parcels(cursor, name)
    return found


def completeness(cursor: PgCursor, work: Work) -> tuple[list[StateReport], list[str]]:
    """The states with the share of the parcels for which each is complete, and what is to be warned of."""
    states, warnings = [], []
    parcels = _parcels(cursor, work)
    for state in work.states:
        day = date.fromisoformat(state.day)
        registered = register.in_force(cursor, state.layer, day)
        area = registered.area if registered else None
        share = None if area is None else share_inside(area, parcels)
        states.append(replace(state, complete=state.complete + in_words(share), complete_share=share))
        given = [one for one in work.loaded.profile.layer if (one.name, one.day) == (state.layer, day)]
        told = warning(f"{state.layer} {state.day}", given, area, share)
        lost = unplaced_warning(f"{state.layer} {state.day}", state.unplaced)
        warnings += [one for one in (told, lost) if one]
    return states, warnings


def _parcels(cursor: PgCursor, work: Work) -> Shapes:
    """The parcels of this import, else those in force."""
    if "parcels" in work.latest:
        return work.latest["parcels"].shapes
    cursor.execute("SELECT ST_AsBinary(geom) FROM cadastre.parcel WHERE valid_to IS NULL")
    shapes: Shapes = shapely.from_wkb(np.array([bytes(wkb) for (wkb,) in cursor.fetchall()], dtype=object))
    return shapes


def _any(cursor: PgCursor, table: str) -> bool:
    cursor.execute(f"SELECT EXISTS (SELECT FROM cadastre.{table} WHERE valid_to IS NULL)")  # noqa: S608 - constants
    row = cursor.fetchone()
    return bool(row and row[0])


def _streets(cursor: PgCursor) -> Streets:
    cursor.execute(
        "SELECT ST_AsBinary(geom), ST_AsBinary(row_geom), "
        "CASE WHEN width_kind = 'right_of_way' THEN greatest(existing_width_m, planned_width_m) END "
        "FROM cadastre.street WHERE valid_to IS NULL"
    )
    rows = cursor.fetchall()
    axes, areas = (
        shapely.from_wkb(np.array([None if row[i] is None else bytes(row[i]) for row in rows], dtype=object))
        for i in (0, 1)
    )
    return Streets(
        axes, areas, np.array([np.nan if row[2] is None else row[2] for row in rows], dtype=np.float64)
    )
