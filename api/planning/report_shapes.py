"""The wire model of a report: what `gis.Report.to_dict` writes, for the description of the service."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from gis.edges import EdgeKind
from gis.missing import Reason
from gis.report import Verdict
from gis.subject import SubjectKind

Geometry = dict[str, Any]


class Words(BaseModel):
    """A text in both languages."""

    fa: str
    en: str


class BookRef(BaseModel):
    """A rule-book by its identity; `sample` says that its law is fictional."""

    id: str
    sha256: str
    sample: bool


class Missing(BaseModel):
    """What keeps an answer undecided, and who can give it."""

    kind: Reason
    name: str
    who: Words


class Subject(BaseModel):
    """What a finding is about, by its number, level, code, key or name: an edge, a piece, the lot, an element
    of the proposal by its number among its kind, from 1."""

    kind: SubjectKind
    ref: str


class Cite(BaseModel):
    """The clause behind a value of law."""

    ref: str
    instrument: Words
    number: str | None
    article: str
    from_: str = Field(alias="from", description="day from which the value is in force")


class Label(BaseModel):
    """The figures to write beside an evidence."""

    value: float | None
    limit: float | None
    relation: Literal["at_most", "at_least"] | None = Field(
        description="whether the limit is the most or the least"
    )
    unit: str


class EvidenceOut(BaseModel):
    """A shape that shows why, as GeoJSON in EPSG:4326."""

    role: str
    label: Label | None
    geometry: Geometry


class Basis(BaseModel):
    """The land to which a ratio relates, and both sides in square metres."""

    base: str
    base_m2: float | None
    value_m2: float | None
    limit_m2: float | None


class Unmet(BaseModel):
    """A condition of the limit that is not met and lowers it."""

    measure: str
    cite: str


class SharePart(BaseModel):
    """What one zone of a split lot adds to the limit."""

    zone: str
    share: float
    provision: str
    limit: float | None
    cite: str


class FindingOut(BaseModel):
    """The answer of one provision on one subject."""

    provision: str
    title: Words
    measure: str
    verdict: Verdict
    reason: Reason | None
    missing: Missing | None
    subject: Subject | None
    zone: str | None
    relation: str | None
    value: float | str | list[str] | None
    limit: float | str | list[str] | None
    unit: str | None
    margin: float | None
    tolerance: float
    basis: Basis | None
    unmet: list[Unmet]
    parts: list[SharePart]
    cite: Cite | None
    text: Words
    evidence: list[EvidenceOut]


class Areas(BaseModel):
    """The lot's area before and after widening; null where the loss is not known."""

    before_m2: float
    loss_m2: float | None
    after_m2: float | None


class ReportEdge(BaseModel):
    """An edge of the lot after widening."""

    index: int
    kind: EdgeKind
    evidence: str
    length_m: float
    azimuth_deg: float
    street: str | None


class ReportLot(BaseModel):
    """The lot as it was judged."""

    orientation: str | None
    frontage_m: float | None
    depth_m: float | None
    edges: list[ReportEdge]


class ReportZone(BaseModel):
    """A zone with its share of the lot; `governs` is false for a sliver or a zone that another dominates."""

    code: str
    share: float
    governs: bool


class ReportOut(BaseModel):
    """The judgement of a proposal on a parcel under the law of one day."""

    verdict: Verdict
    on: str
    engine: str
    book: BookRef
    parcel: str
    area: Areas
    lot: ReportLot
    zones: list[ReportZone]
    findings: list[FindingOut]
    evidence: list[EvidenceOut]


class PieceOut(BaseModel):
    """A piece of divided land as a lot of its own; its findings are those whose subject has its name."""

    name: str
    street: bool = Field(description="it becomes public way")
    verdict: Verdict
    area: Areas
    lot: ReportLot
    zones: list[ReportZone]
    geometry: Geometry


class SubdivisionReportOut(ReportOut):
    """The judgement of a division of a parcel under the law of one day."""

    pieces: list[PieceOut]
