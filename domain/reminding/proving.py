"""Whether each planned reminder was recorded once, when its time came; and if not, why not."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.case.events import ReminderRecorded
from domain.case.noticed.told import level_of, undone
from domain.message import Envelope, Recorded
from domain.reminding.stretches import Stretch

SLACK = timedelta(hours=2)
"""What a reminder may wait after its instant: a backlog, a worker that starts again."""


class Verdict(StrEnum):
    """How a planned reminder stands; the last four are faults."""

    RECORDED = "recorded"
    """Once, at its time or within two hours of it."""
    RECORDED_AS_MISSED = "recorded_as_missed"
    """Once: it had fallen due before the case knew of it, and nobody is told so late."""
    RECORDED_LATE = "recorded_late"
    """Once, more than two hours after its time: nothing was at work meanwhile."""
    ANOTHER_CALENDAR = "another_calendar"
    """Once, on the day it had by the holidays as they were known then."""
    AHEAD = "ahead"
    """Its time has not come."""
    NOT_NEEDED = "not_needed"
    """It was moved, done, cancelled or the like before its time came."""
    OVERTAKEN = "overtaken"
    """What it was about was seen to or moved while nothing was at work: it had waited for too long."""
    LOST = "lost"
    TWICE = "twice"
    EARLY = "early"
    UNPLANNED = "unplanned"
    """It was recorded, and nothing called for it then."""


FAULTS = frozenset({Verdict.LOST, Verdict.TWICE, Verdict.EARLY, Verdict.UNPLANNED})


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder that was recorded."""

    event: ReminderRecorded
    by: Envelope
    key: str
    due_on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """A planned reminder, or one that nobody planned, and what became of it."""

    verdict: Verdict
    key: str
    due_on: date
    fires_at: datetime | None
    """None for one that was not planned."""
    stretch: Stretch | None
    reminded: tuple[Reminded, ...] = ()

    @property
    def review(self) -> str:
        return undone(self.key)

    @property
    def level(self) -> int:
        return level_of(self.key)

    @property
    def is_fault(self) -> bool:
        return self.verdict in FAULTS


def reminders_in(history: Iterable[Recorded]) -> Iterator[Reminded]:
    """Those that can still be read: of an erased person none can."""
    for each in history:
        event = each.event
        if isinstance(event, ReminderRecorded) and event.review and event.due_on:
            at = event.fired_at or each.envelope.recorded_at
            yield Reminded(event, each.envelope, event.review, event.due_on, at)


@dataclass(frozen=True, slots=True)
class Evidence:
    """By what a case's reminders are judged."""

    reminded: Sequence[Reminded]
    names: Collection[tuple[str, date]]
    """Of those that were recorded, also as they are called since a meeting was told of late."""
    now: datetime
    calendar: str
    """The version that holds now."""


def proofs(found: Sequence[Stretch], evidence: Evidence) -> list[Proof]:
    """One for each reminder on each day it was planned for, and for each that was not."""
    judging = _Judging(evidence)
    planned = [judging.of(same) for same in _by_day(found)]
    return [*planned, *judging.unplanned()]


def _by_day(found: Iterable[Stretch]) -> Iterator[Sequence[Stretch]]:
    """A reminder that moved away from a day and back again is one: it goes out once."""
    same: dict[tuple[str, date], list[Stretch]] = {}
    for each in found:
        same.setdefault((each.plan.key, each.plan.due.due_on), []).append(each)
    yield from same.values()


class _Judging:
    """Judges plans, and remembers which of those recorded belong to one."""

    def __init__(self, evidence: Evidence) -> None:
        self._now, self._calendar = evidence.now, evidence.calendar
        self._names = evidence.names
        self._every = evidence.reminded
        self._left = list(evidence.reminded)

    def of(self, same: Sequence[Stretch]) -> Proof:
        plan = same[-1].plan
        key, due_on = plan.key, plan.due.due_on
        own = [each for each in self._left if (each.key, each.due_on) == (key, due_on)]
        own = own or self._by_another_name(key, due_on)
        stretch = _running_at(same, own[0]) if own else same[-1]
        verdict = self._verdict(stretch, own) if own else self._unrecorded(same)
        if verdict is Verdict.LOST and (other := self._by_another_calendar(key)):
            verdict, own = Verdict.ANOTHER_CALENDAR, [other]
        self._left = [each for each in self._left if each not in own]
        return Proof(verdict, key, due_on, stretch.plan.fires_at, stretch, tuple(own))

    def _verdict(self, stretch: Stretch, own: Sequence[Reminded]) -> Verdict:
        first, fires_at = own[0], stretch.plan.fires_at
        if len(own) > 1:
            return Verdict.TWICE
        if first.event.missed:
            return Verdict.RECORDED_AS_MISSED
        if first.at < fires_at:
            return self._unless_by_another(first, Verdict.EARLY)
        return Verdict.RECORDED_LATE if first.at > fires_at + SLACK else Verdict.RECORDED

    def _unless_by_another(self, reminded: Reminded, verdict: Verdict) -> Verdict:
        same = reminded.by.calendar_version == self._calendar
        return verdict if same else Verdict.ANOTHER_CALENDAR

    def _unrecorded(self, same: Sequence[Stretch]) -> Verdict:
        verdicts = {self._waited(each) for each in same}
        order = (Verdict.LOST, Verdict.OVERTAKEN, Verdict.AHEAD)
        return next((each for each in order if each in verdicts), Verdict.NOT_NEEDED)

    def _waited(self, stretch: Stretch) -> Verdict:
        latest = stretch.plan.fires_at + SLACK
        if stretch.end is None:
            return Verdict.AHEAD if self._now <= latest else Verdict.LOST
        ended = stretch.end.by.recorded_at
        return Verdict.OVERTAKEN if ended > latest else Verdict.NOT_NEEDED

    def _by_another_name(self, key: str, due_on: date) -> list[Reminded]:
        """What comes after each meeting is named by how many there were: one told late renames it."""
        if (key, due_on) not in self._names:
            return []
        kind = undone(key).partition("/")[0]
        same = (each for each in self._every if each.due_on == due_on)
        return [each for each in same if undone(each.key).partition("/")[0] == kind][:1]

    def _by_another_calendar(self, key: str) -> Reminded | None:
        others = (each for each in self._left if each.key == key)
        return next((each for each in others if each.by.calendar_version != self._calendar), None)

    def unplanned(self) -> Iterator[Proof]:
        for each in self._left:
            verdict = self._unless_by_another(each, Verdict.UNPLANNED)
            yield Proof(verdict, each.key, each.due_on, None, None, (each,))


def _running_at(same: Sequence[Stretch], reminded: Reminded) -> Stretch:
    """The one that held when it was recorded; by the plans as they are named now perhaps none did."""
    version = reminded.by.version
    held = (
        each
        for each in same
        if each.since.version < version and (each.end is None or version <= each.end.by.version)
    )
    return next(held, same[-1])
