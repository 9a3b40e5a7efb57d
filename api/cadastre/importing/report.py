"""What an import did: the reconciliation of every source, what became of each layer, the faults found."""

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.cadastre.importing.faults import SENTENCES
from api.core.errors import Unavailable

_WIDE = 104
"""Columns of a terminal from which the sources have room beside their figures."""


@dataclass(frozen=True)
class SourceReport:
    """The reconciliation of one source: imported + repaired + rejected = read."""

    layer: str
    day: str
    file: str
    source_layer: str | None
    read: int
    imported: int
    repaired: int
    rejected: int
    reasons: dict[str, int]
    merged: int = 0
    flattened: int = 0
    mixed: int = 0
    crs: str | None = None
    transformation: str | None = None
    accuracy_m: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def accounted(self) -> bool:
        """Whether every row read has its place."""
        return self.imported + self.repaired + self.rejected == self.read


@dataclass(frozen=True)
class StateReport:
    """What a state did to its layer, and the faults it has in itself.

    `complete_share` is the share of the parcels for which it is complete, None where nobody knows;
    `complete_kinds` how complete each kind of overlays is, "*" the kinds that no source names. It is not
    complete at the places of `left_out` rejected rows (`left_out_m2` square metres), and nobody knows where
    it is while the place of a rejected row is not known (`unplaced`).
    """

    layer: str
    day: str
    features: int
    unchanged: int
    added: int
    changed: int
    ended: int
    lineage: dict[str, int]
    faults: dict[str, dict[str, Any]]
    complete: str
    in_force: int = 0
    complete_share: float | None = None
    complete_kinds: dict[str, str] = field(default_factory=dict)
    left_out: int = 0
    left_out_m2: float = 0.0
    unplaced: tuple[str, ...] = ()


@dataclass
class ImportReport:
    """The whole import.

    `changed` is False where the city already was what the profile says; then nothing was kept, not even a
    record of the run.
    """

    city: str
    profile: str
    srid: int
    frame: str
    started_at: str
    checks: dict[str, float]
    sources: list[SourceReport] = field(default_factory=list)
    states: list[StateReport] = field(default_factory=list)
    faults: dict[str, dict[str, Any]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rejects: list[dict[str, Any]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    rows_written: int = 0
    changed: bool = False
    import_id: int | None = None

    @property
    def accounted(self) -> bool:
        """Whether every row of every source is accounted for."""
        return all(source.accounted for source in self.sources)

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON carries it, without the single rejects (they have a file and a table)."""
        plain = asdict(self)
        plain.pop("rejects")
        plain["accounted"] = self.accounted
        return plain

    def write(self, path: Path) -> None:
        """Write the report as JSON, and the rejected rows as CSV beside it."""
        try:
            _replace(path, json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n")
            rejects = rejects_path(path)
            with (part := rejects.with_name(rejects.name + ".part")).open(
                "w", encoding="utf-8", newline=""
            ) as out:
                columns = ["layer", "file", "row", "key", "code", "reason"]
                rows = csv.DictWriter(out, columns, lineterminator="\n")
                rows.writeheader()
                rows.writerows(self.rejects)
            part.replace(rejects)
        except OSError as fault:
            raise Unavailable(
                "report_unwritable", f"The report cannot be written: {fault.strerror}.", where=str(path)
            ) from fault

    def print(self, console: Console | None = None) -> None:
        """The reconciliation and the faults as tables for people."""
        out = console or Console()
        out.print(f"[bold]{self.city}[/bold] · frame EPSG:{self.srid} ({self.frame})")
        _print_sources(out, self.sources)
        _print_states(out, self.states)
        for state in self.states:
            _print_faults(out, f"{state.layer} {state.day}", state.faults)
        _print_faults(out, "between layers", self.faults)
        thresholds = ", ".join(f"{name} = {value:g}" for name, value in self.checks.items())
        out.print(f"Checked with: {thresholds}")
        for warning in self.warnings:
            out.print(f"[yellow]Warning:[/yellow] {escape(warning)}")
        for note in self.notes:
            out.print(f"Note: {note}", markup=False)
        total = sum(source.read for source in self.sources)
        spent = self.seconds.get("all", 0)
        pace = f"{total / spent:,.0f} rows/s" if spent else ""
        outcome = f"import {self.import_id}" if self.changed else "no change: the city was this already"
        accounted = "every row is accounted for" if self.accounted else "[red]ROWS ARE MISSING[/red]"
        out.print(f"{total:,} rows read in {spent:.1f} s ({pace}); {outcome}; {accounted}.")


def rejects_path(report: Path) -> Path:
    """Where the rejected rows of a report stand.

    >>> str(rejects_path(Path("out/report.json")))
    'out/report.json.rejects.csv'
    """
    return report.with_name(report.name + ".rejects.csv")


def require_writable(path: Path) -> None:
    """Refuse a place for the report that cannot be written, before anything is imported."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8"):
            pass
    except OSError as fault:
        raise Unavailable(
            "report_unwritable", f"The report cannot be written: {fault.strerror}.", where=str(path)
        ) from fault


def _replace(path: Path, body: str) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(body, encoding="utf-8")
    part.replace(path)


def _table(title: str, names: Sequence[str], numbers: Sequence[str], last: str = "") -> Table:
    """A table whose names and numbers are never cut, down to a terminal of 80 columns."""
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name in names:
        table.add_column(name, no_wrap=True)
    for name in numbers:
        table.add_column(name, justify="right", no_wrap=True)
    if last:
        table.add_column(last, overflow="fold")
    return table


def _print_sources(out: Console, sources: list[SourceReport]) -> None:
    """The reconciliation; on a narrow terminal what was read stands in lines of its own."""
    wide = out.width >= _WIDE
    table = _table(
        "Rows: imported + repaired + rejected = read",
        ("layer", "day"), ("read", "imported", "repaired", "rejected"), "source" if wide else "",
    )  # fmt: skip
    for one in sources:
        numbers = (one.read, one.imported, one.repaired, one.rejected)
        told = [escape("\n".join([_named(one), *_remarks(one)]))] if wide else []
        table.add_row(one.layer, one.day, *(f"{n:,}" for n in numbers), *told)
    out.print(table)
    if not wide:
        for one in sources:
            out.print(f"{one.layer} {one.day}: {_named(one)}", markup=False)
            for remark in _remarks(one):
                _print_indented(out, remark)
        out.print()


def _named(one: SourceReport) -> str:
    return one.file if one.source_layer is None else f"{one.file}: {one.source_layer}"


def _print_indented(out: Console, line: str) -> None:
    out.print(Padding(Text(line), (0, 0, 0, 4), expand=False))


def _remarks(one: SourceReport) -> list[str]:
    """Why rows were rejected, and what else was done to them."""
    told = [f"rejected: {code} {n:,}" for code, n in one.reasons.items()]
    done = {"3-D flattened": one.flattened, "of mixed types": one.mixed, "joined to another row": one.merged}
    told += [f"{what}: {n:,}" for what, n in done.items() if n]
    if one.transformation and one.accuracy_m is None:
        told.append(f"moved by {one.transformation}, accuracy unknown")
    elif one.transformation and one.accuracy_m:
        told.append(f"moved by {one.transformation}, ±{one.accuracy_m:g} m")
    return [*told, *one.notes]


def _print_states(out: Console, states: list[StateReport]) -> None:
    """What became of the layers, laid out like the reconciliation."""
    wide = out.width >= _WIDE
    table = _table(
        "Layers: what became of them",
        ("layer", "day"), ("unchanged", "added", "changed", "ended", "in force"),
        "complete; lineage" if wide else "",
    )  # fmt: skip
    for one in states:
        numbers = (one.unchanged, one.added, one.changed, one.ended, one.in_force)
        told = [escape("\n".join([one.complete, *_kinds(one), *_lineage(one)]))] if wide else []
        table.add_row(one.layer, one.day, *(f"{n:,}" for n in numbers), *told)
    out.print(table)
    if not wide:
        for one in states:
            out.print(f"{one.layer} {one.day}: complete: {one.complete}", markup=False)
            for line in (*_kinds(one), *_lineage(one)):
                _print_indented(out, line)
        out.print()


def _kinds(one: StateReport) -> list[str]:
    """Of overlays, where each kind is complete."""
    return [f"{'any other kind' if k == '*' else k}: {said}" for k, said in one.complete_kinds.items()]


def _lineage(one: StateReport) -> list[str]:
    return [f"{kind} {n:,}" for kind, n in one.lineage.items()]


def _print_faults(out: Console, where: str, faults: dict[str, dict[str, Any]]) -> None:
    for kind, said in faults.items():
        area = f", {said['area_m2']:,.3f} m² in all" if "area_m2" in said else ""
        out.print(f"[yellow]{where}: {kind} {said['count']:,}{area}[/yellow] ({SENTENCES[kind]})")
        for one in said["greatest"][:3]:
            told = ", ".join(f"{name} {value}" for name, value in one.items())
            _print_indented(out, told)
