"""Keep workflows level with the ledger, and end those that cannot be: see `healing`.

A crash between append and completion leaves a workflow behind, a lost Temporal database leaves
none at all, an import writes past them. What is overdue or due within a day is looked at every
thirty seconds; all cases in rounds, each of which costs a listing of the running workflows and a
look at every one of them. Users' steps come first: ten cases a second, no more, in one worker,
and half as many while people take steps.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from temporalio.client import Client, RPCError

from domain.errors import JisrError, Unavailable
from ledger.following.turn import Turn
from ledger.ledger import Ledger
from ledger.recording.writer import Writer
from workflows.agenda import LAST, Agenda, nobody
from workflows.batch.healing import BatchHealing
from workflows.batch.runs import BatchRuns
from workflows.case.backlog import Backlog
from workflows.case.messages import CASE_ID, TASK_QUEUE, case_id_of
from workflows.case.runs import Runs
from workflows.case.schedule import Schedule
from workflows.healing import Healing, Outcome

log = logging.getLogger(__name__)

A_SECOND, FOR_PEOPLE = 10, 5
"""Cases looked at in one second, at most; the second while people take steps."""
TOGETHER = 2
"""Cases whose missed reminders are read and recorded at once: somebody's step may come just then."""
EVERY = 600.0
HURRY = 30.0
AFTER_OUTAGE = 10.0
BEGINNING = 0.5
"""Seconds; the last one between looks while the ledger is still being read for the first time."""
A_LOOK = 1.0
"""Seconds until it is asked again whether the holidays are others."""
SOON = 0.1
TURN = 5.0
"""Seconds until it is asked again whether whoever sweeps is gone."""
SWEEP = "sweep"
"""What one process at a time does: several would multiply the pace."""
URGENT = timedelta(days=1)
"""What falls due within this time is looked at before the rest."""
RUNNING = "ExecutionStatus = 'Running'"


@dataclass(frozen=True, slots=True)
class Swept:
    """What a round did, in cases."""

    cases: int = 0
    started: int = 0
    refreshed: int = 0
    replaced: int = 0
    failed: int = 0


class Sweep:
    """Sweeps one ledger's cases."""

    def __init__(
        self,
        client: Client,
        ledger: Ledger,
        schedule: Schedule,
        writer: Writer,
        *,
        task_queue: str = TASK_QUEUE,
        last_step: Callable[[], float] = nobody,
    ) -> None:
        self._client = client
        self._feed = ledger.feed
        self._agenda = Agenda(ledger, schedule, last_step)
        self._runs = Runs(client, task_queue)
        self._healing = Healing(self._runs, self._agenda)
        self._backlog = Backlog(ledger, schedule, writer)
        self._batches = BatchHealing(ledger, BatchRuns(client, task_queue))
        self._running: dict[str, str] = {}

    async def run(self, stop: asyncio.Event, every: float = EVERY, hurry: float = HURRY) -> None:
        """Sweep until told to stop, whenever no other worker does."""
        turn = self._feed.turn(SWEEP)
        try:
            while not stop.is_set():
                if await _is_ours(turn):
                    await self._sweep(stop, turn, every, hurry)
                await _wait(stop, min(TURN, hurry))
        finally:
            await asyncio.to_thread(turn.close)

    async def _sweep(self, stop: asyncio.Event, turn: Turn, every: float, hurry: float) -> None:
        """As long as it is our turn; an outage is waited out, and one case stops no other."""
        following = asyncio.create_task(self._follow(stop, hurry))
        todo: Iterator[str] = iter(())
        next_round = 0.0
        try:
            while not stop.is_set() and await _is_ours(turn):
                began = time.monotonic()
                pause = hurry if self._agenda.is_whole else min(BEGINNING, hurry)
                try:
                    if self._agenda.is_whole and began >= next_round:
                        todo, next_round = iter(await self._round()), began + every
                    await self._batches.visit()
                    await self._visit(self._urgent(), stop, began + hurry)
                    await self._visit(todo, stop, began + hurry)
                except Unavailable:
                    log.warning("the sweep found the ledger or Temporal away")
                    pause = min(AFTER_OUTAGE, every)
                await _wait(stop, pause - (time.monotonic() - began))
        finally:
            following.cancel()

    async def once(self) -> Swept:
        """One round over all cases. Raises `Unavailable` when it could not be begun."""
        await self._agenda.refresh()
        await self._batches.visit()
        todo = await self._round()
        done = await self._visit(iter(todo), asyncio.Event(), float("inf"))
        return Swept(
            cases=len(self._agenda.entries),
            started=done[Outcome.START],
            refreshed=done[Outcome.REFRESH],
            replaced=done[Outcome.REPLACE],
            failed=done[Outcome.FAIL],
        )

    async def _follow(self, stop: asyncio.Event, every: float) -> None:
        """Keep the agenda level with the ledger, and with the holidays as they are announced."""
        while not stop.is_set():
            refreshing = asyncio.create_task(self._agenda.refresh())
            try:
                await self._tell_moved(stop, refreshing)
                with suppress(Unavailable):
                    await refreshing
            finally:
                refreshing.cancel()
            until = time.monotonic() + every / 2
            while not (stop.is_set() or self._agenda.is_by_another_calendar):
                if (left := until - time.monotonic()) <= 0:
                    break
                await _wait(stop, min(A_LOOK, left))

    async def _tell_moved(self, stop: asyncio.Event, refreshing: "asyncio.Task[None]") -> None:
        """Sleeping cases whose day moved, as they are found; who is not told now is found by a round."""
        moved = self._agenda.moved
        while not stop.is_set() and (moved or not refreshing.done()):
            if not moved:
                await asyncio.wait([refreshing], timeout=SOON)
                continue
            case = moved.popleft()
            try:
                await self._runs.begin(case, self._agenda.of(case).version, again=True)
            except RPCError:
                log.warning("case %s could not be told that its days moved", case)
            await _wait(stop, 1 / (FOR_PEOPLE if self._agenda.has_people else A_SECOND))

    async def _round(self) -> list[str]:
        """All cases there is something to look at: what is not known to be level before the
        rest, for what was level once may have gone wrong since; what falls due first before others.
        """
        self._running = {case: run async for case, run in self._listed()}
        cases = self._agenda.entries.keys() | self._running.keys()
        todo = [case for case in cases if case in self._running or not self._is_level(case)]

        def order(case: str) -> tuple[bool, datetime, str]:
            return self._is_level(case), self._agenda.of(case).due or LAST, case

        return sorted(todo, key=order)

    async def _listed(self) -> AsyncIterator[tuple[str, str]]:
        try:
            async for run in self._client.list_workflows(RUNNING):
                if CASE_ID.fullmatch(run.id):
                    yield case_id_of(run.id), run.run_id
        except RPCError as error:
            raise Unavailable from error

    def _urgent(self) -> Iterator[str]:
        """What is overdue, and what soon falls due and is not known to be level."""
        now = datetime.now(UTC)
        for case in self._agenda.before(now + URGENT):
            if self._healing.is_overdue(case, now) or not self._is_level(case):
                yield case
        yield from self._healing.suspects()

    def _is_level(self, case: str) -> bool:
        return self._healing.is_level(case, self._running.get(case))

    async def _visit(
        self, cases: Iterable[str], stop: asyncio.Event, until: float
    ) -> Counter[Outcome]:
        """Look at cases, so many a second, until time is up; how often each thing was done."""
        done: Counter[Outcome] = Counter()
        todo = iter(cases)
        while (
            not stop.is_set()
            and time.monotonic() < until
            and (together := list(islice(todo, TOGETHER)))
        ):
            began = time.monotonic()
            missing = [case for case in together if case not in self._running]
            await self._backlog.record(missing)
            for number, case in enumerate(together, start=1):
                done[await self._level_out(case)] += 1
                pace = FOR_PEOPLE if self._agenda.has_people else A_SECOND
                await _wait(stop, number / pace - (time.monotonic() - began))
        return done

    async def _level_out(self, case: str) -> Outcome:
        try:
            return await self._healing.level_out(case, self._running.get(case))
        except (JisrError, RPCError):
            log.warning("the sweep could not level case %s", case)
            return Outcome.FAIL


async def _is_ours(turn: Turn) -> bool:
    try:
        return await asyncio.to_thread(turn.hold)
    except Unavailable:
        return False


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    """So long, or until told to stop."""
    with suppress(TimeoutError):
        async with asyncio.timeout(max(seconds, 0)):
            await stop.wait()
