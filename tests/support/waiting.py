"""Waiting for what must come true: for a state, as long as a busy machine may take.

Whoever looks once, or sleeps for as long as it usually takes, sees another thing on a busy day.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

PATIENCE = 60.0
"""Seconds; a part of what a test may take, so that it is said what did not come."""


def until(
    true: Callable[[], bool],
    what: str | Callable[[], str] = "it did not come to pass",
    patience: float = PATIENCE,
) -> None:
    """Wait for something that must come true; `what` says, or finds out, what it was that did not."""
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, what if isinstance(what, str) else what()
        time.sleep(0.02)


async def eventually(
    true: Callable[[], bool | Awaitable[bool]],
    what: str = "it did not come to pass",
    patience: float = PATIENCE,
) -> None:
    """As `until`, while others go on in this loop."""
    deadline = time.monotonic() + patience
    while not (await said if isinstance(said := true(), Awaitable) else said):
        assert time.monotonic() < deadline, what
        await asyncio.sleep(0.02)
