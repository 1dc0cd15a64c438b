"""Noticing that the views have moved: one look a second for all who follow, and none for nobody."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from domain.errors import Unavailable

LOOK_SECONDS = 1.0


class Hearing:
    """Belongs to one event loop."""

    def __init__(
        self, position: Callable[[], Awaitable[int]], look_seconds: float = LOOK_SECONDS
    ) -> None:
        """`position`: up to which event the views have come."""
        self._position = position
        self._look_seconds = look_seconds
        self._listeners: set[asyncio.Event] = set()
        self._looking: asyncio.Task[None] | None = None
        self._at: int | None = None

    def listen(self) -> asyncio.Event:
        """Set whenever the views have moved; to be cleared by who waits, and given back."""
        moved = asyncio.Event()
        self._listeners.add(moved)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        return moved

    def leave(self, moved: asyncio.Event) -> None:
        self._listeners.discard(moved)

    def wake(self) -> None:
        """Have all of them look up, moved or not."""
        for each in self._listeners:
            each.set()

    async def _look(self) -> None:
        while self._listeners:
            # While the views are away nothing moves; who follows is kept, and told afterwards.
            with suppress(Unavailable):
                found = await self._position()
                if found != self._at:
                    self._at = found
                    self.wake()
            await asyncio.sleep(self._look_seconds)
