"""The bare part to compare with: a Temporal update that runs a no-op local activity.

Run as a program it is the worker: `python -m bench.load.bare <address> <namespace> <polls>`.
"""

import asyncio
import sys
from datetime import timedelta

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

QUEUE = "bench-bare"


@activity.defn
async def nothing(order: str) -> str:
    return order


@workflow.defn
class Bare:
    def __init__(self) -> None:
        self._over = False

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: self._over)

    @workflow.update
    async def take(self, order: str) -> str:
        answer: str = await workflow.execute_local_activity(
            nothing, order, schedule_to_close_timeout=timedelta(seconds=10)
        )
        return answer

    @workflow.signal
    def end(self) -> None:
        self._over = True


async def work(address: str, namespace: str, polls: int) -> None:
    client = await Client.connect(address, namespace=namespace)
    worker = Worker(
        client,
        task_queue=QUEUE,
        workflows=[Bare],
        activities=[nothing],
        workflow_runner=UnsandboxedWorkflowRunner(),
        no_remote_activities=True,
        max_concurrent_workflow_task_polls=polls,
    )
    await worker.run()


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], sys.argv[2], int(sys.argv[3])))
