"""Reminders that were missed while no workflow ran, recorded for many cases in one commit.

A case's workflow would record its own when it comes back; after a long outage that is a commit
a case, and all of them at once. The same reminder has the same command id, whoever records it.
"""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice

from domain.errors import KeyReused, Refused, Unexpected
from domain.message import Command, StreamKind, stream_id
from domain.values.calendar import local_date
from ledger.ledger import Ledger
from ledger.recording.writer import Writer
from workflows.case.schedule import Schedule

TOGETHER = 12
"""Reminders in one commit, some ten milliseconds of it: a step of somebody's waits so long at most."""


async def record_together(writer: Writer, reminders: Iterable[Command]) -> None:
    """Record them in few commits; one that is not due, or no more, is no error."""
    waiting = iter(reminders)
    while group := list(islice(waiting, TOGETHER)):
        recording = [writer.record(reminder) for reminder in group]
        for result in await asyncio.gather(*recording, return_exceptions=True):
            if isinstance(result, BaseException) and not isinstance(result, Refused | KeyReused):
                raise result


class Backlog:
    """What was missed in cases without a workflow."""

    def __init__(self, ledger: Ledger, schedule: Schedule, writer: Writer) -> None:
        self._ledger = ledger
        self._schedule = schedule
        self._writer = writer

    async def record(self, cases: Sequence[str]) -> None:
        """Record what is due in these cases by now. Raises `Unavailable`."""
        reminders = await asyncio.to_thread(self._due, cases)
        try:
            await record_together(self._writer, reminders)
        except Unexpected:
            return  # logged where it happened; the case's own workflow stumbles over it too

    def _due(self, cases: Sequence[str]) -> list[Command]:
        now = datetime.now(UTC)
        due: list[Command] = []
        for case in cases:
            try:
                state = self._ledger.state(stream_id(StreamKind.CASE, case))
                if state.version:
                    due += self._schedule.reminders(case, state, now, local_date(now), None)
            except Unexpected:
                continue  # as above
        return due
