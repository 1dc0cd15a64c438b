"""Cohorts with who is in them: a person is read by their case's centre, and by who sees everything."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast
from uuid import UUID

from domain.case.state import CaseState
from domain.errors import Refused
from domain.message import Message, StreamKind, stream_id
from domain.tracks.training.state import Trained
from domain.tracks.training.vocabulary import Presence, TrainingStatus
from projections.views import cohorts
from projections.views.cohort_rows import CohortRow
from projections.views.pages import Part
from service.access.reader import Reading
from service.access.scope import reads_restricted
from service.access.things import SeenCohort
from service.queries.cursors import opened, sealed
from service.queries.naming import called


class NamedCohort(CohortRow):
    provider_name: str | None
    """In the language asked for."""


class Trainee(cohorts.NamedPlace):
    """Somebody in the cohort, or who left it; with what their case says of the training."""

    training: TrainingStatus | None
    """Null where nothing more is told of them."""
    vacant: bool
    """Whether they are in the training no more, and their place is taken all the same."""
    present: int
    """Days on which they came; so are the others."""
    absent: int
    excused: int
    told: Presence | None
    """Of the day asked for, where it was recorded."""

    def there_on(self, day: date) -> bool:
        """Whether they were in it on a day."""
        return self.since <= day and (self.left_on is None or day <= self.left_on)


class Cohort(NamedCohort):
    people: tuple[Trainee, ...]
    """Those of your own cases; all of them for who sees every centre."""


class DayTold(Message):
    """One day of somebody's training, as it was recorded."""

    on: date
    presence: Presence


class Attendee(cohorts.NamedPlace):
    """Somebody in the cohort, or who left it; with what was recorded of their days in it."""

    days: tuple[DayTold, ...]
    """The first first; a day that nobody recorded is not among them."""


class CohortAttendance(Message):
    cohort_id: UUID
    starts_on: date
    ends_on: date
    people: tuple[Attendee, ...]
    """Those of your own cases; all of them for who sees every centre."""


class CohortPage(Message):
    cohorts: tuple[NamedCohort, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""


def list_cohorts(
    reading: Reading, filters: cohorts.Filters, part: Part | None = None
) -> CohortPage:
    part = opened(reading, part or Part(cohorts.NEWEST))
    with reading.views.reading() as conn:
        page = cohorts.find(conn, filters, part)
        named = _named(reading, page.rows)
    cursor = sealed(reading, page.next_cursor)
    return CohortPage(cohorts=named, next_cursor=cursor, total=page.total)


def get_cohort(reading: Reading, cohort: SeenCohort, on: date | None = None) -> Cohort:
    """`on`: of which day it is told who came. Raises `Refused("cohort_not_found")`."""
    with reading.views.reading() as conn:
        found = cohorts.get(conn, cohort.id)
        if found is None:
            raise Refused("cohort_not_found")
        named = _named(reading, [found])[0]
        people = cohorts.people_of(conn, cohort.id, cohort.people_of)
    cases = reading.ledger.states([stream_id(StreamKind.CASE, each.case_id) for each in people])
    told = tuple(_trainee(_told(reading, each), cases, on) for each in people)
    return Cohort(**dict(named), people=told)


def _named(reading: Reading, rows: Sequence[CohortRow]) -> tuple[NamedCohort, ...]:
    name = called(reading)
    return tuple(
        NamedCohort(**dict(row), provider_name=name(row.provider, row.starts_on)) for row in rows
    )


def get_cohort_attendance(reading: Reading, cohort: SeenCohort) -> CohortAttendance:
    """The whole list: everybody's days, by reference. Raises `Refused("cohort_not_found")`."""
    with reading.views.reading() as conn:
        found = cohorts.get(conn, cohort.id)
        if found is None:
            raise Refused("cohort_not_found")
        people = cohorts.people_of(conn, cohort.id, cohort.people_of)
    cases = reading.ledger.states([stream_id(StreamKind.CASE, each.case_id) for each in people])
    told = [_attendee(_told(reading, each), cases) for each in people]
    return CohortAttendance(
        cohort_id=cohort.id,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        people=tuple(sorted(told, key=lambda each: (each.reference is None, each.reference or ""))),
    )


def _attendee(place: cohorts.NamedPlace, cases: Mapping[str, object]) -> Attendee:
    """Of a track that was in another cohort before, with the days in this one alone."""
    days = [] if (track := _trained(place, cases)) is None else sorted(track.attended.items())
    return Attendee(
        **dict(place),
        days=tuple(
            DayTold(on=day, presence=presence)
            for day, presence in days
            if place.since <= day and (place.left_on is None or day <= place.left_on)
        ),
    )


def _trained(place: cohorts.NamedPlace, cases: Mapping[str, object]) -> Trained | None:
    """The training in it; None where nothing is told of whose it is."""
    case = cast("CaseState", cases[stream_id(StreamKind.CASE, place.case_id)])
    track = case.tracks.get(place.track_id)
    return track if isinstance(track, Trained) and place.reference is not None else None


UNTOLD = ("reference", "name_ar", "name_latin", "restricted_until")
"""What a place does not say of whose it is."""


def _told(reading: Reading, place: cohorts.NamedPlace) -> cohorts.NamedPlace:
    """The place; of whose it is nothing where the reader does not read of the restricted."""
    if place.restricted_until is None or reads_restricted(reading):
        return place
    return place.model_copy(update=dict.fromkeys(UNTOLD))


def _trainee(place: cohorts.NamedPlace, cases: Mapping[str, object], on: date | None) -> Trainee:
    case = cast("CaseState", cases[stream_id(StreamKind.CASE, place.case_id)])
    trained = _trained(place, cases)
    days = trained.attended if trained else {}
    counts = Counter(days.values())
    return Trainee(
        **dict(place),
        training=trained.training if trained else None,
        vacant=place.left_on is None and not _goes_on(case, trained),
        present=counts[Presence.PRESENT],
        absent=counts[Presence.ABSENT],
        excused=counts[Presence.EXCUSED],
        told=days.get(on) if on is not None else None,
    )


def _goes_on(case: CaseState, track: Trained | None) -> bool:
    """Whether the case can still say of the place itself, or the training was completed in it."""
    if track is None:
        return True
    return track.training is TrainingStatus.COMPLETED or (
        case.is_open and track.ended is None and track.attends
    )
