"""A procedure: the graph of states and moves that a request lives by. Data in TOML, checked before it is
used."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, get_args

from jdatetime import date as JalaliDate  # noqa: N812

from api.core.errors import Conflict, NotPermitted

SYSTEM = "system"
"""Who makes the moves that no person makes."""
Channel = Literal["CITIZEN_WEB", "CITIZEN_APP", "PISHKHAN", "CAFENET", "NOTARY", "BANK", "AGENCY", "COUNTER"]
"""The way by which a request comes in (domain R1)."""
Need = Literal["proposal", "assessment", "reason"]
_NEEDS = ("proposal", "assessment", "reason")
_CHANNELS: tuple[str, ...] = get_args(Channel)
_UNITS = ("calendar_days", "jalali_months")


class ProcedureFault(ValueError):
    """A procedure file that cannot be run: what is wrong and where."""


@dataclass(frozen=True)
class Clock:
    """How long a state may last: `term` units from the day it was entered; the last day is part of it."""

    unit: Literal["calendar_days", "jalali_months"]
    term: int

    def due(self, entered: date) -> date:
        """The last day of the term.

        A Jalali month keeps the day of the month, or the last day of a shorter month (domain 1.5).

        >>> Clock("calendar_days", 14).due(date(2026, 11, 21))
        datetime.date(2026, 12, 5)
        >>> from_jalali = lambda *day: JalaliDate(*day).togregorian()
        >>> JalaliDate.fromgregorian(date=Clock("jalali_months", 6).due(from_jalali(1403, 6, 31)))
        jdatetime.date(1403, 12, 30)
        >>> JalaliDate.fromgregorian(date=Clock("jalali_months", 6).due(from_jalali(1402, 6, 31)))
        jdatetime.date(1402, 12, 29)
        """
        if self.unit == "calendar_days":
            return entered + timedelta(days=self.term)
        start = JalaliDate.fromgregorian(date=entered)
        months = start.year * 12 + start.month - 1 + self.term
        year, month = divmod(months, 12)
        first_of_next = JalaliDate(year + month // 11, (month + 1) % 12 + 1, 1)
        last = (first_of_next - timedelta(days=1)).day
        day: date = JalaliDate(year, month + 1, min(start.day, last)).togregorian()
        return day


@dataclass(frozen=True)
class State:
    """A state of a request."""

    key: str
    title: Mapping[str, str]
    clock: Clock | None


@dataclass(frozen=True)
class Move:
    """A way from states to a state: who may go it and what it needs. Without `sources` it opens the
    request."""

    key: str
    title: Mapping[str, str]
    sources: tuple[str, ...]
    target: str
    who: tuple[str, ...]
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class Procedure:
    """A checked procedure of one version, with the digest of its text."""

    key: str
    version: int
    title: Mapping[str, str]
    states: Mapping[str, State]
    moves: Mapping[str, Move]
    channels: Mapping[str, tuple[str, ...]]
    """The roles that may file by each open channel; empty in texts from before channels were declared."""
    text: str
    sha256: bytes

    @property
    def opening(self) -> Move:
        """The move that opens a request."""
        return next(move for move in self.moves.values() if not move.sources)

    @property
    def terminal(self) -> frozenset[str]:
        """States that no move leaves."""
        left = {state for move in self.moves.values() for state in move.sources}
        return frozenset(self.states) - left

    def open_to(self, state: str, roles: tuple[str, ...]) -> tuple[Move, ...]:
        """The moves that a holder of these roles may make in this state: the buttons of a screen."""
        return tuple(
            move for move in self.moves.values() if state in move.sources and set(move.who) & set(roles)
        )

    def admit(self, channel: str, roles: tuple[str, ...]) -> None:
        """Refuse a channel that is not open to these roles; raises `NotPermitted`."""
        if not set(self.channels.get(channel, ())) & set(roles):
            mine = [name for name, who in self.channels.items() if set(who) & set(roles)]
            raise NotPermitted(
                "channel_of_others",
                f"Your roles do not file by the channel {channel}; open to you: {', '.join(mine) or 'none'}.",
                where="/channel",
                channel=channel,
                channels=mine,
            )

    def take(self, state: str | None, key: str, roles: tuple[str, ...], given: Mapping[Need, object]) -> Move:
        """The move, where it may be made now, by these roles, with what is given.

        Raises `Conflict` where the state has no such move or something needed is missing, `NotPermitted`
        where it
        belongs to others.
        """
        move = self.moves.get(key)
        if move is None or (state not in move.sources if move.sources else state is not None):
            raise Conflict(
                "move_not_open",
                f"A request that is {state or 'not filed'} has no move {key!r}.",
                where="move",
                move=key,
                state=state or "",
            )
        if not set(move.who) & set(roles):
            raise NotPermitted(
                "move_of_others",
                f"The move {key!r} belongs to {', '.join(move.who)}.",
                where="move",
                move=key,
            )
        for need in move.needs:
            if given.get(need) in (None, ""):
                raise Conflict(
                    "move_incomplete", f"The move {key!r} needs a {need}.", where=need, move=key, need=need
                )
        return move


def read_procedure(text: str, roles: frozenset[str]) -> Procedure:
    """A procedure from its TOML text, checked whole against the roles that exist.

    Raises `ProcedureFault`: broken TOML, a missing title, an unknown state, role, need, clock or channel, a
    channel that is open to nobody, no or several opening moves, a state that cannot be reached, a procedure
    that never ends.
    """
    try:
        table = tomllib.loads(text)
        head = table["procedure"]
        states = {str(s["key"]): State(s["key"], s["title"], _clock(s)) for s in table["state"]}
        moves = {
            str(m["key"]): Move(
                m["key"], m["title"], tuple(m.get("from", ())), m["to"], tuple(m["who"]), tuple(m["needs"])
            )
            for m in table["move"]
        }
        procedure = Procedure(
            head["key"],
            int(head["version"]),
            head["title"],
            states,
            moves,
            {name: tuple(who) for name, who in table.get("channel", {}).items()},
            text,
            hashlib.sha256(text.encode()).digest(),
        )
        start, law_of = head["start"], head["law_of"]
    except tomllib.TOMLDecodeError as fault:
        raise ProcedureFault(f"not TOML: {fault}") from fault
    except KeyError as fault:
        raise ProcedureFault(f"the key {fault} is missing") from fault
    if len(states) != len(table["state"]) or len(moves) != len(table["move"]):
        raise ProcedureFault("a key of a state or move is used twice")
    if law_of != "filed_on":
        raise ProcedureFault(f"law_of: unknown day {law_of!r}")
    _check_words(procedure, roles)
    _check_channels(procedure, roles)
    _check_graph(procedure, start)
    return procedure


def _clock(state: dict[str, Any]) -> Clock | None:
    clock = state.get("clock")
    if clock is None:
        return None
    if clock.get("unit") not in _UNITS or clock.get("roll") != "none":
        raise ProcedureFault(
            f"state {state['key']}: a clock runs in {' or '.join(_UNITS)} with roll = 'none', not in {clock}"
        )
    if not isinstance(clock.get("term"), int) or clock["term"] < 1:
        raise ProcedureFault(f"state {state['key']}: the term of a clock is a whole number from 1")
    return Clock(clock["unit"], clock["term"])


def _check_words(procedure: Procedure, roles: frozenset[str]) -> None:
    titled: list[tuple[str, Mapping[str, str]]] = [("procedure", procedure.title)]
    titled += [(f"state {s.key}", s.title) for s in procedure.states.values()]
    titled += [(f"move {m.key}", m.title) for m in procedure.moves.values()]
    for place, title in titled:
        if not all(isinstance(title, Mapping) and title.get(language) for language in ("fa", "en")):
            raise ProcedureFault(f"{place}: a title in fa and in en is needed")
    for move in procedure.moves.values():
        for state in (*move.sources, move.target):
            if state not in procedure.states:
                raise ProcedureFault(f"move {move.key}: unknown state {state!r}")
        for role in move.who:
            if role != SYSTEM and role not in roles:
                raise ProcedureFault(f"move {move.key}: unknown role {role!r}")
        for need in move.needs:
            if need not in _NEEDS:
                raise ProcedureFault(f"move {move.key}: unknown need {need!r}")
        if not move.who:
            raise ProcedureFault(f"move {move.key}: nobody may make it")


def _check_channels(procedure: Procedure, roles: frozenset[str]) -> None:
    for channel, who in procedure.channels.items():
        if channel not in _CHANNELS:
            raise ProcedureFault(f"unknown channel {channel!r}; known: {', '.join(_CHANNELS)}")
        if unknown := sorted(set(who) - roles):
            raise ProcedureFault(f"channel {channel}: unknown role {unknown[0]!r}")
        if not who:
            raise ProcedureFault(f"channel {channel}: open to nobody; leave it out")


def _check_graph(procedure: Procedure, start: str) -> None:
    opening = [move for move in procedure.moves.values() if not move.sources]
    if len(opening) != 1 or opening[0].target != start:
        raise ProcedureFault(f"exactly one move without 'from' must open the request, into {start!r}")
    reached, frontier = {start}, [start]
    while frontier:
        state = frontier.pop()
        for move in procedure.moves.values():
            if state in move.sources and move.target not in reached:
                reached.add(move.target)
                frontier.append(move.target)
    if lost := sorted(set(procedure.states) - reached):
        raise ProcedureFault(f"no move leads to {', '.join(lost)}")
    if not procedure.terminal:
        raise ProcedureFault("no state is terminal: a request could never end")
    for state in procedure.terminal:
        if procedure.states[state].clock is not None:
            raise ProcedureFault(f"state {state}: a clock runs where nothing can be done any more")
