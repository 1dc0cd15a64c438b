"""Which processes are at work on a ledger, and which level each of them reads.

Asked before the level is raised, so that nobody is left behind who could have been waited for.
It is a courtesy: what an older process may not do is refused under the lock, whatever it left
word of here.
"""

import socket
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import NamedTuple, Protocol

HALTED = frozenset("Tt")
"""How Linux writes the state of a process that SIGSTOP, a terminal or a debugger halted."""


class Alive(NamedTuple):
    """A process at work."""

    part: str
    """`api`, `worker`, `projector`."""
    place: str
    """Where it runs, for a person to find it: `process <id>`, with ` on <host>` where it has one."""
    reads: int
    """The highest level it reads."""

    @property
    def process(self) -> int | None:
        """Its id, where it runs on this machine."""
        _, process, *host = self.place.split()
        return int(process) if not host or host[-1] == socket.gethostname() else None


class Living(Protocol):
    """Where processes leave word."""

    def at_work(self, part: str, reads: int) -> AbstractContextManager[None]:
        """Be known as at work inside."""

    def everybody(self) -> list[Alive]: ...

    def close(self) -> None: ...


def is_halted(process: int) -> bool:
    """Whether a process of this machine is there, and does nothing until somebody lets it go on."""
    with suppress(OSError):
        said = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
        return said.rpartition(")")[2].split()[0] in HALTED
    return False
