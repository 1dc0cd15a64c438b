"""One at a time: what several processes could do, and only one of them does."""

from typing import Protocol


class Turn(Protocol):
    """Held by one process at a time, and let go of when that ends, however it ends."""

    def hold(self) -> bool:
        """Whether this process has the turn now: taken if nobody has it. Never waits.

        To be asked again before each piece of work. Raises `Unavailable`.
        """

    def close(self) -> None:
        """Let go of it."""
