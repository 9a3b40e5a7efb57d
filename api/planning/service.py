"""The acts of planning: judge a proposal, say what may be built, store a judgement, make a stored one
again."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from api.cadastre.facts import SiteFacts, facts_at
from api.cadastre.service import city
from api.core.errors import NotFound
from api.core.wire import write_json
from api.planning.books import LoadedBook, asked_around, book_in_force, parsed
from api.planning.site import site_of
from gis import Proposal, Report, Subdivision, assess, assess_subdivision


@dataclass(frozen=True)
class Judgement:
    """A report with what it was made of, and its exact text."""

    facts: SiteFacts
    book: LoadedBook
    proposal: dict[str, Any]
    report: Report
    text: bytes

    @property
    def sha256(self) -> bytes:
        """Digest of the report's exact text."""
        return hashlib.sha256(self.text).digest()


def judged(facts: SiteFacts, book: LoadedBook, proposal: dict[str, Any]) -> Judgement:
    """The judgement of a proposal on a site under the law of the facts' day. Pure: nothing is read or
    written.

    Raises `GisError` for a proposal that cannot be read, with a JSON pointer into it.
    """
    site = site_of(facts)
    report = assess(site, Proposal.from_geojson(proposal, site.frame), book.book, on=facts.on)
    return Judgement(facts, book, proposal, report, write_json(report.to_dict()))


def judge(
    connection: Connection, rulebooks: str, parcel: str, on: date, proposal: dict[str, Any]
) -> Judgement:
    """Judge a proposal for a parcel by the map and the law in force on a day; stores nothing.

    Raises `NotFound` for an unknown parcel, `LawError` for a day without formalised law, `GisError` for a bad
    proposal.
    """
    return judged(*_facts_and_book(connection, rulebooks, parcel, on), proposal)


def judge_subdivision(
    connection: Connection, rulebooks: str, parcel: str, on: date, subdivision: dict[str, Any]
) -> Judgement:
    """Judge a division of a parcel into pieces by the map and the law in force on a day; stores nothing.

    Raises as `judge`, `GisError` for pieces that cannot be read.
    """
    facts, book = _facts_and_book(connection, rulebooks, parcel, on)
    site = site_of(facts)
    pieces = Subdivision.from_geojson(subdivision, site.frame)
    report = assess_subdivision(site, pieces, book.book, on=facts.on)
    return Judgement(facts, book, subdivision, report, write_json(report.to_dict()))


def _facts_and_book(
    connection: Connection, rulebooks: str, parcel: str, on: date
) -> tuple[SiteFacts, LoadedBook]:
    """The facts of a parcel as far as the city's law asks for them, and that law."""
    book = book_in_force(city(connection).rulebook, rulebooks)
    try:
        facts = facts_at(connection, parcel, on, asked_around(book, on))
    except NotFound:
        # A day before the first law is refused as such, whether or not the parcel was already there.
        book.book.require(on)
        raise
    return facts, book


def store(connection: Connection, judgement: Judgement) -> int:
    """Keep a judgement for ever with its book, day, engine and exact facts; its id."""
    book = judgement.book
    connection.execute(
        text(
            "INSERT INTO planning.book (sha256, id, texts) VALUES (:sha256, :id, CAST(:texts AS jsonb))"
            " ON CONFLICT (sha256) DO NOTHING"
        ),
        {"sha256": book.sha256, "id": book.book.id, "texts": json.dumps(dict(book.texts))},
    )
    return int(
        connection.execute(
            text("""
                INSERT INTO planning.assessment
                    (parcel_key, on_day, book_sha256, engine_version, facts, proposal, report,
                    report_sha256, verdict)
                VALUES (:parcel, :on, :book, :engine, CAST(:facts AS json), CAST(:proposal AS json),
                        CAST(:report AS json), :sha256, :verdict)
                RETURNING id
            """),
            {
                "parcel": judgement.facts.key,
                "on": judgement.facts.on,
                "book": book.sha256,
                "engine": judgement.report.engine,
                "facts": write_json(judgement.facts.to_json()).decode(),
                "proposal": write_json(judgement.proposal).decode(),
                "report": judgement.text.decode(),
                "sha256": judgement.sha256,
                "verdict": judgement.report.verdict,
            },
        ).scalar_one()
    )


@dataclass(frozen=True)
class Replay:
    """What came of making a stored report again."""

    same: bool
    engine_then: str
    engine_now: str
    differing: tuple[str, ...]
    """The provisions whose findings differ; `report` where something beside the findings does."""


def replay(connection: Connection, assessment: int) -> Replay:
    """Make a stored report again from its own facts, book and proposal, and compare the texts.

    Under the same engine only `same` passes; a stored report is never rewritten. Raises `NotFound`.
    """
    row = connection.execute(
        text("""
            SELECT a.facts::text, a.proposal::text, a.report::text, a.report_sha256, a.engine_version, b.texts
            FROM planning.assessment a JOIN planning.book b ON b.sha256 = a.book_sha256 WHERE a.id = :id
        """),
        {"id": assessment},
    ).one_or_none()
    if row is None:
        raise NotFound("assessment_unknown", f"There is no assessment {assessment}.")
    book = parsed(tuple(sorted(row.texts.items())))
    again = judged(SiteFacts.from_json(json.loads(row.facts)), book, json.loads(row.proposal))
    now = again.report.engine
    if again.text.decode() == row.report and again.sha256 == bytes(row.report_sha256):
        return Replay(True, row.engine_version, now, ())
    then, new = (
        {(f["provision"], str(f["subject"]), str(f["zone"])): f for f in json.loads(source)["findings"]}
        for source in (row.report, again.text)
    )
    differing = sorted({key[0] for key in then.keys() | new.keys() if then.get(key) != new.get(key)})
    return Replay(False, row.engine_version, now, tuple(differing) or ("report",))
