"""The timers of all cases, as their workflows keep them, and what goes wrong there.

What a workflow knows is the real `Progress`, of the real `Schedule`; what it asks the ledger to
record when it wakes, the real reminders. Its waiting is a heap of moments here, so that ten years
pass at once; `tests/workflow/test_year.py` has real workflows wait.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any, Protocol

from domain.message import Command, StreamKind, stream_id
from domain.values.calendar import local_date
from ledger.ledger import Ledger
from tests.years.judge import Judge
from workflows.case.backlog import TOGETHER
from workflows.case.messages import Progress
from workflows.case.schedule import Schedule

A_SECOND = timedelta(seconds=1)
GOES_WRONG = 0.03
"""How often something does when a timer fires."""
TAKEN_OVER = timedelta(seconds=3)
"""How soon another worker goes on where one was killed."""
SWEPT = timedelta(minutes=10)
"""The sweep comes by all cases in this time."""
RAN_AHEAD = timedelta(seconds=50)
"""By how much Temporal's clock may be ahead of the ledger's and still be believed."""


class World(Protocol):
    """Whose timers they are."""

    now: datetime
    ledger: Ledger
    schedule: Schedule

    judge: Judge

    def listen(self) -> Any:
        """Something may have been recorded."""


@dataclass
class Timers:
    """Of every case."""

    world: World
    random: Random
    known: dict[str, Progress] = field(default_factory=dict)
    """What each workflow knows; nothing, where none runs."""
    away_until: datetime | None = None
    """Until when no worker is there."""
    wrong: list[str] = field(default_factory=list)
    """What went wrong, each time it did."""
    _waking: list[tuple[datetime, int, str, bool]] = field(default_factory=list)
    _turn: "count[int]" = field(default_factory=count)

    def run(self, until: datetime) -> None:
        """All that wakes by then does, in its order, with the ledger's clock at that moment."""
        while self._waking and self._waking[0][0] <= until:
            at, _, case, behind = heappop(self._waking)
            if self.away_until is not None and at < self.away_until:
                later = self.away_until + A_SECOND * self.random.uniform(1, 60)
                self._wake(case, later, behind=behind)
                continue
            self.world.now = max(self.world.now, at)
            self._look(case, behind=behind)

    def tell(self, case: str) -> None:
        """Somebody's step went through the workflow, or past it: then it is told of it later."""
        chance, now = self.random.random(), self.world.now
        if chance < 0.6 and (self.away_until is None or self.away_until <= now):
            self._learn(case)
        elif chance < 0.9:
            self._wake(case, now + A_SECOND)
        else:
            self._wake(case, now + SWEPT * self.random.random())

    def begin_anew(self) -> None:
        """Temporal's database is lost, or the calendar is another: ten a second are begun.

        All that the ledger has, whether they had been begun since the time before or not.
        """
        cases = sorted(self.world.judge.cases)
        self.known.clear()
        self._waking.clear()
        for number, case in enumerate(cases, start=1):
            self._wake(case, self.world.now + A_SECOND * number / 10)

    def _wake(self, case: str, at: datetime, *, behind: bool = True) -> None:
        heappush(self._waking, (at, next(self._turn), case, behind))

    def _learn(self, case: str) -> None:
        """Where the ledger has it, and when it next wakes."""
        world = self.world
        state = world.ledger.state(stream_id(StreamKind.CASE, case))
        before, progress = self.known.get(case), world.schedule.progress(case, state)
        self.known[case] = progress
        if progress.next_due is not None and progress.next_due != (before and before.next_due):
            self._wake(case, datetime.fromisoformat(progress.next_due), behind=False)

    def _look(self, case: str, *, behind: bool) -> None:
        """Fire where it is time; catch up where it was told of more. A timer may wake for nothing."""
        progress, now = self.known.get(case), self.world.now
        due = progress and progress.next_due
        if due and datetime.fromisoformat(due) <= now:
            self._fire(case)
        elif behind:
            self._learn(case)

    def _fire(self, case: str) -> None:
        reminders = self._due(case, self.world.now)
        if self.random.random() < GOES_WRONG:
            self._go_wrong(case, reminders)
            return
        self._record(reminders)
        self._learn(case)

    def _due(self, case: str, now: datetime, run: str = "run") -> Sequence[Command]:
        world = self.world
        state = world.ledger.state(stream_id(StreamKind.CASE, case))
        return world.schedule.reminders(case, state, now, local_date(world.now), run)

    def _record(self, reminders: Sequence[Command]) -> None:
        """As `record_together` does; what is not due, or no more, is no error."""
        for begin in range(0, len(reminders), TOGETHER):
            self.world.ledger.record_all(reminders[begin : begin + TOGETHER])
        self.world.listen()

    def _go_wrong(self, case: str, reminders: Sequence[Command]) -> None:
        world, random = self.world, self.random
        how = random.choice(list(WRONG))
        self.wrong.append(how)
        match how:
            case "killed before":
                pass
            case "killed between":
                self._record(reminders[: len(reminders) // 2])
            case "killed after":
                self._record(reminders)
            case "two at once":
                again = self._due(case, world.now + timedelta(milliseconds=40), "another run")
                self._record([each for pair in zip(reminders, again, strict=True) for each in pair])
            case "two, one behind":
                self._record(reminders)
                world.now += TAKEN_OVER
                self._record(reminders)
            case "a clock ahead":
                self._record(self._due(case, world.now + RAN_AHEAD))
            case "away":
                self.away_until = world.now + timedelta(hours=random.expovariate(1 / 20))
                world.judge.outage_ended = self.away_until + timedelta(minutes=1)
            case "Temporal lost":
                self.begin_anew()
        self._wake(case, world.now + TAKEN_OVER)


WRONG = (
    *("killed before", "killed between", "killed after"),
    *("two at once", "two, one behind", "a clock ahead"),
    *("away", "Temporal lost"),
)
