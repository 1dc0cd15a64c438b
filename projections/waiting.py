"""Waiting until the views have come far enough: whoever wrote reads what they wrote."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from domain.errors import Unavailable
from projections.store import Views

POLL_SECONDS = 0.005
SEEN_SECONDS = 1.0
"""How long a position that was seen is believed: a ledger brought back from an older copy has
views that stand before it."""


class PositionWatch:
    """Many waiters, one question every few milliseconds, and none while nobody waits.

    Belongs to one event loop.
    """

    def __init__(
        self,
        views: Views,
        poll_seconds: float = POLL_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._views = views
        self._poll_seconds = poll_seconds
        self._monotonic = monotonic
        self._seen, self._seen_at = 0, float("-inf")
        self._waiters: dict[asyncio.Future[None], int] = {}
        self._poller: asyncio.Task[None] | None = None

    async def at_least(self, position: int, timeout: float) -> bool:  # noqa: ASYNC109 (an answer, not an error)
        """Whether the views came to `position` within `timeout` seconds."""
        if self._seen >= position and self._monotonic() - self._seen_at < SEEN_SECONDS:
            return True
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters[waiter] = position
        if self._poller is None or self._poller.done():
            self._poller = asyncio.create_task(self._poll())
        try:
            async with asyncio.timeout(timeout):
                await waiter
        except TimeoutError:
            return False
        finally:
            self._waiters.pop(waiter, None)
        return True

    async def _poll(self) -> None:
        while self._waiters:
            # An outage is no answer: who waits goes on waiting, until their time is up.
            with suppress(Unavailable):
                asked_at = self._monotonic()
                self._seen = await asyncio.to_thread(self._views.position)
                self._seen_at = asked_at
            for waiter, position in list(self._waiters.items()):
                if position <= self._seen and not waiter.done():
                    waiter.set_result(None)
                    del self._waiters[waiter]
            if self._waiters:
                await asyncio.sleep(self._poll_seconds)

    async def close(self) -> None:
        """Stop asking; whoever still waits waits until their time is up."""
        if self._poller is not None:
            self._poller.cancel()
            with suppress(asyncio.CancelledError):
                await self._poller
