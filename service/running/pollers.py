"""How many workers there are, as Temporal sees them."""

import time
from typing import TYPE_CHECKING

from workflows.case.messages import TASK_QUEUE

if TYPE_CHECKING:
    from temporalio.client import Client

POLLED_WITHIN = 120
"""Seconds: an idle worker asks once a minute."""


async def workers_of(client: "Client") -> int:
    """How many processes have asked for the cases' work lately."""
    # ruff: noqa: PLC0415 - slow to load, and seldom needed
    from temporalio.api.enums.v1 import TaskQueueType
    from temporalio.api.taskqueue.v1 import TaskQueue
    from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest

    request = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=TASK_QUEUE),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    answer = await client.workflow_service.describe_task_queue(request)
    lately = time.time() - POLLED_WITHIN
    return len(
        {poller.identity for poller in answer.pollers if poller.last_access_time.seconds >= lately}
    )
