"""Builds the web before a wheel or a source archive is packed: no package goes out without its screens."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))

from bootstrap.web import ensure_built  # the project is not installed in the build's environment


class BuiltWeb(BuildHookInterface):  # type: ignore[type-arg,misc]
    """The built web, up to date with its sources; a development install serves `web/dist` and needs none."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the web unless it is up to date."""
        if version != "editable":
            ensure_built()
