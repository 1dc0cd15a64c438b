"""How far a schooling track has come, and what its case may ask of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Self

from domain.case.moment import Moment
from domain.case.schedule import Due
from domain.case.state import CaseState
from domain.case.vocabulary import Outcome, Stage, TrackEnd, TrackKind
from domain.message import FieldClass
from domain.rules import Rules
from domain.tracks.base import TrackState
from domain.tracks.schooling.schedule import scheduled_on
from domain.tracks.schooling.vocabulary import Diploma, KitItem, SchoolLevel, SignedBy, YearResult
from domain.tracks.schooling.years import first_day, following
from domain.values.calendar import Calendar


@dataclass(frozen=True)
class Year:
    """A school year of the person's, as it was last enrolled for."""

    enrolled: Moment
    level: SchoolLevel
    school: Annotated[str | None, FieldClass.JUDICIAL] = None
    """Its code; the last, where it was changed. None once the person is erased."""
    changed: Moment | None = None
    """When the school was last changed."""
    result: YearResult | None = None
    diploma: Diploma | None = None
    left: bool = False
    centre: str | None = None
    """Of the case, when it was enrolled for; so is the province."""
    province: str | None = None
    ended: Moment | None = None
    """When its result was told, or school was left."""
    earlier: tuple[Self, ...] = ()
    """The times before that the person was enrolled for the same year, the first first: each keeps
    how it ended.
    """

    @property
    def runs(self) -> bool:
        """Whether the person is enrolled for it, and neither left nor told of its result."""
        return self.ended is None

    @property
    def times(self) -> "tuple[Year, ...]":
        """Every time that the person was enrolled for it, the first first."""
        return (*self.earlier, self)


@dataclass(frozen=True)
class Kit:
    """Something handed over to learn with."""

    given: Moment
    kit: KitItem
    signed_by: SignedBy


@dataclass(frozen=True)
class Schooling(TrackState):
    """A `Track`. Years by their names, the first first."""

    years: Mapping[str, Year] = field(default_factory=dict)
    kits: tuple[Kit, ...] = ()
    """By day."""

    @property
    def kind(self) -> TrackKind:
        return TrackKind.SCHOOLING

    @property
    def running(self) -> Mapping[str, Year]:
        """The years enrolled for that are not over: the next one too, where it was enrolled for."""
        return {name: year for name, year in self.years.items() if year.runs}

    @property
    def last(self) -> tuple[str, Year] | None:
        """The latest year, by its name."""
        name = max(self.years, default=None)
        return None if name is None else (name, self.years[name])

    @property
    def enrolments(self) -> tuple[tuple[str, Year], ...]:
        """Every time that the person was enrolled, by the name of the year, in its order."""
        return tuple((name, each) for name, year in self.years.items() for each in year.times)

    @property
    def begun_on(self) -> date | None:
        return min((each.enrolled.on for _, each in self.enrolments), default=None)

    @property
    def achieved(self) -> bool:
        """Whether a year was passed."""
        return any(each.result is YearResult.PASSED for _, each in self.enrolments)

    @property
    def latest_on(self) -> date:
        milestones = (
            moment
            for _, year in self.enrolments
            for moment in (year.enrolled, year.changed, year.ended)
        )
        days = [moment.on for moment in milestones if moment is not None]
        return max((self.opened.on, *days, *(kit.given.on for kit in self.kits)))

    def stage(self, _case: CaseState) -> Stage:
        """At school it is a training; once the last year was passed, what follows it."""
        last = self.last
        passed = last is not None and last[1].result is YearResult.PASSED
        return Stage.FOLLOW_UP if passed and not self.running else Stage.TRAINING

    def lacks(self, outcome: Outcome, on: date, rules: Rules) -> str | None:
        """Who is at school: enrolled for the year that the day lies in or before, and did not leave."""
        stands = self.ended_as in {None, TrackEnd.COMPLETED}
        at_school = (stands and outcome is Outcome.IN_SCHOOL) and any(
            not year.left and on < first_day(following(name), rules)
            for name, year in self.years.items()
        )
        return None if at_school else "not_at_school"

    def scheduled(self, _case: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
        return scheduled_on(self, rules, calendar)
