"""Which processes are at work on a ledger, and which level each of them reads.

Asked before the level is raised, so that nobody is left behind who could have been waited for.
It is a courtesy: what an older process may not do is refused under the lock, whatever it left
word of here.
"""

from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol


class Alive(NamedTuple):
    """A process at work."""

    part: str
    """`api`, `worker`, `projector`."""
    place: str
    """Where it runs, for a person to find it."""
    reads: int
    """The highest level it reads."""


class Living(Protocol):
    """Where processes leave word."""

    def at_work(self, part: str, reads: int) -> AbstractContextManager[None]:
        """Be known as at work inside."""

    def everybody(self) -> list[Alive]: ...

    def close(self) -> None: ...
