"""Whether each case's workflow knows what the ledger has: looked at and told, and nothing mended.

The sweep brings level what is not (`sweep.py`); here somebody asks whether all is, so many cases a
second. Temporal's list says which runs there are and of which kind, the ledger's events are read for
many cases at once, and each run is asked one question, several at a time. What does not agree is
looked at alone, and told once it is found twice: a step may be just on its way.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from temporalio.client import Client, RPCError, WorkflowExecution
from temporalio.service import RPCStatusCode

from domain.errors import JisrError, Unavailable
from domain.message import StreamKind, name_of, stream_id
from ledger.ledger import Ledger
from workflows.agenda import Entry, due_of
from workflows.case.messages import CASE_ID, TASK_QUEUE, WORKFLOW, Progress, case_id_of
from workflows.case.runs import CannotReplayError, Runs
from workflows.case.schedule import Schedule
from workflows.healing import LATE, UNANSWERED

RUNNING = "ExecutionStatus = 'Running'"
AGAIN_AFTER = 3.0
"""Seconds until a case with a difference is looked at once more."""
PART = 200
"""Cases whose events are read at once; after each part it is known how far all were looked at."""
TOGETHER = 8
"""Runs that are asked at the same time: more do not come back sooner from one worker."""


class Differs(StrEnum):
    """What of a case's workflow is not as the ledger has it."""

    MISSING = "missing"
    """The case is open, and nothing runs for it."""
    LEFT_RUNNING = "left_running"
    """The case is closed, and its workflow goes on."""
    UNKNOWN = "unknown"
    """It runs for a case that the ledger does not know."""
    STRANGE = "strange"
    """What runs under its id is not the case's own workflow."""
    UNREPLAYABLE = "unreplayable"
    """It cannot be asked: its history does not fit the workflow."""
    SILENT = "silent"
    """It does not answer."""
    BEHIND = "behind"
    """It has not heard of what the ledger has."""
    AHEAD = "ahead"
    """It knows what the ledger has not."""
    OTHER_DUE = "other_due"
    """It will wake at another time than the ledger says."""
    OVERDUE = "overdue"
    """Something fell due, and was not recorded."""
    UNREADABLE = "unreadable"
    """The ledger cannot say what the case has come to."""


@dataclass(frozen=True, slots=True)
class WorkflowDiffers:
    """A case whose workflow and ledger do not tell the same."""

    case_id: str
    differs: Differs
    ledger: str = ""
    """What the ledger says, where both say something: a version, or when it next falls due."""
    workflow: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some cases that were looked at, one after the other by their ids."""

    last: str
    """All up to this case were looked at."""
    cases: int
    differences: Sequence[WorkflowDiffers]


class Reconciling:
    """One look at all cases; changes nothing."""

    def __init__(
        self, client: Client, ledger: Ledger, schedule: Schedule, task_queue: str = TASK_QUEUE
    ) -> None:
        self._client = client
        self._ledger = ledger
        self._schedule = schedule
        self._task_queue = task_queue
        self._runs = Runs(client, task_queue)
        self.cases = 0
        """Looked at so far, of how many there `are`."""
        self.are = 0

    async def differences(
        self, rate: float, seen: Callable[[int, int], None] = lambda _done, _of: None
    ) -> AsyncIterator[WorkflowDiffers]:
        """Every difference, in the order of the cases' ids; raises as `parts`."""
        async for part in self.parts(rate, seen=seen):
            for each in part.differences:
                yield each

    async def parts(
        self,
        rate: float,
        after: str = "",
        seen: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> AsyncIterator[Part]:
        """All cases with ids after that one, some at a time: no more of them a second than `rate`.

        Raises `Unavailable` while the ledger or Temporal is away.
        """
        running = await self._running()
        streams = await asyncio.to_thread(self._ledger.streams, StreamKind.CASE)
        todo = sorted({*(name_of(stream) for stream, _ in streams), *running})
        self.are, todo = len(todo), [case for case in todo if case > after]
        self.cases = self.are - len(todo)
        pace = _Pace(rate)
        for begin in range(0, len(todo), PART):
            some = todo[begin : begin + PART]
            entries = await asyncio.to_thread(self._entries, some)
            suspects = await self._asked_of(some, entries, running, pace)
            differ = await self._again(suspects, pace) if suspects else []
            self.cases += len(some)
            seen(self.cases, self.are)
            yield Part(some[-1], len(some), differ)

    async def _running(self) -> Mapping[str, WorkflowExecution]:
        try:
            listed = self._client.list_workflows(RUNNING)
            return {case_id_of(run.id): run async for run in listed if CASE_ID.fullmatch(run.id)}
        except RPCError as error:
            raise Unavailable from error

    async def _asked_of(
        self,
        cases: Iterable[str],
        entries: Mapping[str, Entry],
        running: Mapping[str, WorkflowExecution],
        pace: "_Pace",
    ) -> list[str]:
        """Those that do not agree, each asked once."""
        turn = asyncio.Semaphore(TOGETHER)

        async def ask(case: str, entry: Entry | None, run: WorkflowExecution | None) -> bool:
            try:
                return await self._agree(case, entry, run)
            finally:
                turn.release()

        asked = dict[str, asyncio.Task[bool]]()
        try:
            for case in cases:
                await turn.acquire()
                asked[case] = asyncio.create_task(ask(case, entries.get(case), running.get(case)))
                if case in running:
                    await pace()
            agree = await asyncio.gather(*asked.values())
        finally:
            for each in asked.values():
                each.cancel()
        return [case for case, well in zip(asked, agree, strict=True) if not well]

    async def _agree(self, case: str, entry: Entry | None, run: WorkflowExecution | None) -> bool:
        """Whether both say the same at the first look; what may be an outage is looked at again."""
        if entry is None:
            return False
        if run is None:
            return not entry.is_open
        if (run.workflow_type, run.task_queue) != (WORKFLOW, self._task_queue) or not entry.is_open:
            return False
        try:
            standing = await self._runs.standing(case)
        except (CannotReplayError, RPCError):
            return False
        if standing is None or standing.case_id != case:
            return False
        return _compared(case, entry, standing.progress) is None

    async def _again(self, suspects: Sequence[str], pace: "_Pace") -> list[WorkflowDiffers]:
        await asyncio.sleep(AGAIN_AFTER)
        found = []
        for case in suspects:
            differs = await self._look(case)
            if differs is not None:
                found.append(differs)
            await pace()
        return found

    async def _look(self, case: str) -> WorkflowDiffers | None:
        """What differs of it now, by everything that can be known of its run."""
        entry = (await asyncio.to_thread(self._entries, [case])).get(case)
        if entry is None:
            return WorkflowDiffers(case, Differs.UNREADABLE)
        try:
            return await self._asked(case, entry)
        except CannotReplayError:
            return WorkflowDiffers(case, Differs.UNREPLAYABLE)
        except RPCError as error:
            if error.status in UNANSWERED:
                return WorkflowDiffers(case, Differs.SILENT)
            if error.status is RPCStatusCode.NOT_FOUND:
                return None
            raise Unavailable from error

    def _entries(self, cases: Sequence[str]) -> dict[str, Entry]:
        """What the ledger has of them; nothing of one that cannot be folded: logged where that was."""
        streams = {case: stream_id(StreamKind.CASE, case) for case in cases}
        try:
            states = self._ledger.glances(streams.values())
        except Unavailable:
            raise
        except JisrError:  # what one of them has cannot be opened: each is looked at alone
            states = {}
        found = dict[str, Entry]()
        for case, stream in streams.items():
            try:
                state = states[stream] if stream in states else self._ledger.glance(stream)
                progress = self._schedule.progress(case, state)
            except Unavailable:
                raise
            except JisrError:
                continue
            found[case] = Entry(progress.version, progress.is_open, due_of(progress))
        return found

    async def _asked(self, case: str, entry: Entry) -> WorkflowDiffers | None:
        run = await self._runs.find(case)
        if run is None:
            return WorkflowDiffers(case, Differs.MISSING) if entry.is_open else None
        if not entry.version:
            return WorkflowDiffers(case, Differs.UNKNOWN)
        if run.wrong is not None:
            return WorkflowDiffers(case, Differs.STRANGE, workflow=str(run.wrong))
        if not entry.is_open:
            return WorkflowDiffers(case, Differs.LEFT_RUNNING)
        return _compared(case, entry, await self._runs.progress(case))


class _Pace:
    """No more of something a second than `rate`."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._began, self._done = time.monotonic(), 0

    async def __call__(self) -> None:
        self._done += 1
        ahead = self._done / self._rate - (time.monotonic() - self._began)
        if ahead > 0:
            await asyncio.sleep(ahead)


def _compared(case: str, entry: Entry, progress: Progress | None) -> WorkflowDiffers | None:
    version = progress.version if progress else 0
    if version != entry.version:
        which = Differs.BEHIND if version < entry.version else Differs.AHEAD
        return WorkflowDiffers(case, which, str(entry.version), str(version))
    there = due_of(progress) if progress else None
    if there != entry.due:
        return WorkflowDiffers(case, Differs.OTHER_DUE, _said(entry.due), _said(there))
    if entry.due is not None and entry.due + LATE < datetime.now(UTC):
        return WorkflowDiffers(case, Differs.OVERDUE, _said(entry.due), _said(there))
    return None


def _said(due: datetime | None) -> str:
    return due.isoformat() if due else "never"
