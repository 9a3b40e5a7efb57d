"""The report of one judgement: findings with evidence, and its one serial form at declared precision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

import shapely
from shapely.geometry.base import BaseGeometry

from gis.found import Role
from gis.frame import Frame
from gis.land_wire import land_to_dict
from gis.lot import Lot
from gis.missing import Missing
from gis.precision import PRECISION, rounded, safe
from gis.rule import Rule
from gis.rulebook.provision import Value
from gis.words import Words
from gis.zoning import Zoning

ENGINE: Final = "0.1.0"
"""Version of the spatial law's code; a stored report names it, so that a replay can tell code from law."""

Verdict = Literal["complies", "violates", "undecided", "not_applicable"]

_DEGREES: Final = 9
"""Decimals of a degree on the wire: 1e-9° is 0.1 mm, the declared precision of a length."""


@dataclass(frozen=True)
class Evidence:
    """A shape that shows why, in the city's frame, with the figures to write on it."""

    role: Role
    geometry: BaseGeometry
    value: float | None = None
    limit: float | None = None
    unit: str | None = None

    def to_dict(self, frame: Frame, relation: str | None = None) -> dict[str, object]:
        """On the wire; `relation` says whether the label's limit is the least or the most."""
        label = None
        if self.unit is not None:
            label = {
                "value": rounded(self.value, self.unit),
                "limit": rounded(self.limit, self.unit),
                "relation": None if self.limit is None else relation,
                "unit": self.unit,
            }
        return {"role": self.role, "label": label, "geometry": geometry_to_dict(self.geometry, frame)}


@dataclass(frozen=True)
class Basis:
    """The land to which a ratio relates, and both sides of the comparison in square metres."""

    base: str
    base_area: float
    value_area: float | None
    limit_area: float | None


@dataclass(frozen=True)
class Finding:
    """The answer of one provision on one subject.

    margin      how far within the limit (negative: beyond it), in the unit
    missing     what an undecided answer waits for
    subject     an edge, a storey, a zone, an overlay or the lot, by its number, level, code or key
    """

    provision: str
    title: Words
    measure: str
    verdict: Verdict
    text: Words
    rule: Rule | None = None
    subject: tuple[str, str] | None = None
    zone: str | None = None
    relation: str | None = None
    value: float | str | None = None
    limit: float | tuple[str, ...] | None = None
    unit: str | None = None
    margin: float | None = None
    missing: Missing | None = None
    basis: Basis | None = None
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self, frame: Frame) -> dict[str, Any]:
        """The finding on the wire."""
        missing = self.missing
        rule = self.rule
        return {
            "provision": self.provision,
            "title": self.title.to_dict(),
            "measure": self.measure,
            "verdict": self.verdict,
            "reason": missing.kind if missing else None,
            "missing": missing.to_dict() if missing else None,
            "subject": subject_to_dict(self.subject) if self.subject else None,
            "zone": self.zone,
            "relation": self.relation,
            "value": _number(self.value, self.unit),
            "limit": list(self.limit) if isinstance(self.limit, tuple) else _number(self.limit, self.unit),
            "unit": self.unit,
            "margin": _number(self.margin, self.unit),
            "tolerance": _number(rule.tolerance, self.unit) if rule else 0.0,
            "basis": _basis_to_dict(self.basis, self.relation),
            "unmet": [
                {"measure": condition.measure, "cite": condition.cite.ref}
                for condition in (rule.limit.unmet if rule and rule.limit else ())
            ],
            "parts": [
                {"zone": part.zone.code, "share": round(part.zone.share, 6), **_part(part.rule)}
                for part in (rule.parts if rule else ())
            ],
            "cite": cite_to_dict(rule.value) if rule else None,
            "text": self.text.to_dict(),
            "evidence": [item.to_dict(frame, self.relation) for item in self.evidence],
        }


@dataclass(frozen=True)
class PieceReport:
    """A piece of a divided lot as it was judged; its findings are among those of the report, by its name."""

    name: str
    street: bool
    verdict: Verdict
    lot: Lot
    zoning: Zoning

    def to_dict(self, frame: Frame) -> dict[str, Any]:
        """The piece on the wire."""
        return {
            "name": self.name,
            "street": self.street,
            "verdict": self.verdict,
            **land_to_dict(self.lot, self.zoning),
            "geometry": geometry_to_dict(self.lot.after, frame),
        }


@dataclass(frozen=True)
class Report:
    """A judgement of one proposal on one lot under the law of one day; `pieces` where it is to be divided."""

    verdict: Verdict
    on: date
    book_id: str
    book_sha256: str
    sample: bool
    lot: Lot
    frame: Frame
    zoning: Zoning
    findings: tuple[Finding, ...]
    engine: str = ENGINE
    pieces: tuple[PieceReport, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The report on the wire: shapes in EPSG:4326, numbers at declared precision. Same in, same out."""
        lot = self.lot
        said = {
            "verdict": self.verdict,
            "on": self.on.isoformat(),
            "engine": self.engine,
            "book": {"id": self.book_id, "sha256": self.book_sha256, "sample": self.sample},
            "parcel": lot.key,
            **land_to_dict(lot, self.zoning),
            "findings": [finding.to_dict(self.frame) for finding in self.findings],
            "evidence": [
                Evidence("strip", strip, strip.area, None, "m2").to_dict(self.frame)
                for _, strip in lot.widening.strips
            ],
        }
        return said | ({"pieces": [p.to_dict(self.frame) for p in self.pieces]} if self.pieces else {})


def geometry_to_dict(geometry: BaseGeometry, frame: Frame, decimals: int = _DEGREES) -> dict[str, Any]:
    """GeoJSON in longitude and latitude, to so many decimals of a degree."""
    moved = shapely.transform(frame.to_wgs84(geometry), lambda points: points.round(decimals))
    return dict(shapely.geometry.mapping(moved))


def subject_to_dict(subject: tuple[str, str]) -> dict[str, str]:
    """What an answer is about, on the wire."""
    kind, ref = subject
    return {"kind": kind, "ref": ref}


def cite_to_dict(value: Value) -> dict[str, object]:
    """The clause behind a value of law."""
    instrument = value.cite.instrument
    return {
        "ref": value.cite.ref,
        "instrument": instrument.title.to_dict(),
        "number": instrument.number,
        "article": value.cite.article,
        "from": value.since.isoformat(),
    }


def _part(rule: Rule) -> dict[str, object]:
    limit = rounded(rule.limit.strict, rule.provision.unit) if rule.limit else None
    return {"provision": rule.provision.id, "limit": limit, "cite": rule.value.cite.ref}


def _number(value: float | str | tuple[str, ...] | None, unit: str | None) -> object:
    if isinstance(value, int | float) and unit in PRECISION:
        return rounded(value, unit)
    return value


def _basis_to_dict(basis: Basis | None, relation: str | None) -> dict[str, object] | None:
    if basis is None:
        return None
    return {
        "base": basis.base,
        "base_m2": rounded(basis.base_area, "m2"),
        "value_m2": rounded(basis.value_area, "m2"),
        "limit_m2": safe(basis.limit_area, "m2", relation),
    }
