"""The run under a case's workflow id: whether it is the case's own, and how it begins anew.

A run is disposable: all it knows came from the ledger, so ending it loses nothing, and what
comes after it begins by asking the ledger. One that is not the case's own (somebody else's
queue, type or case) would hold the case up for ever, so it is ended.
"""

import json
import logging
from datetime import timedelta
from enum import StrEnum
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, RPCError, WorkflowExecutionStatus, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCStatusCode

from workflows.case.messages import REFRESH, WORKFLOW, CaseStart, workflow_id

log = logging.getLogger(__name__)

TASK_TIMEOUT = timedelta(seconds=2)
"""How soon another worker takes over from a killed one."""
LOOK = timedelta(seconds=2)
"""How long a look at a run may take."""


class Strange(StrEnum):
    """By what a run is not the case's own."""

    QUEUE = "queue"
    TYPE = "type"
    ARGUMENT = "argument"


class Runs:
    """The runs of cases' workflows. All methods raise what Temporal's client raises."""

    def __init__(self, client: Client, task_queue: str) -> None:
        self._client = client
        self._task_queue = task_queue

    async def begin(self, case_id: str, version: int, *, anew: bool = False) -> None:
        """Have the case's workflow run, and know that the ledger has `version`.

        One that runs is told, or with `anew` ended and another one started in its place; one
        that is missing or was closed is started.
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
            start_signal=REFRESH,
            start_signal_args=[version],
        )

    async def replace_stranger(self, case_id: str, version: int = 0) -> bool:
        """Begin anew in place of a run that is not the case's own; whether there was one."""
        strange = await self.strange(case_id)
        if strange is None:
            return False
        log.error("case %s: the run of another %s is ended", case_id, strange)
        await self.begin(case_id, version, anew=True)
        return True

    async def strange(self, case_id: str) -> Strange | None:
        """By what the run is not the case's own; None when it is, and when none runs."""
        handle: WorkflowHandle[Any, Any] = self._client.get_workflow_handle(workflow_id(case_id))
        try:
            run = await handle.describe(rpc_timeout=LOOK)
            if run.status is not WorkflowExecutionStatus.RUNNING:
                return None
            if run.workflow_type != WORKFLOW:
                return Strange.TYPE
            if run.task_queue != self._task_queue:
                return Strange.QUEUE
            own = await self._started_for(run.run_id, case_id)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return None
            raise
        return None if own else Strange.ARGUMENT

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
    try:
        start = json.loads(argument)
    except ValueError:
        return False
    return isinstance(start, dict) and start.get("case_id") == case_id
