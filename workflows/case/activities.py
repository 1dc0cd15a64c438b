"""Where the workflow touches the ledger: three local activities, all safe to repeat."""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from temporalio import activity

from domain.errors import Refused
from domain.message import Command, OriginKind, StreamKind, stream_id
from domain.values.calendar import local_date
from ledger.keys.sealing import Sealed
from ledger.ledger import Ledger
from ledger.recording.admitting import CLOCKS_DIFFER
from ledger.recording.deciding import Receipt
from ledger.recording.writer import Writer
from workflows.case.backlog import record_together
from workflows.case.errors import named_failures
from workflows.case.messages import (
    LOAD_PROGRESS,
    RECORD_DUE,
    RECORD_STEP,
    CaseMoment,
    Progress,
    SealedOrder,
    StepAnswer,
    StepOutcome,
    workflow_id,
)
from workflows.case.schedule import Schedule


class CaseActivities:
    """The activities of cases, on one ledger and its writer.

    The ledger blocks, so it is asked on other threads than the event loop's; each change of
    thread costs more than what the ledger does, so there are as few as can be.
    """

    def __init__(
        self, ledger: Ledger, writer: Writer, schedule: Schedule, *, skips_time: bool = False
    ) -> None:
        """`skips_time`: the process engine's clock is believed, however far ahead it is."""
        self._skips_time = skips_time
        self.last_step = float("-inf")
        """When somebody last took a step, on the monotonic clock; a batch is nobody."""
        self._ledger = ledger
        self._writer = writer
        self._schedule = schedule

    def all(self) -> Sequence[Callable[..., Any]]:
        return (self.record_step, self.load_progress, self.record_due)

    @activity.defn(name=RECORD_STEP)
    async def record_step(self, order: SealedOrder) -> StepOutcome:
        """Open and record a sealed command; the same one again gives the same answer.

        Only for the case whose workflow asks.
        """
        with named_failures(RECORD_STEP):
            info = activity.info()
            if info.workflow_id != workflow_id(order.case_id):
                raise Refused("seal_broken")
            return await asyncio.wrap_future(self._outcome(order, info.workflow_run_id))

    @activity.defn(name=LOAD_PROGRESS)
    async def load_progress(self, case_id: str) -> Progress:
        """Where the ledger has the case now."""
        with named_failures(LOAD_PROGRESS):
            return await self._progress(case_id)

    @activity.defn(name=RECORD_DUE)
    async def record_due(self, moment: CaseMoment) -> Progress:
        """Record a reminder for every review that fell due by then; where the case is now.

        Not on the word of a clock that is ahead of this process's: nothing is due early.
        """
        with named_failures(RECORD_DUE):
            reminders = await asyncio.to_thread(
                self._reminders, moment, activity.info().workflow_run_id
            )
            await record_together(self._writer, reminders)
            return await self._progress(moment.case_id)

    def _outcome(self, order: SealedOrder, run: str | None) -> Future[StepOutcome]:
        """Open it, record it, and see where the case is then, all on the writer's thread."""
        outcome: Future[StepOutcome] = Future()
        outcome.set_running_or_notify_cancel()  # from now on nobody can cancel it

        def follow(recorded: Future[Receipt]) -> None:
            try:
                receipt = recorded.result()
                answer = StepAnswer(receipt.answer, receipt.mark)
                state = self._ledger.lately(stream_id(StreamKind.CASE, order.case_id))
                progress = self._schedule.progress(order.case_id, state)
                outcome.set_result(StepOutcome(answer, progress))
            except Exception as error:  # noqa: BLE001 - it goes to whoever waits
                outcome.set_exception(error)

        self._writer.submit(partial(self._open, order, run)).add_done_callback(follow)
        return outcome

    async def _progress(self, case_id: str) -> Progress:
        return await asyncio.to_thread(self._read_progress, case_id)

    def _read_progress(self, case_id: str) -> Progress:
        state = self._ledger.state(stream_id(StreamKind.CASE, case_id))
        return self._schedule.progress(case_id, state)

    def _reminders(self, moment: CaseMoment, run: str | None) -> list[Command]:
        state = self._ledger.state(stream_id(StreamKind.CASE, moment.case_id))
        now, today = datetime.fromisoformat(moment.now), local_date(datetime.now(UTC))
        ahead = now - datetime.now(UTC)
        if ahead > CLOCKS_DIFFER and not self._skips_time:
            raise Refused("clock", seconds=int(ahead.total_seconds()))
        return self._schedule.reminders(moment.case_id, state, now, today, run)

    def _open(self, order: SealedOrder, run: str | None) -> Command:
        """The command inside the seal, marked with the run it came through."""
        command = self._ledger.open(
            Sealed(
                case_id=order.case_id,
                command_id=UUID(order.command_id),
                subject=UUID(order.subject),
                blob=order.blob,
            )
        )
        if command.target != stream_id(StreamKind.CASE, order.case_id):
            raise Refused("seal_broken")
        if command.origin.kind is not OriginKind.BATCH:
            self.last_step = time.monotonic()
        origin = command.origin.model_copy(update={"run": run})
        return command.model_copy(update={"origin": origin})
