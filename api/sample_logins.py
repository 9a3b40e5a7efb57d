"""One person for each role of the sample city, with the passwords of this installation.

    DATABASE_URL=… python -m api.sample_logins FILE

FILE holds a line for each person: username and password. `./run` makes it, once, with random passwords.
Persons that are missing are added, other passwords are replaced; else nothing changes.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection, text

from api.core.database import engine
from api.core.errors import Conflict
from api.core.settings import Settings
from api.people.accounts import open_account, set_password
from api.people.passwords import password_fits


def make_sample_logins(connection: Connection, passwords: Mapping[str, str]) -> list[str]:
    """Give each role's sample person its password; returns the usernames that were added or changed.

    The username is the role. Raises `Conflict` where this is not the sample city: a real one has real people.
    """
    if connection.execute(text("SELECT is_sample FROM cadastre.city")).scalar_one_or_none() is not True:
        raise Conflict("city_not_sample", "Sample log-ins are for the sample city alone.")
    titles = _pairs(connection, "SELECT key, title_fa FROM people.role")
    known = _pairs(connection, "SELECT username, password_hash FROM people.person")
    changed = []
    for role, password in passwords.items():
        if role not in known:
            open_account(connection, role, f"{titles[role]} نمونه", password, (role,))
        elif not password_fits(known[role], password):
            set_password(connection, role, password)
        else:
            continue
        changed.append(role)
    return changed


def _pairs(connection: Connection, query: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(text(query))}


def read_passwords(lines: str) -> dict[str, str]:
    """The passwords by username.

    >>> read_passwords("citizen abc\\nplanner d-e\\n")
    {'citizen': 'abc', 'planner': 'd-e'}
    >>> read_passwords("")
    {}
    """
    return dict(line.split(maxsplit=1) for line in lines.splitlines() if line.strip())


if __name__ == "__main__":
    with engine(Settings(), role="owner").begin() as opened:
        make_sample_logins(opened, read_passwords(Path(sys.argv[1]).read_text(encoding="utf-8")))
