"""A town to import."""

from pathlib import Path

import pytest

from api.core.settings import Settings
from tests.integration.cadastre_import.town import Town


@pytest.fixture
def town(tmp_path: Path, fresh_settings: Settings) -> Town:
    """An empty town with a fresh database."""
    return Town(tmp_path, fresh_settings)
