"""A subdivision: the pieces into which an owner wants to divide a lot, and the streets between them."""

from gis.subdivision.document import MAX_CORNERS, MAX_NAME, MAX_PIECES
from gis.subdivision.judging import assess_subdivision
from gis.subdivision.pieces import Piece, Subdivision

__all__ = ["MAX_CORNERS", "MAX_NAME", "MAX_PIECES", "Piece", "Subdivision", "assess_subdivision"]
