"""The life of each review's reminders: what was planned, what moved it, what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.case.schedule import Due, ReviewKind, ReviewStatus
from domain.case.standing import Standing, standings
from domain.case.state import CaseState
from domain.message import Recorded
from domain.reminding.proving import Evidence, Proof, proofs, reminders_in
from domain.reminding.stretches import Stretch, Turn, stretches, walked
from domain.values.calendar import Calendar, local_date

WEEKENDS = Calendar("weekends", frozenset())
"""Without a holiday: what differs by it, a holiday moved."""


@dataclass(frozen=True, slots=True)
class Life:
    """All that is told of one review."""

    review: str
    stretches: tuple[Stretch, ...]
    """Its own plans, one after another; what went higher is among the proofs."""
    proofs: tuple[Proof, ...]
    """Of its reminder on each day it was planned for, and of those to the supervisors."""
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
    evidence = Evidence(reminded, case.reminded, now, calendar.version)
    judged = _by_review(proofs(found, evidence))
    own: dict[str, list[Stretch]] = {}
    for each in found:
        if not each.plan.level:
            own.setdefault(each.plan.key, []).append(each)
    standing = {each.due.key: each for each in standings(case, calendar, local_date(now))}
    told = (
        Life(each, tuple(own.get(each, ())), judged.get(each, ()), standing.get(each))
        for each in dict.fromkeys([*own, *judged, *standing])
    )
    return Lives(case, tuple(told))


def _by_review(judged: Iterable[Proof]) -> Mapping[str, tuple[Proof, ...]]:
    found: dict[str, tuple[Proof, ...]] = {}
    for each in judged:
        found[each.review] = (*found.get(each.review, ()), each)
    return found


def before_holidays(due: Due, by_weekends: Mapping[str, Due]) -> date | None:
    """The day it would be due without a holiday, where one moved it."""
    plain = by_weekends.get(due.key)
    return plain.due_on if plain is not None and plain.due_on != due.due_on else None
