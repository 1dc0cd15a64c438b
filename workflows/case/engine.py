"""The side that asks: steps go to a case's workflow, which is started if it does not run.

Every attempt carries a fresh update id, because Temporal's own memory of ids would answer a
repeated key with the first result, whatever its body; the ledger alone knows sameness. So
any attempt may be repeated, and what Temporal cannot take now is tried again until time is up.
"""

import asyncio
import logging
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
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
from temporalio.service import RetryConfig, RPCStatusCode, TLSConfig

from domain.errors import Unavailable
from workflows.case.errors import from_temporal
from workflows.case.messages import (
    MOVING_ON,
    PROGRESS,
    REFRESH,
    TAKE_STEP,
    TASK_QUEUE,
    WORKFLOW,
    CaseStart,
    Progress,
    SealedOrder,
    StepAnswer,
    workflow_id,
)

log = logging.getLogger(__name__)

TASK_TIMEOUT = timedelta(seconds=2)
"""How soon another worker takes over from a killed one."""
PATIENCE = timedelta(seconds=10)
"""How long a step may take, attempts and all."""
FIRST_PAUSE = 0.02
LONGEST_PAUSE = 0.5
"""Seconds between attempts."""
NOT_CONNECTED = "Failed client connect"
"""How the SDK's RuntimeError begins when a lazy client finds no server."""
RUN_IS_OVER = frozenset({MOVING_ON, "AcceptedUpdateCompletedWorkflow"})
"""Update failures that mean: the run ended meanwhile, ask the next one."""
TRY_AGAIN = frozenset(
    {
        RPCStatusCode.NOT_FOUND,  # the run closed between finding it and asking it
        RPCStatusCode.ABORTED,
        RPCStatusCode.ALREADY_EXISTS,
        RPCStatusCode.RESOURCE_EXHAUSTED,  # ten steps of this case are under way
        RPCStatusCode.UNAVAILABLE,
    }
)
RECONNECT = 0.2
"""Seconds between a worker's attempts to reach its server."""
CONNECTION_RETRY = RetryConfig(max_elapsed_time_millis=2000, max_interval_millis=500)


async def connect(
    address: str, namespace: str, *, tls: bool | TLSConfig = False, lazy: bool = True
) -> Client:
    """A client of the Temporal server at `address`.

    A lazy one connects when first used, which suits the side that asks; a worker needs one
    that is connected, and waits for its server.
    """
    if lazy:
        return await _connect(address, namespace, tls=tls, lazy=True)
    warned = False
    while True:
        try:
            return await _connect(address, namespace, tls=tls, lazy=False)
        except RuntimeError as error:
            if not warned:
                log.warning("waiting for Temporal at %s: %s", address, error)
                warned = True
        await asyncio.sleep(RECONNECT)


async def _connect(address: str, namespace: str, *, tls: bool | TLSConfig, lazy: bool) -> Client:
    return await Client.connect(
        address, namespace=namespace, tls=tls, lazy=lazy, retry_config=CONNECTION_RETRY
    )


class Engine:
    """Steps and questions for the workflows of cases.

    All methods raise `Unavailable` when Temporal is away or does not answer in time; a step
    answered so may still be recorded later.
    """

    def __init__(
        self, client: Client, *, task_queue: str = TASK_QUEUE, patience: timedelta = PATIENCE
    ) -> None:
        self._client = client
        self._task_queue = task_queue
        self._patience = patience
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def take_step(self, order: SealedOrder) -> StepAnswer:
        """Have a step recorded; what is said to be the ledger's answer.

        Raises the `JisrError` the ledger is said to have raised. Neither is to be believed:
        whoever works for Temporal can answer.
        """
        with _outages():
            async with asyncio.timeout(self._patience.total_seconds()), self._turn(order.case_id):
                for pause in _pauses():
                    answer = await self._attempt(order)
                    if answer is not None:
                        return answer
                    await asyncio.sleep(pause)
        raise Unavailable

    def _turn(self, case_id: str) -> asyncio.Lock:
        """Steps of one case take turns here: its workflow would have them wait anyway.

        And a run cannot end while more steps keep coming than it can turn away.
        """
        return self._turns.setdefault(case_id, asyncio.Lock())

    async def _attempt(self, order: SealedOrder) -> StepAnswer | None:
        """One update; None when it must be tried again."""
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
            answer: Any = await self._client.execute_update_with_start_workflow(
                TAKE_STEP, order, start_workflow_operation=start
            )
        except WorkflowUpdateFailedError as failure:
            cause = failure.cause
            if isinstance(cause, ApplicationError) and cause.type in RUN_IS_OVER:
                return None
            raise from_temporal(cause) from failure
        except (RPCError, RPCTimeoutOrCancelledError) as error:
            await _forget(start)
            if isinstance(error, RPCError) and error.status in TRY_AGAIN:
                return None
            raise
        return _step_answer(answer)

    async def start(self, case_id: str, version: int) -> None:
        """Have the case's workflow run, and know that the ledger has `version`.

        One that runs is told; one that is missing or was closed is started.
        """
        with _outages():
            async with asyncio.timeout(self._patience.total_seconds()):
                await self._client.start_workflow(
                    WORKFLOW,
                    CaseStart(case_id, version),
                    id=workflow_id(case_id),
                    task_queue=self._task_queue,
                    task_timeout=TASK_TIMEOUT,
                    id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                    id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                    start_signal=REFRESH,
                    start_signal_args=[version],
                )

    async def signal_refresh(self, case_id: str, version: int) -> None:
        """Tell the case's workflow that the ledger has `version`; starts it if need be."""
        await self.start(case_id, version)

    async def progress(self, case_id: str) -> Progress | None:
        """How far the workflow knows the case to be; None when it knows nothing yet.

        None too when no workflow of this case was ever started.
        """
        handle: WorkflowHandle[Any, Any] = self._client.get_workflow_handle(workflow_id(case_id))
        with _outages():
            async with asyncio.timeout(self._patience.total_seconds()):
                try:
                    answer: Progress | None = await handle.query(PROGRESS, result_type=Progress)
                except RPCError as error:
                    if error.status == RPCStatusCode.NOT_FOUND:
                        return None
                    raise
        return answer


def _step_answer(said: object) -> StepAnswer:
    """What was answered, in the shape it should have: it may be anything."""
    body = said if isinstance(said, dict) else {}
    return StepAnswer(str(body.get("answer", "")), str(body.get("mark", "")))


@contextmanager
def _outages() -> Iterator[None]:
    """Whatever Temporal cannot do now is `Unavailable`.

    The SDK disguises a cancelled call as an error of its own, but cancellation must win.
    """
    try:
        yield
    except (RPCError, RPCTimeoutOrCancelledError, TimeoutError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and not str(error).startswith(NOT_CONNECTED):
            raise
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise asyncio.CancelledError from error
        raise Unavailable from error


def _pauses() -> Iterator[float]:
    """Seconds between attempts, longer each time, and never in step with others'."""
    longest = FIRST_PAUSE
    while True:
        yield longest * (0.5 + random.random() / 2)  # noqa: S311 - no secret
        longest = min(longest * 2, LONGEST_PAUSE)


async def _forget(start: WithStartWorkflowOperation[Any, Any]) -> None:
    """Look at the failed start too, or asyncio complains that nobody did."""
    with suppress(RPCError, asyncio.CancelledError):
        await start.workflow_handle()
