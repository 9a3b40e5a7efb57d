"""Drawings: a building plan in DXF, surveyed, read, measured, and compared with what it declares.

Not imported by `gis` itself: whoever reads no drawing does not wait for its parser.
"""
