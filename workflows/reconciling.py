"""Whether each case's workflow knows what the ledger has: looked at and told, and nothing mended.

The sweep brings level what is not (`sweep.py`); here somebody asks whether all is, case by case, so
many a second. A difference is told once it is found twice: a step may be just on its way.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from temporalio.client import Client, RPCError
from temporalio.service import RPCStatusCode

from domain.errors import JisrError, Unavailable
from domain.message import StreamKind, name_of, stream_id
from ledger.ledger import Ledger
from workflows.agenda import Entry, due_of
from workflows.case.messages import CASE_ID, TASK_QUEUE, Progress, case_id_of
from workflows.case.runs import CannotReplayError, Runs
from workflows.case.schedule import Schedule
from workflows.healing import LATE, UNANSWERED

RUNNING = "ExecutionStatus = 'Running'"
AGAIN_AFTER = 3.0
"""Seconds until a case with a difference is looked at once more."""


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


class Reconciling:
    """One look at all cases; changes nothing."""

    def __init__(
        self, client: Client, ledger: Ledger, schedule: Schedule, task_queue: str = TASK_QUEUE
    ) -> None:
        self._client = client
        self._ledger = ledger
        self._schedule = schedule
        self._runs = Runs(client, task_queue)
        self.cases = 0
        """Looked at so far, of how many there `are`."""
        self.are = 0

    async def differences(
        self, rate: float, seen: Callable[[int, int], None] = lambda _done, _of: None
    ) -> AsyncIterator[WorkflowDiffers]:
        """Every difference, case by case, no more than `rate` cases a second that have a workflow.

        Raises `Unavailable` while the ledger or Temporal is away.
        """
        running = {case async for case in self._running()}
        streams = await asyncio.to_thread(self._ledger.streams, StreamKind.CASE)
        cases = [name_of(stream) for stream, _ in streams]
        todo = sorted({*cases, *running})
        self.are = len(todo)
        suspects = []
        for case in todo:
            began = time.monotonic()
            found = await self._look(case, case in running)
            self.cases += 1
            seen(self.cases, self.are)
            if found is not None:
                suspects.append(case)
            if case in running or found is not None:
                await asyncio.sleep(max(1 / rate - (time.monotonic() - began), 0))
        if suspects:
            await asyncio.sleep(AGAIN_AFTER)
        for case in suspects:
            found = await self._look(case, is_running=True)
            if found is not None:
                yield found
            await asyncio.sleep(1 / rate)

    async def _running(self) -> AsyncIterator[str]:
        try:
            async for run in self._client.list_workflows(RUNNING):
                if CASE_ID.fullmatch(run.id):
                    yield case_id_of(run.id)
        except RPCError as error:
            raise Unavailable from error

    async def _look(self, case: str, is_running: bool) -> WorkflowDiffers | None:  # noqa: FBT001 - as listed
        entry = await self._entry(case)
        if entry is None:
            return WorkflowDiffers(case, Differs.UNREADABLE)
        if not is_running:
            return WorkflowDiffers(case, Differs.MISSING) if entry.is_open else None
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

    async def _entry(self, case: str) -> Entry | None:
        """None where it cannot be folded: logged where that happened."""
        try:
            state = await asyncio.to_thread(self._ledger.glance, stream_id(StreamKind.CASE, case))
        except Unavailable:
            raise
        except JisrError:
            return None
        progress = self._schedule.progress(case, state)
        return Entry(progress.version, progress.is_open, due_of(progress))

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
