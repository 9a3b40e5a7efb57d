"""What a running service hands to its routes: the engine and the settings it was composed with."""

from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine

from api.core.settings import Settings


async def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


Database = Annotated[Engine, Depends(_engine)]
"""The service's engine (role of least privilege)."""
Composition = Annotated[Settings, Depends(_settings)]
"""The settings of this installation."""
