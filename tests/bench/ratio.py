"""Measuring two ways of one work in turn, and printing them as a ratio."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Ratio:
    """Ours beside a peer's: figures of one unit from one run, and the mark that their ratio should keep.

    `sense` says which way the mark goes: `at_least` for rates, `at_most` for times.
    """

    name: str
    ours: float
    peer: float
    unit: str
    peer_is: str
    sense: Literal["at_least", "at_most"]
    mark: float

    @property
    def value(self) -> float:
        """Ours over the peer's."""
        return self.ours / self.peer

    @property
    def kept(self) -> bool:
        """Whether the ratio keeps its mark."""
        return self.value >= self.mark if self.sense == "at_least" else self.value <= self.mark

    def line(self) -> str:
        """One line for people."""
        sign = "≥" if self.sense == "at_least" else "≤"
        verdict = "kept" if self.kept else "MISSED"
        return (
            f"{self.name}: ours {self.ours:,.3g} {self.unit}, {self.peer_is} {self.peer:,.3g} {self.unit}; "
            f"ratio {self.value:.2f} (mark {sign} {self.mark:g}: {verdict})"
        )


def seconds(act: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def in_turn(
    ours: Callable[[int], object], peer: Callable[[int], object], rounds: int, warm_up: int = 2
) -> tuple[float, float]:
    """Median seconds of both acts, called in turn with the round's number; the first calls are not counted.

    The order changes with every round, so that neither always finds what the other left in a cache.
    """
    spent: tuple[list[float], list[float]] = ([], [])
    for turn in range(-warm_up, rounds):
        for which in (0, 1) if turn % 2 else (1, 0):
            taken = seconds(lambda act=(ours, peer)[which], turn=turn: act(turn % rounds))
            if turn >= 0:
                spent[which].append(taken)
    return statistics.median(spent[0]), statistics.median(spent[1])
