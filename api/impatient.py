"""Connections that ask for nothing: closed after a while, so that they cannot use up the sockets."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol


class Impatient(H11Protocol):
    """HTTP/1.1 for `uvicorn`, which itself waits for ever for a request that is never finished.

    A connection on which for `PATIENCE` seconds no request was read and none is being answered is closed. How
    long a body may take is the route's own matter (`api.core.wire.BODY_SECONDS`).
    """

    PATIENCE = 20.0
    _watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to watch the connection."""
        super().connection_made(transport)
        self._look_again(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop watching it."""
        if self._watch is not None:
            self._watch.cancel()
        super().connection_lost(exc)

    def _look_again(self, last: object) -> None:
        self._watch = self.loop.call_later(self.PATIENCE, self._look, last)

    def _look(self, last: object) -> None:
        answering = self.cycle is not None and not self.cycle.response_complete
        if answering or self.scope is not last:
            self._look_again(self.scope)
        else:
            self.transport.close()
