"""The workflow of a case: it orders steps and waits for due times. No rule is in it.

All it knows (`Progress`) came from the ledger; it may be behind the ledger, never ahead.
Nothing but one local activity is awaited under the lock.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

from workflows.case.messages import (
    ANOTHER_CASE,
    LOAD_PROGRESS,
    LOOK_AGAIN,
    MOVING_ON,
    PROGRESS,
    RECORD_DUE,
    RECORD_STEP,
    REFRESH,
    STANDING,
    TAKE_STEP,
    UNAVAILABLE,
    WORKFLOW,
    CaseMoment,
    CaseStart,
    Progress,
    SealedOrder,
    Standing,
    StepAnswer,
    StepOutcome,
)

T = TypeVar("T")

UPDATES_A_RUN = 200
"""Temporal allows 2,000, but short histories replay quickly."""
AGE_OF_A_RUN = timedelta(days=30)
SPREAD = timedelta(days=5)
"""By how much runs end early, so that cases started together do not renew together."""
PATIENCE = timedelta(seconds=8)
"""How long an outage of the ledger is waited out before a step fails."""
ONLY_OUTAGES = RetryPolicy(
    initial_interval=timedelta(milliseconds=100), maximum_interval=timedelta(seconds=1)
)
"""Activities mark everything but an outage as final."""
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=5)


@workflow.defn(name=WORKFLOW)
class CaseWorkflow:
    @workflow.init
    def __init__(self, start: CaseStart) -> None:
        self._case_id = start.case_id
        self._known = start.version
        self._progress: Progress | None = None
        self._lock = asyncio.Lock()
        self._asked = self._looked = 0
        """How often it was told to look again, and up to which of these times it did."""
        self._updates = 0
        self._vain = 0
        self._ends = workflow.now() + AGE_OF_A_RUN - SPREAD * workflow.random().random()

    @workflow.run
    async def run(self, _start: CaseStart) -> None:
        while not await self._is_over():
            if self._must_renew():
                await workflow.wait_condition(workflow.all_handlers_finished)
                workflow.continue_as_new(CaseStart(self._case_id, self._known))
            elif self._is_behind():
                await self._try(self._catch_up)
            elif self._is_due():
                await self._try(self._fire)
            else:
                await self._rest()

    @workflow.update(name=TAKE_STEP)
    async def take_step(self, order: SealedOrder) -> StepAnswer:
        """Record a step; returns the ledger's answer, word for word, with its mark."""
        if order.case_id != self._case_id:
            raise ApplicationError(ANOTHER_CASE, type=ANOTHER_CASE)
        if self._must_renew():
            raise ApplicationError(MOVING_ON, type=MOVING_ON)
        self._updates += 1
        async with self._lock:
            outcome = await _ask(RECORD_STEP, order, StepOutcome)
            self._progress = outcome.progress
        return outcome.answer

    @workflow.signal(name=REFRESH)
    def refresh(self, *versions: Any) -> None:
        """The ledger has this version of the case. Whatever else is said says nothing."""
        told = (version for version in versions if isinstance(version, int))
        self._known = max(self._known, *told, 0)

    @workflow.signal(name=LOOK_AGAIN)
    def look_again(self, *versions: Any) -> None:
        """What its days hang on beside the case has changed, such as the holidays."""
        self._asked += 1
        self.refresh(*versions)

    @workflow.query(name=PROGRESS)
    def progress(self) -> Progress | None:
        """Where the case stands, as far as its workflow knows."""
        return self._progress

    @workflow.query(name=STANDING)
    def standing(self) -> Standing:
        """The same, and whose: one question tells whether the run is the case's own."""
        return Standing(self._case_id, self._progress)

    async def _is_over(self) -> bool:
        """Whether the case is closed (or never came to be) and nobody asks for a step."""
        if not self._is_at_rest():
            return False
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._is_at_rest()

    def _is_at_rest(self) -> bool:
        progress = self._progress
        return progress is not None and not progress.is_open and not self._is_behind()

    def _is_behind(self) -> bool:
        is_told = self._looked == self._asked
        return not is_told or self._progress is None or self._progress.version < self._known

    def _must_renew(self) -> bool:
        return (
            self._updates >= UPDATES_A_RUN
            or workflow.now() >= self._ends
            or workflow.info().is_continue_as_new_suggested()
        )

    def _due(self) -> datetime | None:
        due = self._progress and self._progress.next_due
        return datetime.fromisoformat(due) if due else None

    def _is_due(self) -> bool:
        due = self._due()
        return due is not None and due <= workflow.now()

    async def _catch_up(self) -> bool:
        """Load progress from the ledger, which settles what is known."""
        async with self._lock:
            if self._is_behind():
                known, asked = self._known, self._asked
                self._progress = await _ask(LOAD_PROGRESS, self._case_id, Progress)
                self._looked = asked
                if self._known == known:
                    self._known = self._progress.version
        return True

    async def _fire(self) -> bool:
        """Record the reviews that fell due; False when the ledger says it is not time."""
        async with self._lock:
            now = workflow.now().isoformat()
            self._progress = await _ask(RECORD_DUE, CaseMoment(self._case_id, now), Progress)
        return not self._is_due()

    async def _try(self, attempt: Callable[[], Any]) -> None:
        """Run an attempt; after a vain one wait a while, longer each time."""
        done = False
        with suppress(ApplicationError):
            done = await attempt()
        self._vain = 0 if done else self._vain + 1
        if self._vain:
            pause = min(FIRST_PAUSE * 2 ** min(self._vain - 1, 10), LONGEST_PAUSE)
            await self._wait(pause)

    async def _rest(self) -> None:
        """Wait for the next due time, or the end of the run."""
        until = min(self._due() or self._ends, self._ends)
        await self._wait(until - workflow.now())

    async def _wait(self, time: timedelta) -> None:
        """Wait until something changes that the loop must look at, but not for ever.

        A due time that moves away leaves the timer as it is: to wake for nothing once
        costs less than to stop and start a timer with every step that moves it.
        """
        until, before = workflow.now() + time, self._due()
        known, asked = self._known, self._asked

        def sooner() -> bool:
            due = self._due()
            return due is not None and due != before and due < until

        def stirred() -> bool:
            told = self._known != known or self._asked != asked
            return told or sooner() or self._is_at_rest() or self._must_renew()

        with suppress(asyncio.TimeoutError):
            await workflow.wait_condition(stirred, timeout=max(time, timedelta(milliseconds=1)))


async def _ask(activity: str, argument: object, result: type[T]) -> T:
    """Run a local activity on the ledger; raises `ApplicationError` only."""
    try:
        answer: T = await workflow.execute_local_activity(
            activity,
            argument,
            result_type=result,
            schedule_to_close_timeout=PATIENCE,
            retry_policy=ONLY_OUTAGES,
        )
    except ActivityError as failure:
        if isinstance(failure.cause, ApplicationError):
            raise failure.cause from None
        raise ApplicationError(UNAVAILABLE, type=UNAVAILABLE) from None
    return answer
