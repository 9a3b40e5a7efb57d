"""Windows."""

from __future__ import annotations

from typing import Final

WALL: Final = 0.1
"""Metres by which the line of a window may be drawn beside the face of its wall."""
