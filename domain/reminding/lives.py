"""The life of each review's reminders: what was planned, what moved it, what became of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.case.events import ReminderRecorded
from domain.case.noticed.events import ReminderAcknowledged
from domain.case.noticed.told import undone
from domain.case.schedule import Due, ReviewKind, ReviewStatus
from domain.case.standing import Standing, standings
from domain.case.state import CaseState
from domain.message import Envelope, Recorded
from domain.reminding.planned import planned
from domain.reminding.proving import Evidence, Proof, proofs, reminders_in
from domain.reminding.stretches import End, Stretch, Turn, stretches, walked
from domain.values.calendar import Calendar, local_date

WEEKENDS = Calendar("weekends", frozenset())
"""Without a holiday: what differs by it, a holiday moved."""


@dataclass(frozen=True, slots=True)
class Told:
    """One turn in the life of a review."""

    turn: Turn
    by: Envelope
    due: Due
    """As it stood from then on, or until then."""
    end: End | None = None
    was: date | None = None
    """The day before, of one that moved."""


@dataclass(frozen=True, slots=True)
class Life:
    """All that is told of one review."""

    review: str
    stretches: tuple[Stretch, ...]
    """Its own plans, one after another; what went higher is among the proofs."""
    proofs: tuple[Proof, ...]
    """Of its reminder on each day it was planned for, and of those to the supervisors."""
    answers: tuple[Envelope, ...]
    """By which somebody acknowledged it."""
    standing: Standing | None
    """As the case has it now; None for what nothing calls for any more."""

    @property
    def due(self) -> Due | None:
        """As it stands, or stood last; None for what was recorded and never called for."""
        if self.is_running or self.standing is None:
            return self.stretches[-1].plan.due if self.stretches else None
        return self.standing.due

    @property
    def status(self) -> ReviewStatus | Turn | None:
        """How it stands now, or what it came to."""
        if self.standing is not None:
            return self.standing.status
        end = self.stretches[-1].end if self.stretches else None
        return end.turn if end else None

    @property
    def turns(self) -> Iterator[Told]:
        """As they were recorded: from its first plan to what it came to."""
        yield from sorted(self._turns(), key=lambda each: each.by.version)

    def _turns(self) -> Iterator[Told]:
        for by in self.answers:
            if (held := self._standing_at(by.version)) is not None:
                yield Told(Turn.ACKNOWLEDGED, by, held.plan.due)
        before: Stretch | None = None
        for each in self.stretches:
            moved = before is not None and before.end is not None and before.end.turn is Turn.MOVED
            was = before.plan.due.due_on if before is not None and moved else None
            yield Told(Turn.MOVED if moved else Turn.PLANNED, each.since, each.plan.due, was=was)
            if each.end is not None and each.end.turn is not Turn.MOVED:
                yield Told(each.end.turn, each.end.by, each.plan.due, each.end)
            before = each

    def _standing_at(self, version: int) -> Stretch | None:
        return next(
            (each for each in reversed(self.stretches) if each.since.version < version), None
        )

    @property
    def kind(self) -> ReviewKind:
        return ReviewKind(self.review.partition("/")[0])

    @property
    def is_running(self) -> bool:
        return bool(self.stretches) and self.stretches[-1].end is None


@dataclass(frozen=True, slots=True)
class Lives:
    """Of a whole case."""

    case: CaseState
    lives: tuple[Life, ...]
    before_holidays: Mapping[str, date]
    """On which day a review would be due if no holiday had moved it, of those that one did."""
    is_readable: bool = True
    """False of an erased person, and while their key is lost: then no life is told."""

    @property
    def proofs(self) -> Iterable[Proof]:
        return (proof for life in self.lives for proof in life.proofs)


def lives(history: Sequence[Recorded], name: str, calendar: Calendar, now: datetime) -> Lives:
    """`history`: the case's events as they were recorded; `name`: its id. Soonest planned first.

    By the calendar that holds now: a plan of before the last correction is told on the day it has by it.
    """
    found, last = stretches(walked(history), name, calendar)
    case = last.case if last else CaseState()
    reminded = tuple(reminders_in(history))
    if not _is_readable(case, history):
        return Lives(case, (), {}, is_readable=False)
    evidence = Evidence(reminded, case.reminded, now, calendar.version)
    judged = _by_review(proofs(found, evidence))
    own: dict[str, list[Stretch]] = {}
    for each in found:
        if not each.plan.level:
            own.setdefault(each.plan.key, []).append(each)
    answers = _answers(history)
    standing = {each.due.key: each for each in standings(case, calendar, local_date(now))}
    told = (
        Life(
            each,
            tuple(own.get(each, ())),
            judged.get(each, ()),
            answers.get(each, ()),
            standing.get(each),
        )
        for each in dict.fromkeys([*own, *judged, *standing])
    )
    return Lives(case, tuple(told), _before_holidays(case, name, calendar))


def _is_readable(case: CaseState, history: Iterable[Recorded]) -> bool:
    """What days and names are missing of would look like reminders that were lost."""
    return case.kept is None and not any(
        each.envelope.lost or (isinstance(each.event, ReminderRecorded) and not each.event.review)
        for each in history
    )


def _answers(history: Iterable[Recorded]) -> Mapping[str, tuple[Envelope, ...]]:
    found: dict[str, tuple[Envelope, ...]] = {}
    for each in history:
        if isinstance(each.event, ReminderAcknowledged) and each.event.review:
            review = undone(each.event.review)
            found[review] = (*found.get(review, ()), each.envelope)
    return found


def _by_review(judged: Iterable[Proof]) -> Mapping[str, tuple[Proof, ...]]:
    found: dict[str, tuple[Proof, ...]] = {}
    for each in judged:
        found[each.review] = (*found.get(each.review, ()), each)
    return found


def _before_holidays(case: CaseState, name: str, calendar: Calendar) -> Mapping[str, date]:
    plain, now = planned(case, name, WEEKENDS), planned(case, name, calendar)
    both = ((key, plain[key].due.due_on, now[key].due.due_on) for key in now if key in plain)
    return {key: without for key, without, due_on in both if without != due_on}
