"""The run under a case's workflow id: whether it is the case's own, and how it begins anew.

A run is disposable: all it knows came from the ledger, so ending it loses nothing, and what
comes after it begins by asking the ledger. One that is not the case's own (somebody else's
queue, type or case) would hold the case up for ever, so it is ended.
"""

import json
import logging
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.client import (
    Client,
    RPCError,
    WorkflowExecution,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowQueryFailedError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCStatusCode

from workflows.case.messages import (
    LOOK_AGAIN,
    PROGRESS,
    REFRESH,
    STANDING,
    WORKFLOW,
    CaseStart,
    Progress,
    Standing,
    workflow_id,
)

log = logging.getLogger(__name__)

TASK_TIMEOUT = timedelta(seconds=2)
"""How soon another worker takes over from a killed one."""
LOOK = timedelta(seconds=3)
"""How long a look at a run may take."""
CANNOT_BE_ASKED = frozenset({RPCStatusCode.INVALID_ARGUMENT, RPCStatusCode.FAILED_PRECONDITION})
"""How Temporal says that a run's last task failed, and so it cannot be asked either."""
NOT_YET = "not scheduled yet"
"""What it says of a run that has only just begun."""


class Wrong(StrEnum):
    """Why a run is ended, and another one begun in its place."""

    QUEUE = "queue"
    TYPE = "type"
    ARGUMENT = "argument"
    PAUSED = "paused"
    """Somebody stopped it in Temporal: no task of it is done until they let it go on."""
    UNREPLAYABLE = "unreplayable"
    """It cannot be asked: its history does not fit the workflow."""
    SILENT = "silent"
    """It was asked twice and did not answer."""
    AHEAD = "ahead"
    """It knows what the ledger does not: an older ledger was brought back."""
    BEHIND = "behind"
    """It was told what the ledger has, and still does not know it."""
    OVERDUE = "overdue"
    """Something fell due long ago, and nothing was recorded."""


STRANGE = frozenset({Wrong.QUEUE, Wrong.TYPE, Wrong.ARGUMENT, Wrong.PAUSED})
"""It is not the case's own at all, or somebody else has a hand on it."""


@dataclass(frozen=True, slots=True)
class Run:
    """The run that has a case's id now."""

    run_id: str
    wrong: Wrong | None
    """What of it is strange."""


class CannotReplayError(Exception):
    """The run cannot be asked anything."""


class Runs:
    """The runs of cases' workflows. All methods raise what Temporal's client raises."""

    def __init__(self, client: Client, task_queue: str) -> None:
        self._client = client
        self._task_queue = task_queue
        self._own: set[str] = set()
        """Runs known to have been started for the case whose id they have."""

    async def begin(
        self, case_id: str, version: int, *, anew: bool = False, again: bool = False
    ) -> None:
        """Have the case's workflow run, and know that the ledger has `version`.

        One that runs is told, or with `anew` ended and another one started in its place; one
        that is missing or was closed is started. `again`: one that runs asks the ledger once more,
        though it has that version.
        """
        policy = WorkflowIDConflictPolicy
        await self._client.start_workflow(
            WORKFLOW,
            CaseStart(case_id, version),
            id=workflow_id(case_id),
            task_queue=self._task_queue,
            task_timeout=TASK_TIMEOUT,
            id_conflict_policy=policy.TERMINATE_EXISTING if anew else policy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            start_signal=LOOK_AGAIN if again else REFRESH,
            start_signal_args=[version],
        )

    async def replace_stuck(self, case_id: str) -> None:
        """Begin anew in place of a run that is not the case's own, or cannot be asked."""
        if await self.replace_stranger(case_id):
            return
        try:
            await self.progress(case_id)
        except CannotReplayError:
            log.warning("case %s: its run cannot be asked, and is begun anew", case_id)
            await self.begin(case_id, 0, anew=True)

    async def replace_stranger(self, case_id: str) -> bool:
        """Begin anew in place of a run that is not the case's own; whether there was one."""
        run = await self.find(case_id)
        if run is None or run.wrong is None:
            return False
        log.error("case %s: a run that is not its own is ended: %s", case_id, run.wrong)
        await self.begin(case_id, 0, anew=True)
        return True

    async def find(self, case_id: str) -> Run | None:
        """The run that has the case's id now; None when none runs."""
        handle: WorkflowHandle[Any, Any] = self._client.get_workflow_handle(workflow_id(case_id))
        try:
            found = await handle.describe(rpc_timeout=LOOK)
            if found.status is not WorkflowExecutionStatus.RUNNING:
                return None
            return Run(found.run_id, await self._strange(found, case_id))
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return None
            raise
        except ValueError:
            # A status that the SDK does not know: Temporal has one more, of a paused run.
            return Run("", Wrong.PAUSED)

    async def progress(self, case_id: str) -> Progress | None:
        """How far the run knows its case to be; None when it knows nothing yet, or none runs.

        Raises `CannotReplayError` when it cannot be asked.
        """
        answer: Progress | None = await self._queried(case_id, PROGRESS, Progress)
        return answer

    async def standing(self, case_id: str) -> Standing | None:
        """As `progress`, and for which case the run is: it may have been started for another."""
        answer: Standing | None = await self._queried(case_id, STANDING, Standing)
        return answer

    async def _queried(self, case_id: str, query: str, kind: type[Any]) -> Any:
        handle: WorkflowHandle[Any, Any] = self._client.get_workflow_handle(workflow_id(case_id))
        try:
            return await handle.query(query, result_type=kind, rpc_timeout=LOOK)
        except WorkflowQueryFailedError as error:
            raise CannotReplayError from error
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND or NOT_YET in error.message:
                return None
            if error.status in CANNOT_BE_ASKED:
                raise CannotReplayError from error
            raise

    async def _strange(self, found: WorkflowExecution, case_id: str) -> Wrong | None:
        if found.workflow_type != WORKFLOW:
            return Wrong.TYPE
        if found.task_queue != self._task_queue:
            return Wrong.QUEUE
        if found.run_id not in self._own:
            if not await self._started_for(found.run_id, case_id):
                return Wrong.ARGUMENT
            self._own.add(found.run_id)
        return None

    async def _started_for(self, run_id: str, case_id: str) -> bool:
        handle: WorkflowHandle[Any, Any] = self._client.get_workflow_handle(
            workflow_id(case_id), run_id=run_id
        )
        async for event in handle.fetch_history_events(page_size=1, rpc_timeout=LOOK):
            if event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED:
                given = event.workflow_execution_started_event_attributes.input.payloads
                return len(given) == 1 and _names(given[0].data, case_id)
        return False


def _names(argument: bytes, case_id: str) -> bool:
    """Whether a run can begin with it, and is the case's then."""
    try:
        start = json.loads(argument)
    except ValueError:
        return False
    if not isinstance(start, dict) or start.get("case_id") != case_id:
        return False
    return isinstance(start.get("version", 0), int)
