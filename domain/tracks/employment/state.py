"""How far an employment track has come, and what its case may ask of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated
from uuid import UUID

from domain.case.held import Held, Series, until
from domain.case.moment import Moment
from domain.case.schedule import ReviewKind
from domain.case.state import CaseState
from domain.case.vocabulary import Outcome, Stage, TrackEnd, TrackKind
from domain.message import FieldClass
from domain.rules import Rules
from domain.tracks.base import TrackState
from domain.tracks.coming import Coming
from domain.tracks.employment.schedule import reviews_of
from domain.tracks.employment.vocabulary import (
    ApplicationAnswer,
    ContractKind,
    EmployerKind,
    PlacementEnd,
)
from domain.values.calendar import Calendar, months_after
from domain.values.trades import Trade


@dataclass(frozen=True)
class Application:
    """One job that was applied for."""

    made: Moment
    employer: EmployerKind
    company: str | None = None
    employer_name: Annotated[str | None, FieldClass.PERSONAL] = None
    trade: Trade | None = None
    answered: Moment | None = None
    answer: ApplicationAnswer | None = None


@dataclass(frozen=True)
class Placement:
    """One job: from the hire to its end, where it ended."""

    hired: Moment
    employer: EmployerKind
    contract_kind: ContractKind
    company: str | None = None
    employer_name: Annotated[str | None, FieldClass.PERSONAL] = None
    trade: Trade | None = None
    centre: str | None = None
    """The case's, on the day of the hire; and so its province."""
    province: str | None = None
    ended: Moment | None = None
    """The last day, or that on which a review found nobody there any more."""
    end_told: bool = False
    """Whether the end itself was told, with why."""
    end_reason: Annotated[PlacementEnd | None, FieldClass.JUDICIAL] = None
    reviews: tuple[Held, ...] = ()
    found: Moment | None = None
    """When the person was last found still employed."""

    @property
    def held(self) -> tuple[Held, ...]:
        """By day: its reviews, and its end, which answers the one in whose days it falls."""
        if self.ended is None or not self.end_told:
            return self.reviews
        end = Held(self.ended, self.hired, None)
        return tuple(sorted((*self.reviews, end), key=lambda each: each.when.on))


@dataclass(frozen=True)
class Employment(TrackState):
    """A person can be hired again on the same track, once a placement ended."""

    applications: Mapping[UUID, Application] = field(default_factory=dict)
    """By their ids, in the order of their days."""
    placements: tuple[Placement, ...] = ()
    """By the day of the hire."""

    @property
    def kind(self) -> TrackKind:
        return TrackKind.EMPLOYMENT

    @property
    def waiting(self) -> list[UUID]:
        """The applications that nobody answered yet."""
        return [each for each, own in self.applications.items() if own.answer is None]

    @property
    def last(self) -> Placement | None:
        return self.placements[-1] if self.placements else None

    @property
    def standing(self) -> Placement | None:
        """The placement that has not ended."""
        return self.last if self.last is not None and self.last.ended is None else None

    @property
    def begun_on(self) -> date | None:
        return self.placements[0].hired.on if self.placements else None

    @property
    def has_visits(self) -> bool:
        return self.standing is not None

    def often_seen_until(self, rules: Rules) -> date | None:
        """Until the review of so many months after the hire; always, for who works no more."""
        if self.standing is None:
            return None
        return months_after(self.standing.hired.on, rules.silence_placement_months)

    @property
    def latest_on(self) -> date:
        told = (each for job in self.placements for each in (job.hired, job.ended))
        seen = (held.when for job in self.placements for held in job.reviews)
        asked = (each for own in self.applications.values() for each in (own.made, own.answered))
        days = (each.on for each in (*told, *seen, *asked) if each is not None)
        return max((self.opened.on, *days))

    def stage(self, _case: CaseState) -> Stage:
        """Whoever works is followed up; whoever applies prepares for it."""
        return Stage.TRAINING if self.standing is None else Stage.FOLLOW_UP

    def lacks(self, outcome: Outcome, _on: date, _rules: Rules) -> str | None:
        """A placement that has not ended shows that somebody is employed."""
        stands = self.ended_as in {None, TrackEnd.COMPLETED} and self.standing is not None
        return None if outcome is Outcome.EMPLOYED and stands else "no_placement"

    def series(self, rules: Rules, calendar: Calendar) -> Iterator[Series]:
        for time, job in enumerate(self.placements, 1):
            anew = self.placements[time].hired if time < len(self.placements) else None
            reviews = reviews_of(self, job, time, rules, calendar)
            over = [each.on for each in (job.ended, anew, self.ended) if each is not None]
            yield until(reviews, min(over)) if over else reviews

    def standing_name(self, kind: str, parts: Sequence[str]) -> str | None:
        """A review of a placement is the last one's: which that is, its own day says."""
        months, *among = parts
        if kind != ReviewKind.PLACEMENT or not self.placements or not self.is_numbered(among):
            return None
        last = Coming(ReviewKind.PLACEMENT, (), self.number, len(self.placements))
        return last.name(int(months))

    def scheduled_until(self, rules: Rules, calendar: Calendar) -> Moment | None:
        """The last review of the placement that stands."""
        if self.ended is not None:
            return self.ended
        if self.standing is None:
            return None
        time = len(self.placements)
        last = reviews_of(self, self.standing, time, rules, calendar).dues()[-1]
        return Moment(last.due_on, self.standing.hired.known)


def find_employment(case: CaseState) -> Employment | None:
    """The case's employment track, where it has one: the open one, else the last that ended."""
    tracks = [each for each in case.tracks.values() if isinstance(each, Employment)]
    return next((each for each in tracks if each.ended is None), tracks[-1] if tracks else None)
