"""The procedures of this version of the service, and those under which older requests live."""

from functools import lru_cache
from importlib.resources import files

from sqlalchemy import Connection, text

from api.cases.procedure import Procedure, read_procedure
from api.core.errors import BadInput, NotFound


class ProcedureChanged(RuntimeError):
    """A procedure was changed without a new version, while requests live by the old text."""


@lru_cache(maxsize=64)
def _parsed(source: str, roles: frozenset[str]) -> Procedure:
    return read_procedure(source, roles)


def _roles(connection: Connection) -> frozenset[str]:
    return frozenset(connection.execute(text("SELECT key FROM people.role")).scalars())


def shipped() -> dict[str, str]:
    """The texts of the procedures that travel with the service, by service."""
    folder = files("data") / "procedures"
    return {
        item.name.removesuffix(".toml"): item.read_text(encoding="utf-8")
        for item in folder.iterdir()
        if item.name.endswith(".toml")
    }


def current(connection: Connection, service: str) -> Procedure:
    """The procedure under which requests for a service are filed today.

    Raises `BadInput` for a service that has none, `ProcedureFault` for a text that cannot be run and
    `ProcedureChanged` for a text that differs from the stored one of its version.
    """
    source = shipped().get(service)
    if source is None:
        raise BadInput(
            "service_unknown",
            f"No procedure for the service {service[:50]!r}.",
            where="/service",
            given=service[:50],
        )
    return _kept(connection, _parsed(source, _roles(connection)))


def _kept(connection: Connection, procedure: Procedure) -> Procedure:
    connection.execute(
        text(
            "INSERT INTO cases.procedure (key, version, sha256, text) VALUES (:key, :version, :sha256, :text)"
            " ON CONFLICT (key, version) DO NOTHING"
        ),
        {
            "key": procedure.key,
            "version": procedure.version,
            "sha256": procedure.sha256,
            "text": procedure.text,
        },
    )
    known = connection.execute(
        text("SELECT sha256 FROM cases.procedure WHERE key = :key AND version = :version"),
        {"key": procedure.key, "version": procedure.version},
    ).scalar_one()
    if bytes(known) != procedure.sha256:
        raise ProcedureChanged(
            f"procedure {procedure.key} was changed and still says version {procedure.version}:"
            " give the new text a new version"
        )
    return procedure


def of_version(connection: Connection, key: str, version: int) -> Procedure:
    """The procedure of a version, as it was when its first request was filed."""
    source = connection.execute(
        text("SELECT text FROM cases.procedure WHERE key = :key AND version = :version"),
        {"key": key, "version": version},
    ).scalar_one_or_none()
    if source is None:
        raise NotFound("procedure_unknown", f"There is no procedure {key} of version {version}.")
    return _parsed(source, _roles(connection))


def require_state(connection: Connection, state: str) -> None:
    """Refuse the name of a state that no procedure has, of this version or of an older one."""
    kept = connection.execute(text("SELECT text FROM cases.procedure")).scalars()
    roles = _roles(connection)
    known = {key for source in {*kept, *shipped().values()} for key in _parsed(source, roles).states}
    if state not in known:
        raise BadInput(
            "state_unknown",
            f"No request can be in the state {state[:50]!r}; the states are: {', '.join(sorted(known))}.",
            where="state",
            given=state[:50],
            states=sorted(known),
        )


def check_all(connection: Connection) -> None:
    """Check every procedure that travels with the service, and keep its version; raises as `current` does."""
    for service in shipped():
        current(connection, service)
