"""The side that asks: steps go to a case's workflow, which is started if it does not run.

Every attempt carries a fresh update id, because Temporal's own memory of ids would answer a
repeated key with the first result, whatever its body; the ledger alone knows sameness. So
any attempt may be repeated, and what Temporal cannot take now is tried again until time is up.
"""

import asyncio
import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from enum import Enum
from typing import Any
from weakref import WeakValueDictionary

from temporalio.client import (
    Client,
    RPCError,
    RPCTimeoutOrCancelledError,
    WithStartWorkflowOperation,
    WorkflowHandle,
    WorkflowUpdateFailedError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCStatusCode

from domain.errors import NewerReleaseNeeded, Unavailable
from workflows.case.connecting import outages
from workflows.case.errors import from_temporal
from workflows.case.messages import (
    ANOTHER_CASE,
    MOVING_ON,
    TAKE_STEP,
    TASK_QUEUE,
    WORKFLOW,
    CaseStart,
    SealedOrder,
    StepAnswer,
    workflow_id,
)
from workflows.case.runs import TASK_TIMEOUT, Runs
from workflows.pollers import pollers_of

PATIENCE = timedelta(seconds=10)
"""How long a step may take, attempts and all."""
AT_ONCE = timedelta(seconds=2)
"""For what is asked while somebody waits to hear whether steps can be taken."""
SOON = (0.02, 0.5)
CROWDED = (0.2, 4.0)
"""Seconds between attempts: the first and the longest pause. A case that has ten steps under
way turns the next away, and each one turned away makes Temporal begin those ten again: whoever
comes back too soon keeps all of them from ever being done."""
ASK_AGAIN = frozenset(
    {
        MOVING_ON,
        "AcceptedUpdateCompletedWorkflow",
        "UnprocessedUpdate",
        NewerReleaseNeeded.code,
    }
)
"""Update failures that mean: the run ended meanwhile, ask the next one; the worker was too late
to take it up; or it is of a release that was left behind and stops, ask the next one."""


class Again(Enum):
    """Why an attempt must be repeated."""

    SOON = 1
    CROWDED = 2
    BROKEN = 3
    """The run's task failed: its history does not fit the workflow, or the workflow is at fault."""


TRY_AGAIN = {
    RPCStatusCode.NOT_FOUND: Again.SOON,  # the run closed between finding it and asking it
    RPCStatusCode.ABORTED: Again.SOON,
    RPCStatusCode.ALREADY_EXISTS: Again.SOON,
    RPCStatusCode.UNAVAILABLE: Again.SOON,
    RPCStatusCode.RESOURCE_EXHAUSTED: Again.CROWDED,  # ten steps of this case are under way
    RPCStatusCode.FAILED_PRECONDITION: Again.BROKEN,
}


class Engine:
    """Has steps of cases taken by their workflows."""

    def __init__(
        self, client: Client, *, task_queue: str = TASK_QUEUE, patience: timedelta = PATIENCE
    ) -> None:
        self._client = client
        self._task_queue = task_queue
        self._runs = Runs(client, task_queue)
        self._patience = patience
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def take_step(self, order: SealedOrder) -> StepAnswer:
        """Have a step recorded; what is said to be the ledger's answer.

        Raises the `JisrError` the ledger is said to have raised; neither is to be believed,
        for whoever works for Temporal can answer. Raises `Unavailable` when Temporal is away or
        does not answer in time; a step answered so may still be recorded later.
        """
        with outages():
            async with asyncio.timeout(self._patience.total_seconds()), self._turn(order.case_id):
                attempts = asyncio.ensure_future(self._attempts(order))
                attempts.add_done_callback(_look_at)
                try:
                    return await self._awaited(attempts, order.case_id)
                finally:
                    attempts.cancel()

    async def require_worker(self) -> None:
        """Raises `Unavailable` unless Temporal answers at once and somebody works for it.

        With `because`: `process_engine` or `worker`, whichever is missing.
        """
        try:
            with outages():
                found = await pollers_of(self._client, self._task_queue, AT_ONCE)
        except Unavailable as away:
            raise Unavailable(because="process_engine") from away
        if not found:
            raise Unavailable(because="worker")

    async def _awaited(self, attempts: asyncio.Future[StepAnswer], case_id: str) -> StepAnswer:
        """What the attempts come to; a run that keeps them waiting is looked at meanwhile."""
        await asyncio.wait((attempts,), timeout=self._patience.total_seconds() / 2)
        if not attempts.done():
            with suppress(RPCError):
                await self._runs.replace_stuck(case_id)
        return await attempts

    async def _attempts(self, order: SealedOrder) -> StepAnswer:
        soon, crowded, begun_anew = _pauses(*SOON), _pauses(*CROWDED), False
        answer = await self._attempt(order)
        while isinstance(answer, Again):
            if answer is Again.BROKEN and not begun_anew:
                await self._runs.begin(order.case_id, 0, anew=True)
                begun_anew = True
            await asyncio.sleep(next(crowded if answer is Again.CROWDED else soon))
            answer = await self._attempt(order)
        return answer

    def _turn(self, case_id: str) -> asyncio.Lock:
        """Steps of one case take turns here: its workflow would have them wait anyway.

        And a run cannot end while more steps keep coming than it can turn away.
        """
        return self._turns.setdefault(case_id, asyncio.Lock())

    async def _attempt(self, order: SealedOrder) -> StepAnswer | Again:
        """One update."""
        try:
            answer = await self._ask(order)
        except WorkflowUpdateFailedError as failure:
            if await self._is_passing(failure.cause, order.case_id):
                return Again.SOON
            raise from_temporal(failure.cause) from failure
        except RPCError as error:
            again = TRY_AGAIN.get(error.status)
            if again is None:
                raise
            return again
        return _step_answer(answer)

    async def _ask(self, order: SealedOrder) -> Any:
        """Ask the run that is there, which takes two thirds of asking for one with the update."""
        run: WorkflowHandle[Any, Any] = self._client.get_workflow_handle(workflow_id(order.case_id))
        try:
            return await run.execute_update(TAKE_STEP, order)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
        return await self._begin_with(order)

    async def _begin_with(self, order: SealedOrder) -> Any:
        """Ask a run that begins, unless another one has begun meanwhile."""
        start: WithStartWorkflowOperation[Any, Any] = WithStartWorkflowOperation(
            WORKFLOW,
            CaseStart(order.case_id),
            id=workflow_id(order.case_id),
            task_queue=self._task_queue,
            task_timeout=TASK_TIMEOUT,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        )
        try:
            return await self._client.execute_update_with_start_workflow(
                TAKE_STEP, order, start_workflow_operation=start
            )
        except (RPCError, RPCTimeoutOrCancelledError):
            await _forget(start)
            raise

    async def _is_passing(self, failure: BaseException, case_id: str) -> bool:
        """Whether who failed a step is going, or another case's run, which is ended now."""
        kind = failure.type if isinstance(failure, ApplicationError) else None
        if kind == ANOTHER_CASE:
            await self._runs.replace_stranger(case_id)
            return True
        return kind in ASK_AGAIN


def _step_answer(said: object) -> StepAnswer:
    """What was answered, in the shape it should have: it may be anything."""
    body = said if isinstance(said, dict) else {}
    return StepAnswer(str(body.get("answer", "")), str(body.get("mark", "")))


def _pauses(first: float, longest: float) -> Iterator[float]:
    """Seconds between attempts, longer each time, and never in step with others'."""
    pause = first
    while True:
        yield pause * (0.5 + random.random() / 2)  # noqa: S311 - no secret
        pause = min(pause * 2, longest)


def _look_at(done: asyncio.Future[StepAnswer]) -> None:
    """Or asyncio complains that nobody looked at the error of an attempt given up."""
    if not done.cancelled():
        done.exception()


async def _forget(start: WithStartWorkflowOperation[Any, Any]) -> None:
    """Look at the failed start too, or asyncio complains that nobody did."""
    with suppress(RPCError, asyncio.CancelledError):
        await start.workflow_handle()
