"""Judged land on the wire: its areas, its edges, the zones whose law governs it."""

from __future__ import annotations

from typing import Any

from gis.lot import Lot
from gis.precision import rounded
from gis.zoning import Zoning


def land_to_dict(lot: Lot, zoning: Zoning) -> dict[str, Any]:
    """`area`, `lot` and `zones` of a report, at declared precision; null where a widening is not known."""
    known = lot.widening.known
    return {
        "area": {
            "before_m2": rounded(lot.area_before, "m2"),
            "loss_m2": rounded(lot.widening.loss_area, "m2") if known else None,
            "after_m2": rounded(lot.area_after, "m2") if known else None,
        },
        "lot": {
            "orientation": lot.orientation,
            "frontage_m": rounded(lot.frontage, "m"),
            "depth_m": rounded(lot.depth, "m"),
            "edges": [
                {
                    "index": edge.index,
                    "kind": edge.kind,
                    "evidence": edge.evidence,
                    "length_m": rounded(edge.length, "m"),
                    "azimuth_deg": round(edge.azimuth, 4),
                    "street": edge.street.key if edge.street else None,
                }
                for edge in lot.edges
            ],
        },
        "zones": [
            {"code": zone.code, "share": round(zone.share, 6), "governs": zone in zoning.zones}
            for zone in (*zoning.zones, *zoning.slivers)
        ],
    }
