"""The run under a batch's workflow id: how one begins, and what there is."""

from datetime import timedelta
from typing import Any

from temporalio.client import Client, RPCError, WorkflowExecutionStatus, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCStatusCode

from workflows.batch.messages import BATCH_WORKFLOW, STIR, BatchStart, batch_workflow_id

TASK_TIMEOUT = timedelta(seconds=2)
"""How soon another worker takes over from a killed one."""
LOOK = timedelta(seconds=3)


class BatchRuns:
    """The runs of batches on one task queue."""

    def __init__(self, client: Client, task_queue: str) -> None:
        self._client = client
        self._task_queue = task_queue

    async def begin(self, batch_id: str, *, anew: bool = False) -> None:
        """Have a run go on with the batch. One that is there looks again before its end; with
        `anew` it is ended, and another one started in its place.
        """
        policy = WorkflowIDConflictPolicy
        await self._client.start_workflow(
            BATCH_WORKFLOW,
            BatchStart(batch_id),
            id=batch_workflow_id(batch_id),
            task_queue=self._task_queue,
            task_timeout=TASK_TIMEOUT,
            id_conflict_policy=policy.TERMINATE_EXISTING if anew else policy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            start_signal=STIR,
        )

    async def is_own(self, batch_id: str) -> bool | None:
        """Whether the run that has the batch's id is one of ours; None where none runs."""
        handle: WorkflowHandle[Any, Any] = self._client.get_workflow_handle(
            batch_workflow_id(batch_id)
        )
        try:
            found = await handle.describe(rpc_timeout=LOOK)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return None
            raise
        except ValueError:
            return False  # a status that the SDK does not know: Temporal has one of a paused run
        if found.status is not WorkflowExecutionStatus.RUNNING:
            return None
        return found.workflow_type == BATCH_WORKFLOW and found.task_queue == self._task_queue
