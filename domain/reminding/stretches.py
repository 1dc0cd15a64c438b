"""For how long each plan held, and what ended it: the history of a case, read entry by entry."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import cast

from domain.case.events import ReminderRecorded
from domain.case.rolling import ROLLING
from domain.case.schedule import ReviewKind, ReviewStatus
from domain.case.standing import Standing, standings
from domain.case.state import CaseState
from domain.commands import evolve
from domain.folds.order import BEFORE_ALL, belongs_earlier, in_order, latest_day
from domain.message import Envelope, Recorded, StreamKind
from domain.reminding.planned import Plan, planned
from domain.seeing_to import DONE_BY
from domain.values.calendar import Calendar, local_date


class Turn(StrEnum):
    """What became of a plan."""

    PLANNED = "planned"
    """It came to be: what each begins with, also one that stands again."""
    MOVED = "moved"
    ACKNOWLEDGED = "acknowledged"
    """Somebody sees to it: it goes no further."""
    DONE = "done"
    MISSED = "missed"
    EXEMPT = "exempt"
    CANCELLED = "cancelled"
    """Nothing calls for it any more."""


MET = "record-contact"
"""What is seen to by meeting the person, whichever step told of it."""
BY_STATUS = {
    ReviewStatus.COMPLETED: Turn.DONE,
    ReviewStatus.MISSED: Turn.MISSED,
    ReviewStatus.EXEMPT: Turn.EXEMPT,
}


@dataclass(frozen=True, slots=True)
class End:
    """What ended a plan."""

    turn: Turn
    by: Envelope
    on: date | None = None
    """The day on which it was done."""
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """One plan, from the entry by which it came to the one by which it ended."""

    plan: Plan
    since: Envelope
    end: End | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A case as it was known once the events of one step were recorded."""

    recorded: tuple[Recorded, ...]
    case: CaseState

    @property
    def is_reminders(self) -> bool:
        """Whether nothing was recorded but that something fell due, which plans nothing."""
        return all(isinstance(each.event, ReminderRecorded) for each in self.recorded)

    @property
    def by(self) -> Envelope:
        """Of a correction the entry that corrects, and not what is told in the place of another."""
        told = (each.envelope for each in self.recorded)
        return next((each for each in told if each.mends is None), self.recorded[-1].envelope)


def walked(history: Sequence[Recorded]) -> Iterator[Known]:
    """The case after each step; `history`: its events as they were recorded."""
    case, latest, until = CaseState(), BEFORE_ALL, 0
    for _, group in groupby(history, key=lambda each: each.envelope.command_id):
        new = tuple(group)
        until += len(new)
        if any(belongs_earlier(each, latest) for each in new):
            folds, case = in_order(history[:until]), CaseState()
        else:
            folds = list(new)
        for each in folds:
            case = cast("CaseState", evolve(StreamKind.CASE, case, each.event, each.envelope))
        latest = latest_day(latest, new)
        yield Known(new, case)


def stretches(
    states: Iterable[Known], name: str, calendar: Calendar
) -> tuple[list[Stretch], Known | None]:
    """Every plan there ever was, by when it began; and how the case is known now."""
    found: list[Stretch] = []
    running: dict[str, int] = {}
    before: Known | None = None
    plans: Mapping[str, Plan] = {}
    for known in states:
        if before is not None and known.is_reminders:
            before = known
            continue
        new = planned(known.case, name, calendar)
        gone = [key for key in running if key not in new]
        how = _Ending(before, known, calendar) if gone or plans else None
        for key in gone:
            place = running.pop(key)
            assert how is not None  # noqa: S101 - what runs was planned before
            found[place] = replace(found[place], end=how.of(found[place].plan))
        for key, plan in new.items():
            place = running.get(key, -1)
            if place >= 0 and found[place].plan.stands_as(plan):
                continue
            if place >= 0:
                found[place] = replace(found[place], end=End(Turn.MOVED, known.by))
            running[key] = len(found)
            found.append(Stretch(plan, known.by))
        before, plans = known, new
    return found, before


class _Ending:
    """Why plans that stood before a step stand no more after it."""

    def __init__(self, before: Known | None, after: Known, calendar: Calendar) -> None:
        self._before, self._after, self._calendar = before, after, calendar
        self._standing: dict[str, Standing] | None = None

    def of(self, plan: Plan) -> End:
        by, standing = self._after.by, self._stands(plan.review)
        turn = BY_STATUS.get(standing.status) if standing else None
        if standing is not None and (turn is Turn.DONE or (turn and self._after.case.is_open)):
            return End(turn, by, standing.held_on, standing.days_late)
        if self._sees_to(plan):
            return End(Turn.DONE, by, by.occurred_on, _late(plan, by.occurred_on))
        return End(Turn.CANCELLED, by)

    def _sees_to(self, plan: Plan) -> bool:
        """Whether the step is the one by which such a review is seen to, or the person was met."""
        kind = plan.review.partition("/")[0]
        step = DONE_BY.get(ReviewKind(kind))
        if step == self._after.by.step:
            return True
        met = self._before is not None and self._before.case.meetings < self._after.case.meetings
        return met and (step == MET or kind in ROLLING)

    def _stands(self, review: str) -> Standing | None:
        if self._standing is None:
            today = local_date(self._after.by.recorded_at)
            every = standings(self._after.case, self._calendar, today)
            self._standing = {each.due.key: each for each in every}
        return self._standing.get(review)


def _late(plan: Plan, on: date) -> int:
    return max((on - plan.due.window_end).days, 0) if not plan.level else 0
