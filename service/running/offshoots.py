"""The parts of an installation as its supervisor sees them: children of the stem.

What is asked and said goes through a pipe, one message after another; a part is known by its
name, for there is one of each at a time. Only the stem, which has yet to bury it, can signal a
process and be sure that its id is not another's by now.
"""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple


class Start(NamedTuple):
    """Asked of the stem."""

    name: str
    environment: Mapping[str, str]
    """Added to the stem's own."""
    log: Path


class Send(NamedTuple):
    """Asked of the stem: a signal for a part, unless it has ended."""

    name: str
    sign: int


class Started(NamedTuple):
    """Said by the stem."""

    name: str
    pid: int


class Ended(NamedTuple):
    """Said by the stem, also of a part that could not be started."""

    name: str
    status: int
    """Negative where a signal ended it."""


class Offshoot:
    """A part that runs, or has run."""

    def __init__(self, name: str, stem: Connection) -> None:
        self.pid = 0
        """0 until it has started."""
        self.returncode: int | None = None
        self.begun, self._ended = asyncio.Event(), asyncio.Event()
        self._name = name
        self._stem = stem

    def send_signal(self, sign: int) -> None:
        self._stem.send(Send(self._name, sign))

    async def wait(self) -> int:
        """Until it ends; its status."""
        await self._ended.wait()
        return self.returncode or 0

    def hear(self, said: Started | Ended) -> None:
        if isinstance(said, Started):
            self.pid = said.pid
        else:
            self.returncode = said.status
            self._ended.set()
        self.begun.set()


class Offshoots:
    """Starts parts, and hears of their ends."""

    def __init__(self, stem: Connection) -> None:
        self._stem = stem
        self._parts: dict[str, Offshoot] = {}

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Listen to the stem, in the event loop that runs."""
        loop = asyncio.get_running_loop()
        loop.add_reader(self._stem.fileno(), self._hear)
        try:
            yield
        finally:
            loop.remove_reader(self._stem.fileno())

    async def start(self, name: str, environment: Mapping[str, str], log: Path) -> Offshoot:
        """A part, once it has an id, or has ended for want of one."""
        part = self._parts[name] = Offshoot(name, self._stem)
        self._stem.send(Start(name, environment, log))
        await part.begun.wait()
        return part

    def _hear(self) -> None:
        try:
            said: Started | Ended = self._stem.recv()
        except (EOFError, OSError):  # the stem was killed, and this process ends in a moment too
            asyncio.get_running_loop().remove_reader(self._stem.fileno())
        else:
            self._parts[said.name].hear(said)
