"""What a city declares not to have: its word stands in the register, no file is read."""

from datetime import date
from typing import Any

import shapely
from psycopg2 import sql
from psycopg2.extensions import cursor as PgCursor  # noqa: N812
from shapely import Geometry

from api.cadastre.importing import history, kinds, register
from api.cadastre.importing.layers import LAYERS
from api.cadastre.importing.refusals import ImportRefused
from api.cadastre.importing.report import SourceReport, StateReport
from api.cadastre.importing.staging import Work

SOURCE = "declared by the profile"
"""The source of such a layer, as the register names it."""


def declare_absence(work: Work, layer: str, day: date, index: int) -> None:
    """Register that from a day on there is nothing of a layer within an area; what was in force ends.

    Raises `ImportConflict` where the layer changed after that day, `ImportRefused` where the area cannot be
    told.
    """
    table, key = LAYERS[layer].table, LAYERS[layer].key
    with work.connection.cursor() as cursor:
        area = _area(work, cursor, day, index)
        ending = history.in_force(cursor, table, key, day, None).ids
        if len(ending):
            history.refuse_earlier_day(cursor, table, day, None, work.loaded.where(index))
            cursor.execute(
                sql.SQL("UPDATE {} SET valid_to = %s, ended_import_id = %s WHERE id = ANY(%s)").format(
                    history.identifier(table)
                ),
                [day, work.import_id, ending.tolist()],
            )
        declared: dict[str, Any] = {"none": True, "complete_wkb": shapely.normalize(area).wkb_hex}
        if layer == "overlays":
            declared["complete_kinds"] = kinds.to_json({kinds.ALL: kinds.Kind(area, {"none": True})})
        before = register.in_force(cursor, layer, day)
        if len(ending) or before is None or before.declared != declared:
            register.write(
                cursor,
                layer,
                day,
                work.import_id,
                srid=work.srid,
                source=SOURCE,
                declared=declared,
                area=area,
                place=work.loaded.where(index),
            )
            work.changed = True
    on = day.isoformat()
    work.sources.append(SourceReport(layer, on, SOURCE, None, 0, 0, 0, 0, {}))
    work.states.append(
        StateReport(
            layer, on, 0, 0, 0, 0, len(ending), {}, {}, f"{register.described(area)}, none there",
            complete_kinds=register.described_kinds(declared),
        )
    )  # fmt: skip


def _area(work: Work, cursor: PgCursor, day: date, index: int) -> Geometry:
    said = work.loaded.profile.layer[index].complete
    if not isinstance(said, str):
        return register.drawn_area(work.loaded, index, said, work.frame)
    cursor.execute(
        "SELECT min(ST_XMin(geom)), min(ST_YMin(geom)), max(ST_XMax(geom)), max(ST_YMax(geom)) "
        "FROM cadastre.parcel WHERE valid_from <= %s AND (valid_to IS NULL OR %s < valid_to)",
        [day, day],
    )
    box = cursor.fetchone()
    if box is None or box[0] is None:
        raise ImportRefused(
            "extent_unknown",
            f"No parcel is in force on {day}, so there is no box around the parcels; give the polygon within "
            "which there is nothing.",
            where=work.loaded.where(index, "complete"),
        )
    return shapely.box(*box)
