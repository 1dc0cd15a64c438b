"""Where a batch's workflow touches the ledger: one local activity, safe to repeat.

It goes on with the batch for a moment and then records how far it came. Killed in between, the
next one begins with the same lines: those that were taken are known by their command's id, and so
they are told of too where somebody has paused or stopped the batch meanwhile.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, cast
from uuid import UUID, uuid4

from temporalio import activity

from domain.batch.lines import command_id_of
from domain.batch.state import BatchState, Line
from domain.batch.steps import HaltBatch, RecordBatchLines, RefusedAt
from domain.batch.vocabulary import Phase
from domain.errors import KeyReused, Refused, Unavailable
from domain.message import (
    TIMER,
    Command,
    Origin,
    OriginKind,
    Step,
    StreamKind,
    derived_id,
    stream_id,
)
from domain.values.calendar import local_date
from ledger.ledger import Ledger
from ledger.recording.writer import Writer
from workflows.batch.lines import BatchLines, Came, Halted, Interrupted
from workflows.batch.messages import GO_ON, BatchStanding
from workflows.batch.pacing import Pace
from workflows.case.errors import named_failures

AT_A_TIME = 1.0
"""Seconds of lines between two records of how far it came: whoever watches sees it move."""
TOGETHER = 100
"""Lines between those at most."""
ATTEMPTS = 3
"""At a line whose case alone cannot be reached, as where somebody paused its workflow: then it is told
as refused, and the others go on. Its order is not believed any more from then on.
"""
OTHERS_WERE_FASTER = (Refused, KeyReused)
"""What says that somebody else has gone on with the batch."""


@dataclass(slots=True)
class _Gone:
    """How far one going on has come."""

    first: int
    last: int
    passed: int = 0
    warned: int = 0
    refused: list[RefusedAt] = field(default_factory=list)

    def count(self, line: Line, came: Came | None) -> None:
        """None for a line that nothing is taken for."""
        self.last = line.number
        if came is None:
            return
        if came.refused is not None:
            self.refused.append(RefusedAt(line=line.number, code=came.refused))
            return
        self.passed += 1
        self.warned += came.warned


class BatchActivities:
    """The activity of batches, on one ledger and its writer."""

    def __init__(self, ledger: Ledger, writer: Writer, lines: BatchLines, pace: Pace) -> None:
        self._ledger = ledger
        self._writer = writer
        self._lines = lines
        self._pace = pace
        self._in_vain: Counter[UUID] = Counter()
        """How often a line's step was asked for and not answered."""

    def all(self) -> Sequence[Callable[..., Any]]:
        return (self.go_on,)

    @activity.defn(name=GO_ON)
    async def go_on(self, batch_id: str) -> BatchStanding:
        """Look at some lines more, or take some more; whether there are others still."""
        with named_failures(GO_ON):
            batch, run = UUID(batch_id), activity.info().workflow_run_id
            state = await self._state(batch)
            if state.moves:
                await self._advance(batch, state, run)
                state = await self._state(batch)
            if state.is_unsettled:
                await self._settle(batch, state, run)
                state = await self._state(batch)
            return BatchStanding(state.has_work)

    async def _state(self, batch: UUID) -> BatchState:
        stream = stream_id(StreamKind.BATCH, batch)
        return cast("BatchState", await asyncio.to_thread(self._ledger.state, stream))

    async def _advance(self, batch: UUID, state: BatchState, run: str | None) -> None:
        phase = state.phase
        first = state.going(phase).last + 1
        gone = _Gone(first, first - 1)
        halted: str | None = None
        away: Unavailable | None = None
        try:
            await self._go(batch, state, phase, gone)
        except Halted as halt:
            halted = halt.code
        except Unavailable as outage:
            away = outage
        except Interrupted:
            pass
        if gone.last >= first:
            told, name = _told(phase, gone), f"{phase}/{first}/{state.version}"
            # Looked at was the list as it was then: somebody may have said meanwhile whose a line is.
            of = state.seen if phase is Phase.LOOK else None
            await self._record(batch, told, run, name, of)
        if halted is not None:
            step = HaltBatch(occurred_on=_today(), because=halted)
            await self._record(batch, step, run, f"halt/{uuid4()}")
        if away is not None:
            raise away

    async def _settle(self, batch: UUID, state: BatchState, run: str | None) -> None:
        """Tell of what was taken before it was held up; the ledger takes no more of its lines."""
        first = state.take.last + 1
        gone = _Gone(first, first - 1)
        told = state.lines[first - 1 : first - 1 + TOGETHER]
        taken = await asyncio.to_thread(self._lines.taken, batch, told)
        for line in told[: taken[-1] - first + 1] if taken else ():
            came: Came | None = None
            if line.number in taken:
                came = Came()
            elif state.is_to_take(line):
                came = Came(await self._lines.why_not(batch, state, line))
            gone.count(line, came)
        step = _told(Phase.TAKE, gone, settles=True)
        await self._record(batch, step, run, f"settle/{first}/{state.version}")

    async def _go(self, batch: UUID, state: BatchState, phase: Phase, gone: _Gone) -> None:
        until = time.monotonic() + AT_A_TIME
        each = self._lines.look if phase is Phase.LOOK else self._lines.take
        for line in state.lines[gone.last : gone.last + TOGETHER]:
            if not state.is_to_take(line):
                gone.count(line, None)
                continue
            if phase is Phase.TAKE and self._has_stopped(batch):
                raise Interrupted
            try:
                came = await _unless_stopped(
                    self._at_its_pace(partial(each, batch, state, line), phase)
                )
            except Unavailable:
                if phase is Phase.LOOK or not await self._is_given_up(batch, line):
                    raise
                # Told at once: until it is, its order may still be taken.
                gone.count(line, Came(Unavailable.code))
                return
            if came is None:
                return
            gone.count(line, came)
            if time.monotonic() > until:
                return

    async def _is_given_up(self, batch: UUID, line: Line) -> bool:
        """Whether it was tried often enough, and it is not that everything is away."""
        name = command_id_of(batch, line.number)
        self._in_vain[name] += await self._lines.only_it_is_away()
        if self._in_vain[name] < ATTEMPTS:
            return False
        del self._in_vain[name]
        return not await asyncio.to_thread(self._lines.taken, batch, [line])

    def _has_stopped(self, batch: UUID) -> bool:
        """By what this process last knew of it, which costs nothing; the ledger asks again."""
        lately = self._ledger.lately(stream_id(StreamKind.BATCH, batch))
        return not cast("BatchState", lately).moves

    async def _at_its_pace(self, each: Callable[[], Awaitable[Came]], phase: Phase) -> Came:
        began = time.monotonic()
        came = await each()
        await self._pace.rest(time.monotonic() - began, looking=phase is Phase.LOOK)
        return came

    async def _record(
        self, batch: UUID, step: Step, run: str | None, name: str, of: int | None = None
    ) -> None:
        command = Command(
            id=derived_id(batch, name),
            target=stream_id(StreamKind.BATCH, batch),
            step=step,
            expected_version=of,
            actor=TIMER,
            origin=Origin(kind=OriginKind.TIMER, run=run),
        )
        try:
            await self._writer.record(command)
        except OTHERS_WERE_FASTER:
            return


async def _unless_stopped(coming: Coroutine[Any, Any, Came]) -> Came | None:
    """None where this worker stops meanwhile: nobody here takes up the line's own workflow any more,
    and the next worker asks what became of it.
    """
    line = asyncio.ensure_future(coming)
    stopped = asyncio.ensure_future(activity.wait_for_worker_shutdown())
    try:
        await asyncio.wait((line, stopped), return_when=asyncio.FIRST_COMPLETED)
        return line.result() if line.done() else None
    finally:
        for each in (line, stopped):
            each.cancel()


def _today() -> Any:
    return local_date(datetime.now(UTC))


def _told(phase: Phase, gone: _Gone, *, settles: bool = False) -> RecordBatchLines:
    return RecordBatchLines(
        occurred_on=_today(),
        phase=phase,
        settles=settles,
        first=gone.first,
        last=gone.last,
        passed=gone.passed,
        warned=gone.warned,
        refused=tuple(gone.refused),
    )
