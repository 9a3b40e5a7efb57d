"""What a running service hands to its routes: the engine and the settings it was composed with."""

from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine

from api.core.settings import Settings


async def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine


async def _reading(request: Request) -> Engine:
    reading: Engine = request.app.state.reading
    return reading


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


Database = Annotated[Engine, Depends(_engine)]
"""The service's engine (role of least privilege)."""
Reading = Annotated[Engine, Depends(_reading)]
"""The same connections without transactions, for what only reads: each statement alone, no round of BEGIN."""
Composition = Annotated[Settings, Depends(_settings)]
"""The settings of this installation."""
