"""Settings of a command in the terminal: the database of `DATABASE_URL`, else the private one of `./run`."""

import atexit
import os
from contextlib import ExitStack

from api.core.settings import Settings
from bootstrap import private


def command_settings() -> Settings:
    """The settings of this environment, with a database that is served until the command ends.

    Without `DATABASE_URL` the private cluster is started where it does not run, and stopped at the end where
    nobody else uses it. Raises `bootstrap.terminal.Stop` where there is none yet.
    """
    if not os.environ.get("DATABASE_URL"):
        until_exit = ExitStack()
        os.environ["DATABASE_URL"] = until_exit.enter_context(private.database(create=False))
        atexit.register(until_exit.close)
    return Settings()
