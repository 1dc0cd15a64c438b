"""Who asks for the cases' work, as Temporal sees them."""

import os
import socket
import time
from collections.abc import Mapping
from datetime import timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client

from ledger.ground.living import is_halted
from workflows.case.messages import TASK_QUEUE

POLLED_WITHIN = 120
"""Seconds: an idle worker asks once a minute."""


async def pollers_of(
    client: Client, task_queue: str = TASK_QUEUE, within: timedelta | None = None
) -> Mapping[str, float]:
    """Whoever asked lately, by the name they give themselves, and how many seconds ago.

    Temporal names somebody for minutes after their end: who is seen to be away is left out.
    Raises what Temporal's client raises.
    """
    request = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=task_queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    answer = await client.workflow_service.describe_task_queue(request, timeout=within)
    now = time.time()
    asked = {poller.identity: now - poller.last_access_time.seconds for poller in answer.pollers}
    return {
        name: seconds
        for name, seconds in asked.items()
        if seconds <= POLLED_WITHIN and not is_away(name)
    }


def is_away(name: str) -> bool:
    """Whether the process that Temporal's client names so (`<id>@<host>`) ended or is halted here."""
    process, _, host = name.partition("@")
    if host != socket.gethostname() or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return is_halted(int(process))
