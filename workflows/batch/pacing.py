"""How quickly lines follow one another: people's own steps come first.

After each line the batch rests for a multiple of the time the line took. On a busy machine a line
takes longer, so the rest does too; while people take steps it is longer still.
"""

import asyncio
import time
from collections.abc import Callable

ALONE, FOR_PEOPLE, LOOKING = 0.25, 1.0, 3.0
"""Times as long as a line took, it rests; the second while people take steps, the third while they do
and lines are only looked at: that is all this process's own work, on which their steps wait.
"""
A_WHILE = 2.0
"""Seconds since somebody's last step in which people are thought to be at work."""
LONGEST = 1.0


class Pace:
    """Rests between lines."""

    def __init__(self, last_step: Callable[[], float]) -> None:
        """`last_step` tells when somebody last took a step, on the monotonic clock."""
        self._last_step = last_step

    async def rest(self, took: float, *, looking: bool) -> None:
        """After a line that took so many seconds."""
        people = time.monotonic() - self._last_step() < A_WHILE
        times = ALONE if not people else LOOKING if looking else FOR_PEOPLE
        await asyncio.sleep(min(took * times, LONGEST))
