"""Keep workflows level with the ledger: refresh those behind it, start those missing.

A crash between append and completion leaves a workflow behind; a lost Temporal database
leaves none at all; an import writes past them. Each sweep costs a listing of the running
workflows, a list of the ledger's cases, and work only for cases that changed since this
process last found them level.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from dataclasses import dataclass

from temporalio.client import Client, RPCError

from domain.errors import JisrError, Unavailable
from domain.message import StreamKind, name_of
from ledger.ledger import Ledger
from workflows.case.engine import Engine
from workflows.case.messages import WORKFLOW, case_id_of

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Cases looked at side by side; users' steps come first."""
EVERY = 600.0
AFTER_OUTAGE = 10.0
"""Seconds."""
RUNNING = f"WorkflowType = '{WORKFLOW}' AND ExecutionStatus = 'Running'"


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did, in cases."""

    cases: int = 0
    started: int = 0
    refreshed: int = 0
    failed: int = 0


class Sweep:
    """Sweeps one ledger's cases; remembers which were level."""

    def __init__(self, client: Client, engine: Engine, ledger: Ledger) -> None:
        self._client = client
        self._engine = engine
        self._ledger = ledger
        self._level: dict[str, int] = {}
        self._closed: dict[str, int] = {}

    async def run(self, stop: asyncio.Event, every: float = EVERY) -> None:
        """Sweep now and again until told to stop; an outage is waited out."""
        while not stop.is_set():
            pause = every
            try:
                log.info("sweep: %s", await self.once())
            except Unavailable:
                log.warning("the sweep found the ledger or Temporal away")
                pause = min(AFTER_OUTAGE, every)
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await stop.wait()

    async def once(self) -> Swept:
        """One sweep over all cases. Raises `Unavailable` when it could not be begun."""
        running = {case_id async for case_id in self._running()}
        streams = await asyncio.to_thread(self._ledger.streams, StreamKind.CASE)
        cases = [(name_of(stream), version) for stream, version in streams]
        todo = iter([case for case in cases if not self._is_level(*case, running)])
        tallies = await asyncio.gather(*(self._work(todo, running) for _ in range(AT_ONCE)))
        done = [outcome for tally in tallies for outcome in tally]
        return Swept(len(cases), *(done.count(what) for what in ("start", "refresh", "fail")))

    async def _running(self) -> AsyncIterator[str]:
        try:
            async for workflow in self._client.list_workflows(RUNNING):
                yield case_id_of(workflow.id)
        except RPCError as error:
            raise Unavailable from error

    def _is_level(self, case_id: str, version: int, running: set[str]) -> bool:
        seen = self._level if case_id in running else self._closed
        return seen.get(case_id) == version

    async def _work(self, todo: Iterable[tuple[str, int]], running: set[str]) -> list[str]:
        """Take cases from the shared iterator until none is left; what was done with each."""
        return [await self._level_out(case_id, version, running) for case_id, version in todo]

    async def _level_out(self, case_id: str, version: int, running: set[str]) -> str:
        try:
            if case_id in running:
                return await self._refresh(case_id, version)
            return await self._start(case_id, version)
        except JisrError:
            log.warning("the sweep could not level case %s", case_id)
            return "fail"

    async def _refresh(self, case_id: str, version: int) -> str:
        progress = await self._engine.progress(case_id)
        if progress is not None and progress.version >= version:
            self._level[case_id] = progress.version
            return "level"
        await self._engine.start(case_id, version)
        return "refresh"

    async def _start(self, case_id: str, version: int) -> str:
        stream = f"{StreamKind.CASE}/{case_id}"
        state = await asyncio.to_thread(self._ledger.state, stream)
        if not getattr(state, "is_open", False):
            self._closed[case_id] = version
            return "closed"
        await self._engine.start(case_id, version)
        return "start"
