"""The workflow of a batch: it goes on while there are lines to go on with. No rule is in it.

One that rests, or is over, needs none: whoever goes on with it is followed by a run that begins anew.
"""

import asyncio
from contextlib import suppress
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

from workflows.batch.messages import BATCH_WORKFLOW, GO_ON, STIR, BatchStanding, BatchStart

ROUNDS_A_RUN = 200
"""Then another run goes on: short histories replay quickly."""
LONG_ENOUGH = timedelta(seconds=60)
"""For a few seconds' work, and an outage meanwhile."""
AFTER_AN_OUTAGE = timedelta(seconds=5)
ONLY_OUTAGES = RetryPolicy(
    initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=5)
)
"""The activity marks everything but an outage as final."""


@workflow.defn(name=BATCH_WORKFLOW)
class BatchWorkflow:
    @workflow.init
    def __init__(self, start: BatchStart) -> None:
        self._batch_id = start.batch_id
        self._stirred = False

    @workflow.run
    async def run(self, _start: BatchStart) -> None:
        for _ in range(ROUNDS_A_RUN):
            self._stirred = False
            if not await self._go_on() and not self._stirred:
                return
        workflow.continue_as_new(BatchStart(self._batch_id))

    @workflow.signal(name=STIR)
    def stir(self) -> None:
        """Something was recorded of the batch: look again before the end."""
        self._stirred = True

    async def _go_on(self) -> bool:
        """Whether there is more to do; what fails is tried again in a while."""
        with suppress(ActivityError):
            standing: BatchStanding = await workflow.execute_local_activity(
                GO_ON,
                self._batch_id,
                result_type=BatchStanding,
                schedule_to_close_timeout=LONG_ENOUGH,
                retry_policy=ONLY_OUTAGES,
            )
            return standing.moves
        await asyncio.sleep(AFTER_AN_OUTAGE.total_seconds())
        return True
