"""The help of the two commands. No import, no new syntax: it must print on any Python 3."""

DEFAULT_PORT = 8765
DEFAULT_PARCELS = 5000

RUN = """\
usage: ./run [--port N] [--parcels N] [--no-open] [--help]

Sets everything up, loads the sample city on the first start, and serves Parvaneh on this machine.
Prints `ready http://127.0.0.1:N` when it serves, and the sample log-ins. Ctrl-C stops all of it.

  --port N      serve on this port (default 8765; 0 takes any free one)
  --parcels N   size of the sample city; counts on the first start only (default 5000)
  --no-open     do not open the browser
  --help        this text

DATABASE_URL    a PostgreSQL with PostGIS to use instead of the private one
PARVANEH_DATA   the folder of the private database and the sample log-ins
                (default /var/lib/parvaneh for root, else ~/.local/share/parvaneh)
"""

TEST = """\
usage: ./test [pytest arguments]

Without arguments: every check (lint, types, imports, rule-books, web) and every suite, on a throw-away
database, with a summary at the end. With arguments: pytest alone, with these arguments, for example
  ./test tests/unit -k widening
  ./test -- --help        the help of pytest

PARVANEH_REQUIRE_BROWSER=1   browser tests fail where the browser is missing, instead of skipping
PARVANEH_GEODATA             folder of the real scenes (tests/realdata skip by name where it is absent)
"""


def wrong_python(found: "tuple[int, int]", wanted: "tuple[int, int]") -> str:
    """One line for a Python that is too old or too new.

    >>> wrong_python((3, 9), (3, 11))
    'parvaneh: Python 3.9 is too old: Python 3.11 is needed (Debian 12 has it as python3)'
    >>> wrong_python((3, 13), (3, 11))
    'parvaneh: Python 3.13 is too new: Python 3.11 is needed (Debian 12 has it as python3)'
    """
    age = "too old" if found < wanted else "too new"
    have, need = f"{found[0]}.{found[1]}", f"{wanted[0]}.{wanted[1]}"
    return f"parvaneh: Python {have} is {age}: Python {need} is needed (Debian 12 has it as python3)"
