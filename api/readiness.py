"""What a database can do for Parvaneh and what it holds; `./run` asks before it begins.

    DATABASE_URL=… python -m api.readiness

prints one JSON object: `problem` (one line for the operator, or null) and, where it can be reached,
`service_role` (whether the role of least privilege is there or can be made), `migrated` (whether the schema
is the one of this version), `city` ({"key", "sample"}, or null where there is none) and `usernames`.
"""

import json
import os
import re
import sys
from importlib.resources import files
from typing import Any

import psycopg2
from alembic.script import ScriptDirectory
from psycopg2.extensions import connection as PgConnection  # noqa: N812
from psycopg2.extensions import cursor as PgCursor  # noqa: N812

OLDEST_SERVER = 140000
OLDEST_POSTGIS = (3, 0)
EXTENSIONS = ("postgis", "pg_trgm", "btree_gist")

_STATE = """
SELECT current_setting('server_version_num')::int AS version,
       current_setting('server_encoding') AS encoding,
       pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool AS read_only,
       has_database_privilege(current_database(), 'CREATE') AS may_create,
       rolsuper AS superuser, rolcreaterole AS may_make_roles, rolname AS name, current_database() AS database
FROM pg_roles WHERE rolname = current_user
"""
_EXTENSION = """
SELECT e.installed_version, e.default_version, coalesce(bool_or(v.trusted), false)
FROM pg_available_extensions e LEFT JOIN pg_available_extension_versions v
  ON v.name = e.name AND v.version = e.default_version
WHERE e.name = %s GROUP BY 1, 2
"""


def readiness(url: str) -> dict[str, Any]:
    """The state of the database at this address; never raises for what an operator can put right.

    >>> readiness("mysql://db/city")["problem"]
    'DATABASE_URL must begin with postgresql://'
    """
    if not re.match(r"postgres(ql)?(\+psycopg2?)?://", url):
        return {"problem": "DATABASE_URL must begin with postgresql://"}
    try:
        connection = psycopg2.connect(
            re.sub(r"^postgres(ql)?\+psycopg2?:", "postgresql:", url), connect_timeout=10
        )
    except (psycopg2.OperationalError, psycopg2.ProgrammingError) as error:
        return {"problem": f"cannot connect to it: {_one_line(error)}"}
    try:
        with connection:
            return _examine(connection)
    finally:
        connection.close()


def _examine(connection: PgConnection) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        names = [column.name for column in cursor.description or ()]
        state = dict(zip(names, cursor.fetchone() or (), strict=True))
        extensions = {}
        for name in EXTENSIONS:
            cursor.execute(_EXTENSION, (name,))
            extensions[name] = cursor.fetchone()
        cursor.execute("SELECT pg_has_role(oid, 'MEMBER') FROM pg_roles WHERE rolname = 'parvaneh_service'")
        role = cursor.fetchone()
        revision = (_rows(cursor, "alembic_version", "version_num") or [(None,)])[0][0]
        city = next(iter(_rows(cursor, "cadastre.city", "key, is_sample")), None)
        usernames = [row[0] for row in _rows(cursor, "people.person", "username")]
    scripts = ScriptDirectory(str(files("migrations")))
    return {
        "problem": (
            _problem_of_server(state)
            or _problem_of_extensions(state, extensions)
            or _problem_of_revision(scripts, revision)
        ),
        "migrated": revision is not None and revision == scripts.get_current_head(),
        "usernames": usernames,
        "service_role": bool(state["superuser"] or state["may_make_roles"] or (role and role[0])),
        "city": {"key": city[0], "sample": city[1]} if city else None,
    }


def _problem_of_server(state: dict[str, Any]) -> str | None:
    """What of the server itself does not do, in one line."""
    if state["version"] < OLDEST_SERVER:
        return f"PostgreSQL {state['version'] // 10000} is too old; 14 or newer is needed"
    if state["encoding"] != "UTF8":
        return f"its encoding is {state['encoding']}; make one WITH ENCODING 'UTF8' TEMPLATE template0"
    if state["read_only"]:
        return "it can only be read (a replica?); name the primary server"
    if not state["may_create"]:
        name, database = state["name"], state["database"]
        return f'{name} may not make schemas in it: GRANT CREATE ON DATABASE "{database}" TO "{name}"'
    return None


def _problem_of_extensions(
    state: dict[str, Any], extensions: dict[str, tuple[Any, ...] | None]
) -> str | None:
    """The first extension that is missing, too old, or that this user may not enable, in one line.

    >>> user = {"version": 150004, "superuser": False}
    >>> _problem_of_extensions(user, {"postgis": None})
    'its server has no postgis; install it there (Debian: postgresql-15-postgis-3)'
    >>> _problem_of_extensions(user, {"postgis": (None, "3.3.2", False)})
    'postgis is not enabled in it; once, as a superuser: CREATE EXTENSION postgis'
    >>> _problem_of_extensions(user, {"postgis": ("2.5.1", "3.3.2", False)})
    'its PostGIS 2.5.1 is too old; 3.0 or newer is needed'
    >>> _problem_of_extensions(user, {"postgis": ("3.3.2", "3.3.2", False), "pg_trgm": (None, "1.6", True)})
    """
    for name, found in extensions.items():
        if found is None:
            major = state["version"] // 10000
            package = f"postgresql-{major}-postgis-3" if name == "postgis" else f"postgresql-{major}"
            return f"its server has no {name}; install it there (Debian: {package})"
        installed, offered, trusted = found
        if name == "postgis" and _numbers(installed or offered) < OLDEST_POSTGIS:
            return f"its PostGIS {installed or offered} is too old; 3.0 or newer is needed"
        if installed is None and not (state["superuser"] or trusted):
            return f"{name} is not enabled in it; once, as a superuser: CREATE EXTENSION {name}"
    return None


def _problem_of_revision(scripts: ScriptDirectory, revision: str | None) -> str | None:
    """Whether a newer version of Parvaneh has changed the schema: this one must not write into it."""
    if revision is None or revision in {script.revision for script in scripts.walk_revisions()}:
        return None
    return f"a newer version of Parvaneh made its schema ({revision}); start that version, or a newer one"


def _rows(cursor: PgCursor, table: str, columns: str) -> list[tuple[Any, ...]]:
    """Rows of one of our tables, none where the table is not there yet."""
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", (table,))
    if cursor.fetchone() != (True,):
        return []
    cursor.execute(f"SELECT {columns} FROM {table}")  # noqa: S608 - our own names
    return list(cursor.fetchall())


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])


def _one_line(error: Exception) -> str:
    """The driver's message in one line; it names host, port and user, never the password."""
    return " ".join(str(error).split()) or type(error).__name__


if __name__ == "__main__":
    sys.stdout.write(json.dumps(readiness(os.environ["DATABASE_URL"])) + "\n")
