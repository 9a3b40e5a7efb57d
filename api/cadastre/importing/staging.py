"""One state of one layer: read, checked, compared with what is in force, written."""

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from psycopg2 import sql
from psycopg2.extensions import connection as PgConnection  # noqa: N812
from psycopg2.extensions import cursor as PgCursor  # noqa: N812
from pyproj import CRS

from api.cadastre.importing import declared, fitting, frames, history, keeping, kinds, register
from api.cadastre.importing.assembling import State, assemble
from api.cadastre.importing.beside import Beside
from api.cadastre.importing.checks import faults_of
from api.cadastre.importing.entry import Entry, read_entry
from api.cadastre.importing.faults import Fault, summary
from api.cadastre.importing.hidden import Hidden, hidden
from api.cadastre.importing.history import Change
from api.cadastre.importing.layers import LAYERS
from api.cadastre.importing.lineage import declared_parents, descents
from api.cadastre.importing.losses import refuse_endings, refuse_rejects
from api.cadastre.importing.node_tree import check_nodes
from api.cadastre.importing.outlines import Outlines
from api.cadastre.importing.profile import LoadedProfile
from api.cadastre.importing.progress import Clock, Tell
from api.cadastre.importing.refusals import ImportRefused
from api.cadastre.importing.report import SourceReport, StateReport
from api.cadastre.importing.rows import Rows, rows_of
from api.cadastre.importing.terrain import read_terrain


@dataclass
class Work:
    """What all states of one import share.

    `frozen` are tables that are empty and that nobody reads yet; `looking` the searches for the faults of the
    state at each place of `states`.
    """

    loaded: LoadedProfile
    frame: CRS
    zones: Collection[str] | None
    connection: PgConnection
    import_id: int
    tell: Tell
    clock: Clock
    beside: Beside
    looking: "dict[int, Future[list[Fault]]]" = field(default_factory=dict)
    frozen: set[str] = field(default_factory=set)
    latest: dict[str, State] = field(default_factory=dict)
    changed: bool = False
    written: int = 0
    sources: list[SourceReport] = field(default_factory=list)
    states: list[StateReport] = field(default_factory=list)
    rejects: list[dict[str, object]] = field(default_factory=list)

    @property
    def srid(self) -> int:
        """The city's frame."""
        return self.loaded.profile.city.srid


@dataclass(frozen=True)
class _Read:
    """A state as it was read, whatever its kind."""

    layer: str
    day: date
    indices: Sequence[int]
    rows: Rows
    outlines: Sequence[Outlines]
    full: bool
    entries: Sequence[Entry] = ()


def stage(work: Work, layer: str, day: date, indices: Sequence[int]) -> None:
    """Bring one state of one layer into the database: the sources at these places of the profile.

    Its faults are looked for beside what follows; `settle` waits for them.
    """
    name = f"{layer} {day}"
    read = _terrain(work, day, indices) if layer == "terrain" else _vector(work, layer, day, indices, name)
    with work.connection.cursor() as cursor:
        change = _write(work, cursor, read, name)
        if layer != "terrain":
            work.looking[len(work.states)] = _look(work, name, work.latest[layer])
        lineage = _lineage(work, cursor, read, change)
        standing = _register(work, cursor, read, change)
        present = _verified(cursor, read)
    work.states.append(
        StateReport(
            layer, day.isoformat(), len(read.rows), change.unchanged, len(change.added), len(change.changed),
            len(change.ended_ids), lineage, {}, standing.told, present,
            complete_kinds=register.described_kinds(standing.declared), left_out=standing.left_out,
            left_out_m2=standing.left_out_m2, unplaced=standing.unplaced,
        )
    )  # fmt: skip


def settle(work: Work) -> None:
    """Wait for the faults of all states, write them and say them in the states' reports."""
    with work.connection.cursor() as cursor:
        for place, looking in work.looking.items():
            state, faults = work.states[place], looking.result()
            keeping.keep_faults(cursor, work.import_id, state.layer, faults, work.srid)
            work.states[place] = replace(state, faults=summary(faults))


def _look(work: Work, name: str, state: State) -> "Future[list[Fault]]":
    """Look for the faults of a state in the other thread: they ask the database nothing."""

    def look(go_on: Callable[[], None]) -> list[Fault]:
        def tell(done: int, of: int) -> None:
            go_on()
            work.tell(f"{name}: check", done, of)

        with work.clock.on("check"):
            return faults_of(state, work.loaded.profile.checks, work.zones, tell)

    return work.beside.start(look)


def _vector(work: Work, layer: str, day: date, indices: Sequence[int], name: str) -> _Read:
    entries = []
    for index in indices:
        work.tell(f"{name}: read {work.loaded.profile.layer[index].file}", 0, 0)
        with work.clock.on("read"):
            entries.append(read_entry(work.loaded, index, work.frame))
    if layer == "nodes":
        with work.connection.cursor() as cursor:
            check_nodes(entries, *_codes(cursor, day))
    with work.clock.on("assemble"):
        state = assemble(entries)
        if not len(state.keys):
            raise ImportRefused("nothing_left", f"No row of {layer} is left.", where=entries[0].place)
        if layer == "parcels":
            fitting.refuse_unfit(state, work.frame, f"{work.loaded.path.name}: city.srid")
        refuse_rejects(entries, work.loaded.profile.checks)
        rows = rows_of(state, work.srid, frames.to_web(work.frame))
    work.latest[layer] = state
    _account(work, entries)
    return _Read(layer, day, indices, rows, [_outlines_of(entry) for entry in entries], state.full, entries)


def _outlines_of(entry: Entry) -> Outlines:
    return Outlines.of(np.zeros(0, dtype=object)) if entry.shaped is None else entry.shaped.outlines


def _account(work: Work, entries: Sequence[Entry]) -> None:
    """The reconciliation of each source, and its rejected rows kept."""
    with work.connection.cursor() as cursor:
        for entry in entries:
            work.sources.append(
                SourceReport(
                    layer=entry.given.name, day=entry.given.day.isoformat(), file=entry.source.file,
                    source_layer=entry.given.source_layer, read=entry.rows, imported=entry.imported,
                    repaired=entry.repaired, rejected=len(entry.rejects.reasons),
                    reasons=entry.rejects.counts(),
                    merged=entry.merged, flattened=entry.shaped.flattened if entry.shaped else 0,
                    mixed=entry.shaped.mixed if entry.shaped else 0, crs=entry.crs,
                    transformation=entry.operation, accuracy_m=entry.accuracy_m, notes=entry.source.notes,
                )
            )  # fmt: skip
            work.rejects += keeping.rejects_of(entry)
            keeping.keep_rejects(cursor, work.import_id, entry, work.srid)


def _terrain(work: Work, day: date, indices: Sequence[int]) -> _Read:
    rasters = []
    for index in indices:
        given = work.loaded.profile.layer[index]
        path = work.loaded.beside(given.file)
        work.tell(f"terrain {day}: read {given.file}", 0, 0)
        with work.clock.on("read"):
            raster = read_terrain(path, given, work.frame, work.srid, place=work.loaded.where(index))
        rasters.append(raster)
        rejected = len(raster.rejects.reasons)
        work.sources.append(
            SourceReport(
                layer="terrain", day=day.isoformat(), file=raster.file, source_layer=None, read=raster.tiles,
                imported=raster.tiles - rejected, repaired=0, rejected=rejected,
                reasons=raster.rejects.counts(), crs=raster.crs, transformation=raster.operation,
                accuracy_m=raster.accuracy_m, notes=raster.notes,
            )
        )  # fmt: skip
    if len(rasters) > 1:
        raise ImportRefused(
            "terrain_several",
            "Several rasters for one day: join them first (gdalbuildvrt or gdal_merge).",
            where=work.loaded.where(indices[1]),
        )
    full = work.loaded.profile.layer[indices[0]].mode == "full"
    return _Read("terrain", day, indices, rasters[0].rows, [Outlines.of(rasters[0].shapes)], full)


def _codes(cursor: PgCursor, day: date) -> tuple[set[str], set[str]]:
    """Codes of nodes in force on a day, and of nodes that ended by then."""
    cursor.execute(
        "SELECT code, valid_from <= %s AND (valid_to IS NULL OR %s < valid_to) FROM cadastre.node "
        "WHERE valid_from <= %s",
        [day, day, day],
    )
    found = cursor.fetchall()
    present = {code for code, in_force in found if in_force}
    return present, {code for code, _ in found} - present


def _kinds(read: _Read) -> list[str] | None:
    """The kinds that a state of overlays brings; None for other layers."""
    if read.layer != "overlays" or read.rows.scope is None:
        return None
    return sorted(pc.unique(read.rows.scope).to_pylist())


def _write(work: Work, cursor: PgCursor, read: _Read, name: str) -> Change:
    layer = LAYERS[read.layer]
    work.tell(f"{name}: compare", 0, 0)
    scope = _kinds(read)
    with work.clock.on("compare"):
        present = history.in_force(cursor, layer.table, layer.key, read.day, scope)
        change = history.compare(read.rows, present, full=read.full)
    if change.nothing:
        return change
    place, given = work.loaded.where(read.indices[0]), work.loaded.profile.layer[read.indices[0]]
    refuse_endings(given, read.rows.keys, change, work.loaded.profile.checks, place)
    history.refuse_earlier_day(cursor, layer.table, read.day, scope, place)
    with work.clock.on("write"):
        history.apply(
            work.connection, layer.table, read.rows, change, day=read.day, import_id=work.import_id,
            frozen=layer.table.name in work.frozen,
            tell=lambda done, of: work.tell(f"{name}: write", done, of),
        )  # fmt: skip
    work.frozen.discard(layer.table.name)
    work.changed = True
    work.written += len(change.added) + len(change.changed)
    return change


def _lineage(work: Work, cursor: PgCursor, read: _Read, change: Change) -> dict[str, int]:
    """Lineage of the parcels that ended or changed in those that began or changed."""
    if read.layer != "parcels" or change.nothing:
        return {}
    state = work.latest["parcels"]
    begun = np.sort(np.concatenate([change.added, change.changed]))
    keys = state.keys.take(pa.array(begun)).to_pylist()
    named = state.values["parent_key"].take(pa.array(begun))
    parents = {} if named.null_count == len(named) else declared_parents(keys, named.to_pylist())
    ended = np.concatenate([change.changed_ids, change.ended_ids])
    if not len(ended) and not parents:
        return {}
    cursor.execute("SELECT key, ST_AsBinary(geom) FROM cadastre.parcel WHERE id = ANY(%s)", [ended.tolist()])
    old = cursor.fetchall()
    found = descents(
        [key for key, _ in old], shapely.from_wkb(np.array([bytes(wkb) for _, wkb in old], dtype=object)),
        keys, state.shapes[begun], parents, least_share=work.loaded.profile.checks.lineage_share,
    )  # fmt: skip
    keeping.keep_lineage(cursor, work.import_id, read.day, found)
    counts: dict[str, int] = {}
    for one in found:
        counts[one.kind] = counts.get(one.kind, 0) + 1
    return dict(sorted(counts.items()))


def _register(work: Work, cursor: PgCursor, read: _Read, change: Change) -> declared.Standing:
    """Write the register where the declaration or the layer changed; where the layer is complete then."""
    given = [work.loaded.profile.layer[index] for index in read.indices]
    areas = [
        register.complete_area(work.loaded, index, outlines, work.frame)
        for index, outlines in zip(read.indices, read.outlines, strict=True)
    ]
    before = register.in_force(cursor, read.layer, read.day)
    if read.layer == "overlays":
        hides = {
            kind: _hidden(work, cursor, read, [e for e in read.entries if kinds.kind_of(e.given) == kind])
            for kind in map(kinds.kind_of, given)
        }
        found = declared.of_kinds(given, areas, hides, before, _kinds(read) or [], full=read.full)
    else:
        everything = _hidden(work, cursor, read, read.entries)
        found = declared.of_layer(given, areas, everything, before, full=read.full)
    if found.same and change.nothing:
        return found
    source = "; ".join(
        dict.fromkeys(
            one.file if not one.source_layer else f"{one.file}: {one.source_layer}" for one in given
        )
    )
    register.write(
        cursor, read.layer, read.day, work.import_id,
        srid=work.srid, source=source, declared=found.declared, area=found.area,
        place=work.loaded.where(read.indices[0]),
    )  # fmt: skip
    work.changed = True
    return found


def _hidden(work: Work, cursor: PgCursor, read: _Read, entries: Sequence[Entry]) -> Hidden:
    """What the rejected rows of some sources of a state hide."""
    if not entries:
        return Hidden(0, shapely.Polygon(), ())
    said = [one.options.boundary_tolerance_m or 0.0 for one in work.loaded.profile.layer]
    there = register.in_force(cursor, "parcels", read.day)
    known = there.declared.get("boundary_tolerance_m", 0.0) if there else 0.0
    return hidden(cursor, entries, work.latest[read.layer], work.frame, max(known, *said))


def _verified(cursor: PgCursor, read: _Read) -> int:
    """Rows in force on the state's day, counted in the database; a full state is there as it was read."""
    layer, scope = LAYERS[read.layer], _kinds(read)
    within = sql.SQL(" AND kind = ANY(%s)") if scope is not None else sql.SQL("")
    cursor.execute(
        sql.SQL(
            "SELECT count(*) FROM {} WHERE valid_from <= %s AND (valid_to IS NULL OR %s < valid_to){}"
        ).format(history.identifier(layer.table), within),
        [read.day, read.day, *([scope] if scope is not None else [])],
    )
    found = cursor.fetchone()
    count: int = found[0] if found else 0
    if count != len(read.rows) and (read.full or count < len(read.rows)):
        raise RuntimeError(f"{read.layer}: {len(read.rows)} rows were to be in force, {count} are")
    return count
