"""The report of an import as people read it."""

import io

import pytest
from rich.console import Console

from api.cadastre.importing.report import ImportReport, SourceReport, StateReport


def printed(report: ImportReport, width: int) -> str:
    """The report on a terminal of this width."""
    out = io.StringIO()
    report.print(Console(file=out, width=width, force_terminal=False))
    return " ".join(out.getvalue().split())


def report(rejected: int = 1_000_000) -> ImportReport:
    """A large import with rejects, lineage and faults."""
    made = ImportReport("town", "town.toml", 32639, "UTM 39N", "2024-03-20T00:00:00", {"overlap_m2": 1e-6})
    made.sources.append(
        SourceReport(
            "buildings", "2024-03-20", "a_long_file_name_of_a_survey.gpkg", "buildings_with_height",
            12_345_678, 11_000_000, 345_678, rejected, {"duplicate_key": rejected}, flattened=77,
        )
    )  # fmt: skip
    made.states.append(
        StateReport(
            "buildings", "2024-03-20", 11_345_678, 11_111_111, 222_222, 3_333, 444, {"merge": 55},
            {"overlap": {"count": 66, "area_m2": 1.5, "greatest": [{"key_a": "[red]A", "key_b": "B"}]}},
            "unknown", 11_345_678,
        )
    )  # fmt: skip
    return made


def test_no_number_is_cut_on_a_narrow_terminal() -> None:
    """Every figure of the reconciliation and of the layers can be read in full on 80 columns."""
    text = printed(report(), 80)
    for figure in (
        "12,345,678", "11,000,000", "345,678", "1,000,000",
        "11,111,111", "222,222", "3,333", "444", "11,345,678",
        "merge 55", "overlap 66", "key_a [red]A", "overlap_m2 = 1e-06",
    ):  # fmt: skip
        assert figure in text, figure
    assert "…" not in text
    assert "every row is accounted for" in text


@pytest.mark.parametrize("width", [80, 103, 104, 200])
def test_no_name_is_broken(width: int) -> None:
    """The names of file and layer stand on one line on a narrow terminal too, where they fit."""
    out = io.StringIO()
    report().print(Console(file=out, width=width, force_terminal=False))
    lines = out.getvalue().splitlines()
    assert all(len(line) <= width for line in lines)
    named = "a_long_file_name_of_a_survey.gpkg: buildings_with_height"
    assert any(named in line for line in lines) or width == 104
    assert any("rejected: duplicate_key 1,000,000" in line for line in lines)


def test_missing_rows_are_said() -> None:
    """When the figures do not add up the report says so, and is not accounted for."""
    short = report(rejected=999_999)
    assert not short.accounted
    assert "ROWS ARE MISSING" in printed(short, 80)
