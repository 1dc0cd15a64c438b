"""Bring one case's workflow level with the ledger; where that fails, begin it anew.

A run is begun anew at once when it is not the case's own, cannot be asked, or knows more than
the ledger; at the second look when it does not answer, stays behind, or what fell due is not
recorded. It loses nothing by that: whoever waits for a step of the case asks the next run.
"""

import logging
import time
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from temporalio.client import RPCError
from temporalio.service import RPCStatusCode

from workflows.agenda import Agenda, Entry, due_of
from workflows.case.messages import Progress
from workflows.case.runs import STRANGE, CannotReplayError, Runs, Wrong

log = logging.getLogger(__name__)

LATE = timedelta(seconds=20)
"""After this what is due should have been recorded."""
PATIENTLY = frozenset({Wrong.SILENT, Wrong.BEHIND, Wrong.OVERDUE})
"""What may pass by itself, and is told what the ledger has first."""
UNANSWERED = frozenset({RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED})
OFTEN = 3
HOUR = 3600.0
"""A run begun anew so often within so many seconds is left alone: beginning again does not help."""


class Outcome(StrEnum):
    """What was done with a case."""

    LEVEL = "level"
    CLOSED = "closed"
    START = "start"
    REFRESH = "refresh"
    REPLACE = "replace"
    FAIL = "fail"


class Healing:
    """Levels cases one by one; remembers which were level, and which are suspected."""

    def __init__(self, runs: Runs, agenda: Agenda) -> None:
        self._runs = runs
        self._agenda = agenda
        self._level: dict[str, tuple[int, str | None]] = {}
        """Case → the version and the run with which it was found level."""
        self._suspected: dict[str, Wrong] = {}
        """Cases that are begun anew if the next look finds the same wrong with them."""
        self._replaced: dict[str, deque[float]] = {}

    def is_level(self, case: str, run_id: str | None) -> bool:
        """Whether nothing has changed since the case was found level."""
        return self._level.get(case) == (self._agenda.of(case).version, run_id)

    def is_overdue(self, case: str, now: datetime) -> bool:
        due = self._agenda.of(case).due
        return due is not None and due + LATE < now

    def suspects(self) -> Iterator[str]:
        return iter(list(self._suspected))

    async def level_out(self, case: str, run_id: str | None = None) -> Outcome:
        """`run_id` is its run's by Temporal's list, if it has one.

        Raises what the ledger and Temporal's client raise.
        """
        if run_id is not None and await self._is_still_level(case, run_id):
            return Outcome.LEVEL
        entry = await self._agenda.look(case)
        run = await self._runs.find(case)
        if run is None:
            return await self._start(case, entry)
        wrong = run.wrong or await self._wrong_with(case, entry)
        if wrong is None:
            self._suspected.pop(case, None)
            self._level[case] = (entry.version, run.run_id)
            return Outcome.LEVEL
        return await self._heal(case, entry, wrong)

    async def _is_still_level(self, case: str, run_id: str) -> bool:
        """One question to a run that was level, in place of a whole look."""
        if not self.is_level(case, run_id) or case in self._suspected:
            return False
        entry = self._agenda.of(case)
        return await self._wrong_with(case, entry) is None

    async def _start(self, case: str, entry: Entry) -> Outcome:
        self._suspected.pop(case, None)
        if not entry.is_open:
            self._level[case] = (entry.version, None)
            return Outcome.CLOSED
        await self._runs.begin(case, entry.version)
        return Outcome.START

    async def _wrong_with(self, case: str, entry: Entry) -> Wrong | None:
        """What is wrong with a run that is the case's own."""
        try:
            progress = await self._runs.progress(case)
        except CannotReplayError:
            return Wrong.UNREPLAYABLE
        except RPCError as error:
            if error.status not in UNANSWERED:
                raise
            return Wrong.SILENT
        return await self._compared(case, entry, progress)

    async def _compared(self, case: str, entry: Entry, progress: Progress | None) -> Wrong | None:
        if progress is None or progress.version < entry.version:
            return Wrong.BEHIND
        if progress.version == entry.version and due_of(progress) != entry.due:
            return Wrong.BEHIND  # another calendar or other rules than when it last asked
        now_there = await self._agenda.look(case)
        if progress.version > now_there.version:
            return Wrong.AHEAD
        if now_there.due == entry.due and self.is_overdue(case, datetime.now(UTC)):
            return Wrong.OVERDUE
        return None

    async def _heal(self, case: str, entry: Entry, wrong: Wrong) -> Outcome:
        self._level.pop(case, None)
        if wrong in PATIENTLY and self._suspected.get(case) is not wrong:
            self._suspected[case] = wrong
            await self._runs.begin(case, entry.version, again=True)
            return Outcome.REFRESH
        self._suspected.pop(case, None)
        if wrong not in STRANGE and not self._may_replace(case):
            log.error("case %s: its run is %s, and beginning anew does not help", case, wrong)
            return Outcome.FAIL
        log.warning("case %s: its run is begun anew: %s", case, wrong)
        await self._runs.begin(case, entry.version, anew=True)
        return Outcome.REPLACE

    def _may_replace(self, case: str) -> bool:
        times = self._replaced.setdefault(case, deque())
        now = time.monotonic()
        while times and times[0] < now - HOUR:
            times.popleft()
        if len(times) >= OFTEN:
            return False
        times.append(now)
        return True
