"""The import of a city: one transaction, from a profile to a report."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

import psycopg2
from psycopg2.extensions import connection as PgConnection  # noqa: N812
from psycopg2.extensions import cursor as PgCursor  # noqa: N812
from pyproj import CRS

from api.cadastre.importing import fitting, frames, indexes, keeping
from api.cadastre.importing.absence import declare_absence
from api.cadastre.importing.across import against_each_other, completeness
from api.cadastre.importing.addressing import give_addresses
from api.cadastre.importing.beside import Beside
from api.cadastre.importing.books import Book, Books, book_of, unmapped_overlays
from api.cadastre.importing.entry import inspect
from api.cadastre.importing.faults import summary
from api.cadastre.importing.layers import LAYERS
from api.cadastre.importing.profile import LoadedProfile, load_profile
from api.cadastre.importing.progress import Clock, Tell, silent
from api.cadastre.importing.refusals import ImportConflict, ImportRefused
from api.cadastre.importing.report import ImportReport, require_writable
from api.cadastre.importing.staging import Work, settle, stage
from api.core.database import engine, raw_connection
from api.core.errors import Unavailable
from api.core.settings import Settings

LOCK = 0x696D706F  # "impo": one import at a time
_WAIT = "15s"


def run_import(
    profile_path: Path, settings: Settings, *, progress: Tell = silent,
    report_path: Path | None = None, books: Books | None = None,
) -> ImportReport:  # fmt: skip
    """Import a city's profile into its database, in one transaction.

    Returns the report; `report.accounted` says whether every row has its place. Raises `ImportRefused` for a
    profile or a file that cannot be imported, `ImportConflict` for one that does not fit what is there,
    `Unavailable` where the database or the disk fails; then nothing was written. `books` are the rule-books
    that there are: the profile must name one of them, whose zone codes are those that the map may have and
    whose overlays are those that it should have.
    """
    clock = Clock()
    loaded, book, frame = look_over(profile_path, books)
    if report_path is not None:
        require_writable(report_path)
    started = datetime.now(UTC)
    owner = engine(settings, "owner")
    try:
        with raw_connection(owner) as connection:
            report = _import(
                connection,
                loaded,
                frame,
                tell=progress,
                clock=clock,
                book=book,
                started=started,
            )
    except (psycopg2.errors.DiskFull, psycopg2.errors.ProgramLimitExceeded) as fault:
        raise Unavailable("disk_full", f"The database has no room left: {_line(fault)}.") from fault
    except psycopg2.errors.UndefinedTable as fault:
        raise Unavailable(
            "database_not_migrated", "The database has no schema of this version yet: run parvaneh migrate."
        ) from fault
    except psycopg2.errors.LockNotAvailable as fault:
        raise ImportConflict(
            "import_running", "Another import is running; wait until it has ended."
        ) from fault
    except (psycopg2.OperationalError, psycopg2.InterfaceError) as fault:
        raise Unavailable(
            "database_lost",
            f"The database cannot be reached or went away: {_line(fault)}. Nothing was changed.",
        ) from fault
    finally:
        owner.dispose()
    report.seconds = clock.all()
    if report_path is not None:
        report.write(report_path)
    return report


def look_over(profile_path: Path, books: Books | None) -> tuple[LoadedProfile, Book | None, CRS]:
    """A profile, what its rule-book speaks of and the city's frame.

    What can be refused without a database is refused here: the profile's own faults, an unknown book, a file
    that is not there, a frame that is not in metres.
    """
    loaded = load_profile(profile_path)
    book = book_of(loaded, books)
    for index, given in enumerate(loaded.profile.layer):
        if not given.none:
            inspect(loaded, index)
    return loaded, book, frames.metric_frame(loaded.profile.city.srid, f"{loaded.path.name}: city.srid")


def _line(fault: Exception) -> str:
    return " ".join(str(fault).split()).rstrip(".") or type(fault).__name__


def _import(
    connection: PgConnection, loaded: LoadedProfile, frame: CRS, *, tell: Tell, clock: Clock,
    book: Book | None, started: datetime,
) -> ImportReport:  # fmt: skip
    """All of the import inside the transaction of this connection."""
    city = loaded.profile.city
    report = ImportReport(
        city=city.key, profile=loaded.path.name, srid=city.srid, frame=frame.name,
        started_at=started.isoformat(timespec="seconds"), checks=loaded.profile.checks.model_dump(),
    )  # fmt: skip
    with Beside() as beside, connection.cursor() as cursor:
        _alone(cursor)
        fresh = _city(cursor, loaded, report)
        import_id = _begin(cursor, loaded, started)
        work = Work(loaded, frame, book.zones if book else None, connection, import_id, tell, clock, beside)
        work.changed = report.changed
        taken = _take_away(cursor, loaded, fresh)
        work.frozen = {one.table.name for one in taken}
        for layer, day, places in _states(loaded):
            if loaded.profile.layer[places[0]].none:
                declare_absence(work, layer, day, places[0])
            else:
                stage(work, layer, day, places)
        _make_indexes(cursor, taken, tell, clock)
        with clock.on("addresses"):
            give_addresses(cursor, work.states, import_id)
        settle(work)
        with clock.on("check"):
            across = against_each_other(cursor, work)
            for name, faults in across.items():
                keeping.keep_faults(cursor, import_id, name, faults, city.srid)
            report.states, report.warnings = completeness(cursor, work)
            report.warnings += unmapped_overlays(cursor, book)
            if "parcels" in work.latest:
                report.warnings += fitting.warnings(work.latest["parcels"], work.frame)
        report.sources, report.rejects = work.sources, work.rejects
        report.faults = summary([fault for faults in across.values() for fault in faults])
        report.notes += [f"{s.file}: {note}" for s in work.sources for note in s.notes]
        report.rows_written, report.changed = work.written, work.changed
        if not work.changed:
            connection.rollback()
            return report
        _finish(cursor, work, report)
    tell("commit", 0, 0)
    return report


def _alone(cursor: PgCursor) -> None:
    """Wait for another import a short while, then refuse; let the server notice a client that was killed."""
    cursor.execute("SET LOCAL client_connection_check_interval = '1s'")
    cursor.execute(f"SET LOCAL lock_timeout = '{_WAIT}'")
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    cursor.execute("SET LOCAL lock_timeout = 0")
    cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")


def _city(cursor: PgCursor, loaded: LoadedProfile, report: ImportReport) -> bool:
    """Make or renew the city's row; whether this database had no city before. Another city is refused."""
    city = loaded.profile.city
    cursor.execute("SELECT EXISTS (SELECT FROM spatial_ref_sys WHERE srid = %s)", [city.srid])
    known = cursor.fetchone()
    if not (known and known[0]):
        raise ImportRefused(
            "srid_unknown",
            f"This PostGIS does not know EPSG:{city.srid}; add it to spatial_ref_sys first.",
            where=f"{loaded.path.name}: city.srid",
        )
    cursor.execute("SELECT key, srid, name_fa, name_en, is_sample, rulebook FROM cadastre.city")
    there = cursor.fetchone()
    now = (city.key, city.srid, city.name.fa, city.name.en, city.sample, city.rulebook)
    if there is None:
        cursor.execute(
            "INSERT INTO cadastre.city (key, srid, name_fa, name_en, is_sample, rulebook, profile) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [*now, json.dumps(loaded.content)],
        )
        report.changed = True
        return True
    if there[:2] != now[:2]:
        raise ImportConflict(
            "another_city",
            f"This database holds the city {there[0]!r} in EPSG:{there[1]}, the profile is of "
            f"{city.key!r} in EPSG:{city.srid}. A database holds one city.",
            where=f"{loaded.path.name}: city.key",
        )
    if there != now:
        cursor.execute(
            "UPDATE cadastre.city SET name_fa = %s, name_en = %s, is_sample = %s, rulebook = %s "
            "WHERE key = %s",
            [*now[2:], city.key],
        )
        report.changed = True
    return False


def _begin(cursor: PgCursor, loaded: LoadedProfile, started: datetime) -> int:
    cursor.execute(
        "INSERT INTO cadastre.import_run (city_key, profile_sha256, profile, started_at, engine_version) "
        "VALUES (%s, %s, %s, %s, %s) RETURNING id",
        [loaded.profile.city.key, loaded.sha256, json.dumps(loaded.content), started, version("parvaneh")],
    )
    row = cursor.fetchone()
    assert row is not None  # noqa: S101 - INSERT … RETURNING gives its row
    return int(row[0])


def _states(loaded: LoadedProfile) -> list[tuple[str, date, Sequence[int]]]:
    """The states of the profile by day, then in the order of the layers, with their sources' places.

    Absences come after the files of their day: they may be declared for the box around its parcels.
    """
    found: dict[tuple[date, bool, int], list[int]] = {}
    names = list(LAYERS)
    for index, given in enumerate(loaded.profile.layer):
        found.setdefault((given.day, given.none, names.index(given.name)), []).append(index)
    return [(names[layer], day, places) for (day, _, layer), places in sorted(found.items())]


def _take_away(cursor: PgCursor, loaded: LoadedProfile, fresh: bool) -> list[indexes.TakenAway]:
    if not fresh:
        return []
    used = {given.name for given in loaded.profile.layer if not given.none}
    return [indexes.take_away(cursor, LAYERS[name].table) for name in LAYERS if name in used]


def _make_indexes(cursor: PgCursor, taken: Sequence[indexes.TakenAway], tell: Tell, clock: Clock) -> None:
    with clock.on("index"):
        for done, one in enumerate(taken):
            tell("make the indexes", done, len(taken))
            indexes.put_back(cursor, one)
        if taken:
            tell("make the indexes", len(taken), len(taken))


def _finish(cursor: PgCursor, work: Work, report: ImportReport) -> None:
    """What follows from a changed map: words, bounds, no stale tiles, statistics, the import's own record."""
    work.tell("words, bounds, statistics", 0, 0)
    with work.clock.on("finish"):
        keeping.renew_words(cursor)
        keeping.keep_bounds(cursor, report.city)
        cursor.execute("DELETE FROM cadastre.tile_cache")
        for name in sorted({state.layer for state in work.states}):
            cursor.execute(f"ANALYZE cadastre.{LAYERS[name].table.name}")
        cursor.execute("ANALYZE cadastre.token")
    report.import_id = work.import_id
    report.seconds = work.clock.all()
    cursor.execute(
        "UPDATE cadastre.import_run SET finished_at = clock_timestamp(), report = %s WHERE id = %s",
        [json.dumps(report.to_dict(), ensure_ascii=False), work.import_id],
    )
    cursor.execute("UPDATE cadastre.city SET profile = %s", [json.dumps(work.loaded.content)])
