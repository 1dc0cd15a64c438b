"""What is new in a log that nobody is notified of: looked for again and again."""

import time
from collections.abc import Callable, Sequence
from typing import Self

from eventsourcing.persistence import Notification

Coming = Callable[[int], Sequence[Notification]]
"""The next entries after a position."""


class Polling:
    """To be entered, and left, as a subscription is."""

    def __init__(self, coming: Coming, after: int) -> None:
        self._coming, self._after = coming, after

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def more(self, seconds: float) -> list[Notification]:
        """What is new and was not given yet, after waiting at most so long for any of it."""
        found = list(self._coming(self._after))
        if not found:
            time.sleep(seconds)
            found = list(self._coming(self._after))
        if found:
            self._after = found[-1].id
        return found
