"""The procedure engine: who may go where, and which files it refuses to run."""

from datetime import date
from importlib.resources import files

import pytest

from api.cases.procedure import Clock, Procedure, ProcedureFault, read_procedure
from api.core.errors import Conflict, NotPermitted

ROLES = frozenset({"citizen", "surveyor", "reviewer", "planner", "administrator"})
TEXT = (files("data") / "procedures" / "building_permit.toml").read_text(encoding="utf-8")


@pytest.fixture
def procedure() -> Procedure:
    """The building permit as it ships."""
    return read_procedure(TEXT, ROLES)


def test_building_permit_runs_filed_judged_closed(procedure: Procedure) -> None:
    """A citizen files, the system judges, a reviewer closes with a reason; then nothing is left to do."""
    assert procedure.take(None, "file", ("citizen",), {"proposal": {}}).target == "filed"
    assert procedure.take("filed", "judge", ("system",), {"assessment": 1}).target == "judged"
    assert procedure.take("judged", "close", ("reviewer",), {"reason": "done"}).target == "closed"
    assert procedure.terminal == {"closed"}
    assert procedure.open_to("closed", tuple(ROLES)) == ()


def test_buttons_follow_the_roles(procedure: Procedure) -> None:
    """In `judged` a reviewer sees the move `close`; a citizen, a planner and nobody see none."""
    assert [move.key for move in procedure.open_to("judged", ("reviewer",))] == ["close"]
    for roles in (("citizen",), ("planner",), ()):
        assert procedure.open_to("judged", roles) == ()


def test_a_channel_of_others_is_not_permitted(procedure: Procedure) -> None:
    """A citizen files online, not at the counter or for a bank; a text without channels lets nobody file."""
    procedure.admit("CITIZEN_WEB", ("citizen",))
    procedure.admit("COUNTER", ("citizen", "reviewer"))
    for channel in ("COUNTER", "PISHKHAN", "BANK", "PIGEON"):
        with pytest.raises(NotPermitted) as refused:
            procedure.admit(channel, ("citizen",))
        assert refused.value.values["channels"] == ["CITIZEN_WEB", "CITIZEN_APP"]
    older = TEXT[: TEXT.index("[channel]")] + TEXT[TEXT.index("[[state]]") :]
    with pytest.raises(NotPermitted):
        read_procedure(older, ROLES).admit("CITIZEN_WEB", ("citizen",))


def test_a_move_of_others_is_not_permitted(procedure: Procedure) -> None:
    """A citizen may not close, and nobody may judge by hand."""
    with pytest.raises(NotPermitted):
        procedure.take("judged", "close", ("citizen",), {"reason": "done"})
    with pytest.raises(NotPermitted):
        procedure.take("filed", "judge", tuple(ROLES), {"assessment": 1})


@pytest.mark.parametrize(
    ("state", "key"), [("filed", "close"), ("closed", "close"), ("judged", "fly"), ("judged", "file")]
)
def test_a_move_that_the_state_does_not_have_conflicts(procedure: Procedure, state: str, key: str) -> None:
    """A move out of its state, an unknown one, and filing twice are conflicts."""
    with pytest.raises(Conflict):
        procedure.take(state, key, tuple(ROLES), {"reason": "x", "proposal": {}})


@pytest.mark.parametrize("reason", [None, ""])
def test_what_a_move_needs_is_asked_for(procedure: Procedure, reason: str | None) -> None:
    """Closing without a reason is refused and says what is missing."""
    with pytest.raises(Conflict) as refused:
        procedure.take("judged", "close", ("reviewer",), {"reason": reason})
    assert refused.value.values["need"] == "reason"


BROKEN = [
    ('start = "filed"', 'start = "lost"', "exactly one move"),
    ('law_of = "filed_on"', 'law_of = "today"', "law_of"),
    ('title.en = "Judged"', "", "title in fa and in en"),
    ('to = "judged"', 'to = "judgd"', "unknown state 'judgd'"),
    ('who = ["system"]', 'who = ["systm"]', "unknown role 'systm'"),
    ('who = ["system"]', "who = []", "nobody may"),
    ('needs = ["reason"]', 'needs = ["luck"]', "unknown need"),
    ('from = ["filed"]', 'from = ["judged"]', "no move leads to closed, judged"),
    (
        'from = ["judged"]\nto = "closed"',
        'from = ["judged", "closed"]\nto = "closed"',
        "no state is terminal",
    ),
    ('unit = "calendar_days"', 'unit = "full_moons"', "a clock runs in"),
    ('roll = "none"', 'roll = "next_working_day"', "a clock runs in"),
    ("term = 14", "term = 0", "from 1"),
    ('key = "closed"', 'key = "judged"', "used twice"),
    ("version = 2", "", "'version' is missing"),
    ("COUNTER = ", "PIGEON = ", "unknown channel 'PIGEON'"),
    ('COUNTER = ["reviewer", ', 'COUNTER = ["revewer", ', "unknown role 'revewer'"),
    ('COUNTER = ["reviewer", "administrator"]', "COUNTER = []", "open to nobody"),
    ("[procedure]", "[procedure", "not TOML"),
]


@pytest.mark.parametrize(("there", "instead", "why"), BROKEN, ids=[why for _, _, why in BROKEN])
def test_a_broken_procedure_is_refused(there: str, instead: str, why: str) -> None:
    """Each fault of a file is found before it is run, and named."""
    assert there in TEXT
    with pytest.raises(ProcedureFault, match=why):
        read_procedure(TEXT.replace(there, instead, 1), ROLES)


def test_a_clock_may_not_run_where_nothing_can_be_done() -> None:
    """A terminal state with a clock is refused."""
    clocked = TEXT.replace(
        'title.en = "Closed"',
        'title.en = "Closed"\nclock = { unit = "calendar_days", term = 1, roll = "none" }',
        1,
    )
    with pytest.raises(ProcedureFault, match="nothing can be done"):
        read_procedure(clocked, ROLES)


def test_jalali_months_keep_the_day_or_the_months_last() -> None:
    """31 Shahrivar 1402 and six months is 29 Esfand 1402; 30 Bahman 1403 and one month is 30 Esfand, a
    leap year."""
    assert Clock("jalali_months", 6).due(date(2023, 9, 22)) == date(2024, 3, 19)
    assert Clock("jalali_months", 1).due(date(2025, 2, 18)) == date(2025, 3, 20)
    assert Clock("jalali_months", 12).due(date(2024, 3, 20)) == date(2025, 3, 21)
