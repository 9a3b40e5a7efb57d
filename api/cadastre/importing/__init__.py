"""A city's files into its database: `run_import(profile, settings)`."""

from api.cadastre.importing.progress import on_terminal
from api.cadastre.importing.refusals import ImportConflict, ImportRefused
from api.cadastre.importing.report import ImportReport
from api.cadastre.importing.run import run_import

__all__ = ["ImportConflict", "ImportRefused", "ImportReport", "on_terminal", "run_import"]
