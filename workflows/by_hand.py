"""Runs on which somebody laid a hand in Temporal itself: terminated, cancelled, or sent back.

It costs the programme nothing, for the sweep begins another run; but whoever audits the house is to know of
it, and no command of ours was asked. So Temporal's own list is read every half minute, by one worker,
and each is told once. A run that ours ended, to begin it anew, is none; but where what it ended was
somebody else's, or paused by them, that is told too.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from temporalio.api.common.v1 import WorkflowExecution as Named
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.workflowservice.v1 import DescribeWorkflowExecutionRequest
from temporalio.client import Client, RPCError, WorkflowExecution, WorkflowExecutionStatus
from temporalio.service import RPCStatusCode

from domain.errors import JisrError, Unavailable
from ledger.faults import unexpected
from ledger.following.turn import Turn
from workflows.batch.messages import BATCH_ID, BATCH_WORKFLOW
from workflows.case.messages import CASE_ID, TASK_QUEUE, WORKFLOW

log = logging.getLogger(__name__)

ENDED = "(ExecutionStatus = 'Terminated' OR ExecutionStatus = 'Canceled') AND CloseTime > '{since}'"
EVERY = 30.0
BACK = timedelta(days=30)
"""So far the first look goes back, as long as Temporal keeps what is over."""
AGAIN = timedelta(hours=1)
"""So far every other one: lists lag."""
PACE = 0.02
"""Seconds between two runs that are looked at."""
SERVER, RESETTER = "history-service", "history-resetter"
"""Whom Temporal names where a run ended because another was started, or was sent back."""
BY_ANOTHER = "terminated by new runID: "
RUN_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TURN = "ended-by-hand"


class How(StrEnum):
    TERMINATED = "terminated"
    CANCELLED = "cancelled"
    RESET = "reset"
    REPLACED = "replaced"
    """By ours: it was not the thing's own run, or somebody had paused it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that somebody had a hand in."""

    workflow: str
    run: str
    how: How
    by: str
    """As Temporal names them; empty where it names nobody."""
    at: datetime
    next_run: str = ""


class ByHand:
    """Finds them, each once in a process; `tell` may be told of one again by another."""

    def __init__(
        self,
        client: Client,
        tell: Callable[[Ended], object],
        turn: Turn,
        task_queue: str = TASK_QUEUE,
    ) -> None:
        """`tell` records one, in a thread of its own; it raises `JisrError`."""
        self._client = client
        self._tell = tell
        self._turn = turn
        self._task_queue = task_queue
        self._since = datetime.now(UTC) - BACK
        self._told: dict[str, datetime] = {}

    async def run(self, stop: asyncio.Event, every: float = EVERY) -> None:
        """Look until told to stop, whenever no other worker does; an outage is waited out."""
        try:
            while not stop.is_set():
                try:
                    if await asyncio.to_thread(self._turn.hold):
                        await self.look()
                except Unavailable:
                    log.debug("the ledger or Temporal is away")
                except Exception as error:  # noqa: BLE001 (the edge of work that ends no worker)
                    unexpected(error, TURN)
                with suppress(TimeoutError):
                    async with asyncio.timeout(every):
                        await stop.wait()
        finally:
            await asyncio.to_thread(self._turn.close)

    async def look(self) -> int:
        """Tell what is new; how many those were. Raises `Unavailable` while Temporal is away."""
        began, many = datetime.now(UTC), 0
        try:
            async for run in self._client.list_workflows(ENDED.format(since=_written(self._since))):
                if run.run_id in self._told or not _is_ours_to_look_at(run.id):
                    continue
                await asyncio.sleep(PACE)
                ended = await self._ended(run)
                if ended is None or await self._recorded(ended):
                    many += ended is not None
                    self._told[run.run_id] = run.close_time or began
        except RPCError as error:
            raise Unavailable(engine="Temporal") from error
        self._since = began - AGAIN
        self._told = {name: at for name, at in self._told.items() if at >= self._since - AGAIN}
        return many

    async def _recorded(self, ended: Ended) -> bool:
        """Raises `Unavailable`; what is refused is said in the log, tried again, and stops no other."""
        log.warning("%s: its run %s was %s by hand", ended.workflow, ended.run, ended.how)
        try:
            await asyncio.to_thread(self._tell, ended)
        except Unavailable:
            raise
        except JisrError as error:
            log.error("no entry says so: %s", error.code)  # noqa: TRY400 - what it is, not from where
            return False
        return True

    async def _ended(self, run: WorkflowExecution) -> Ended | None:
        """None for a run of its own that ours began anew, and for one that Temporal keeps no more."""
        try:
            return await self._told_of(run)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return None
            raise

    async def _told_of(self, run: WorkflowExecution) -> Ended | None:
        at = run.close_time or datetime.now(UTC)
        if run.status is WorkflowExecutionStatus.CANCELED:
            by = ""
            async for event in self._events(run):
                if event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED:
                    by = event.workflow_execution_cancel_requested_event_attributes.identity
            return Ended(run.id, run.run_id, How.CANCELLED, by, at)
        paused, by, next_run = False, "", ""
        async for event in self._events(run):
            paused |= event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_PAUSED
            paused &= event.event_type != EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UNPAUSED
            if event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED:
                told = event.workflow_execution_terminated_event_attributes
                by, next_run = told.identity, _next_run(event)
        if (resumed := await self._reset_to(run)) or by == RESETTER:
            return Ended(run.id, run.run_id, How.RESET, "", at, resumed)
        if by != SERVER or not next_run:
            return Ended(run.id, run.run_id, How.TERMINATED, by, at)
        if paused or self._is_strange(run):
            return Ended(run.id, run.run_id, How.REPLACED, "", at, next_run)
        return None

    def _is_strange(self, run: WorkflowExecution) -> bool:
        own = WORKFLOW if CASE_ID.fullmatch(run.id) else BATCH_WORKFLOW
        return run.workflow_type != own or run.task_queue != self._task_queue

    async def _events(self, run: WorkflowExecution) -> AsyncIterator[HistoryEvent]:
        handle = self._client.get_workflow_handle(run.id, run_id=run.run_id)
        async for event in handle.fetch_history_events():
            yield event

    async def _reset_to(self, run: WorkflowExecution) -> str:
        """The run that goes on for one that was sent back; the SDK's own answer leaves it out."""
        asked = DescribeWorkflowExecutionRequest(
            namespace=self._client.namespace,
            execution=Named(workflow_id=run.id, run_id=run.run_id),
        )
        answer = await self._client.workflow_service.describe_workflow_execution(asked)
        return answer.workflow_extended_info.reset_run_id


def _is_ours_to_look_at(workflow: str) -> bool:
    return bool(CASE_ID.fullmatch(workflow) or BATCH_ID.fullmatch(workflow))


def _written(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _next_run(event: HistoryEvent) -> str:
    """The run that was started in its place, as the server writes it down."""
    for each in event.workflow_execution_terminated_event_attributes.details.payloads:
        _, found, name = each.data.decode(errors="replace").strip('"').partition(BY_ANOTHER)
        if found and RUN_ID.fullmatch(name):
            return name
    return ""
