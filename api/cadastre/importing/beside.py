"""Work that another thread does while the import goes on."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from types import TracebackType
from typing import Self, TypeVar

_Found = TypeVar("_Found")


class GivenUp(Exception):
    """The import ended before this piece of work was done."""


class Beside:
    """A thread for pieces of work, one after another; what is not done when the import fails is given up."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._ended = Event()

    def start(self, act: Callable[[Callable[[], None]], _Found]) -> "Future[_Found]":
        """Do this when the pieces before it are done. It is given what to call now and then: it raises
        `GivenUp` when nobody waits for it any more."""
        return self._pool.submit(act, self._go_on)

    def _go_on(self) -> None:
        if self._ended.is_set():
            raise GivenUp

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if fault is not None:
            self._ended.set()
        self._pool.shutdown(wait=True, cancel_futures=fault is not None)
