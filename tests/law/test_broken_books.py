"""Broken books and the words that each refusal must contain: the place, what is wrong, what to do."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gis import BookRefused, RuleBook
from gis.rulebook_check import check_texts

TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("broken_books.toml").read_text("utf-8"))
PLAN, CITATIONS = TABLE["good"]["plan"], TABLE["good"]["citations"]


def broken(text: str, row: dict[str, Any]) -> str:
    assert row["old"] in text, row["old"]
    return text.replace(row["old"], row["new"], 1)


def name_of(row: dict[str, Any]) -> str:
    return str(row["name"])


def refusal(plan: str, citations: str) -> str:
    with pytest.raises(BookRefused) as error:
        RuleBook.parse(plan, citations)
    assert error.value.code.startswith("rulebook.")
    assert all(f.where and f.reason and f.remedy for f in error.value.faults)
    return "\n".join(str(fault) for fault in error.value.faults)


def assert_says(text: str, words: list[str]) -> None:
    for word in words:
        assert word.lower() in text.lower(), f"{word!r} is not in:\n{text}"


def test_the_unbroken_book_is_read() -> None:
    """The table below breaks one thing at a time in a book that is whole."""
    book = RuleBook.parse(PLAN, CITATIONS)
    assert len(book.provisions) == 4
    assert not [f for f in check_texts(PLAN, CITATIONS, zones_on_map=["R1"]) if f.severity == "error"]


@pytest.mark.parametrize("row", TABLE["plan"], ids=name_of)
def test_a_broken_book_is_refused(row: dict[str, Any]) -> None:
    """The refusal names file and place, the reason, and what to do."""
    assert_says(refusal(broken(PLAN, row), CITATIONS), row["words"])


@pytest.mark.parametrize("row", TABLE["citations"], ids=name_of)
def test_broken_citations_are_refused(row: dict[str, Any]) -> None:
    """An instrument without its marks carries no law."""
    assert_says(refusal(PLAN, broken(CITATIONS, row)), row["words"])


@pytest.mark.parametrize("row", TABLE["published"], ids=name_of)
def test_a_readable_book_that_may_not_be_published(row: dict[str, Any]) -> None:
    """What the check finds in a book that can be read."""
    faults = check_texts(broken(PLAN, row), CITATIONS, zones_on_map=["R1", "R2"])
    assert_says("\n".join(str(fault) for fault in faults), row["words"])


def test_every_fault_is_told_at_once() -> None:
    """A planner corrects a book in one round: all faults are in the refusal, not the first alone."""
    plan = PLAN.replace('unit = "1"', 'unit = "%"').replace("limit = 3", "limit = -3")
    with pytest.raises(BookRefused, match="And 1 more") as error:
        RuleBook.parse(plan, CITATIONS)
    assert [fault.code for fault in error.value.faults] == ["wrong_unit", "negative"]


def test_the_line_is_that_of_the_nearest_header() -> None:
    """The third provision's first value: the planner's editor can jump there."""
    lines = PLAN.splitlines()
    text = refusal(PLAN.replace('"0.1 * depth"', '"0.1 *"'), CITATIONS)
    number = int(text.split(":")[1].split()[0])
    assert lines[number - 1].strip() == "[[provision.value]]"
    assert "0.1 * depth" in "\n".join(lines[number - 1 : number + 4])


def test_the_identity_is_of_both_texts() -> None:
    """A changed citation is another book, though no number changed."""
    one, two = RuleBook.parse(PLAN, CITATIONS), RuleBook.parse(PLAN, CITATIONS + "# read again\n")
    assert len(one.sha256) == 64
    assert one.sha256 != two.sha256
    assert one.sha256 == RuleBook.parse(PLAN, CITATIONS).sha256
