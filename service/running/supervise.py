"""Keep a few named processes running: what `jisr up` does.

Children start in order, each as soon as those it comes `after` are ready; one that dies, or
does not become ready, is started again, later each time. One that keeps ending is named, and
takes nothing else with it: what can be done without it goes on. One that could be used for a while
is started at once, however often it ended before: steps wait for it. On SIGTERM or SIGINT they stop
in reverse order. None outlives this process, however it ends.
"""

import asyncio
import logging
import signal
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workflows.server.children import Running, stop_child

log = logging.getLogger(__name__)

Probe = Callable[[], Awaitable[bool]]
PROBE_EVERY = 0.05
"""Seconds."""


@dataclass(frozen=True)
class Child:
    """One process to keep running."""

    name: str
    start: Callable[[], Awaitable[Running]]
    ready: Probe | None = None
    """Says whether it can be used; without one it counts as ready once started."""
    after: Sequence[str] = ()
    """Names of the children that must be ready first."""
    log: Path | None = None


@dataclass(frozen=True)
class Patience:
    """How long to wait for children, and how often to start them again (seconds)."""

    startup: float = 120.0
    """A busy machine takes several times the usual three; who is only slow is not helped by an end."""
    grace: float = 10.0
    first_pause: float = 0.2
    longest_pause: float = 30.0
    settled: float = 5.0
    """Who could be used for so long has not failed to start: the pauses begin anew with its end."""
    deaths: int = 4
    """After so many ends within `within` a child is named."""
    within: float = 120.0


@dataclass
class _Kept:
    """A child and what has become of it."""

    child: Child
    process: Running | None = None
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    vain: int = 0
    """Starts in a row that did not settle."""
    deaths: deque[float] = field(default_factory=deque)


class Supervisor:
    """Runs the children until told to stop; see the module."""

    def __init__(
        self,
        children: Sequence[Child],
        patience: Patience | None = None,
        trouble: Callable[[str], None] = log.error,
    ) -> None:
        """`trouble` is told, in words, of a child that keeps ending."""
        self._trouble = trouble
        self._kept = {child.name: _Kept(child) for child in children}
        self._patience = patience or Patience()
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Ask `run` to stop every child and return."""
        self._stopping.set()

    def pid(self, name: str) -> int | None:
        """The process id of a child that runs now."""
        process = self._kept[name].process
        return process.pid if process and process.returncode is None else None

    async def ready(self) -> None:
        """Wait until every child is ready."""
        for kept in self._kept.values():
            await kept.ready.wait()

    async def run(self) -> None:
        """Start the children and keep them until SIGTERM, SIGINT or `stop`."""
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, self.stop)
        keepers = [asyncio.create_task(self._keep(kept)) for kept in self._kept.values()]
        stopped = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait([stopped, *keepers], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (stopped, *keepers):
                task.cancel()
            results = await asyncio.gather(*keepers, return_exceptions=True)
            await self._stop_all()
            for sign in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(sign)
        for result in results:
            if isinstance(result, Exception):
                raise result

    async def _keep(self, kept: _Kept) -> None:
        for name in kept.child.after:
            await self._kept[name].ready.wait()
        while True:
            process = await self._start(kept)
            if await self._is_ready(kept, process):
                since = time.monotonic()
                status = await process.wait()
                if time.monotonic() - since >= self._patience.settled:
                    kept.vain = 0
            else:
                status = await stop_child(process, self._patience.grace)
            kept.ready.clear()
            log.warning("%s ended with status %s", kept.child.name, status)
            await asyncio.sleep(self._pause(kept, status))

    async def _start(self, kept: _Kept) -> Running:
        # Shielded: a cancelled start would leave a process nobody knows of.
        starting = asyncio.ensure_future(kept.child.start())
        try:
            kept.process = await asyncio.shield(starting)
        except asyncio.CancelledError:
            kept.process = await starting
            raise
        return kept.process

    async def _is_ready(self, kept: _Kept, process: Running) -> bool:
        """Whether the child became ready, or ended by itself; False when its time is up."""
        deadline = time.monotonic() + self._patience.startup
        while process.returncode is None:
            if kept.child.ready is None or await kept.child.ready():
                kept.ready.set()
                return True
            if time.monotonic() > deadline:
                log.warning("%s did not become ready", kept.child.name)
                return False
            await asyncio.sleep(PROBE_EVERY)
        return True

    def _pause(self, kept: _Kept, status: int) -> float:
        """Seconds to wait before the child starts again; says so once it has died too often."""
        now = time.monotonic()
        kept.deaths.append(now)
        while kept.deaths[0] < now - self._patience.within:
            kept.deaths.popleft()
        if len(kept.deaths) == self._patience.deaths:
            where = f"; see {kept.child.log}" if kept.child.log else ""
            self._trouble(f"{kept.child.name} keeps ending (status {status}){where}")
        kept.vain += 1
        pause = self._patience.first_pause * 2.0 ** min(kept.vain - 1, 20)
        return min(pause, self._patience.longest_pause)

    async def _stop_all(self) -> None:
        for kept in reversed(self._kept.values()):
            if kept.process and kept.process.returncode is None:
                await stop_child(kept.process, self._patience.grace)
                log.info("%s stopped", kept.child.name)
