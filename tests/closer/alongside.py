"""What happens on tracks beside the project's, drawn by chance: a job, a training, a child's school."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.case import steps as c
from domain.case.reviews import dues
from domain.case.schedule import ReviewKind
from domain.case.state import CaseState
from domain.case.vocabulary import Outcome, TrackEnd, TrackKind
from domain.cohort import steps as co
from domain.example.person import EXAMPLE
from domain.example.schooling import school_year
from domain.message import Step, StreamKind, stream_id
from domain.tracks.employment import steps as js
from domain.tracks.employment.state import Employment
from domain.tracks.employment.vocabulary import (
    ApplicationAnswer,
    ContractKind,
    EmployerKind,
    HeardFrom,
    PlacementEnd,
    PlacementFound,
)
from domain.tracks.schooling import steps as sch
from domain.tracks.schooling.state import Schooling
from domain.tracks.schooling.vocabulary import (
    KitItem,
    LeavingReason,
    SchoolLevel,
    SignedBy,
    YearResult,
)
from domain.tracks.training import steps as tr
from domain.tracks.training.vocabulary import Presence, TrainingResult
from domain.tracks.vocational_training import steps as vt
from domain.tracks.vocational_training.state import VocationalTraining
from domain.tracks.vocational_training.vocabulary import NotAdmitted
from domain.values.trades import Trade
from tests.closer import moves
from tests.closer.moves import WHY, on_case
from tests.closer.site import TODAY, Site, Try
from tests.support.paper import NO_HOLIDAYS

Beside = Employment | Schooling | VocationalTraining
BESIDE = (TrackKind.EMPLOYMENT, TrackKind.VOCATIONAL_TRAINING, TrackKind.SCHOOLING)
GOES_ON = 0.8
PROVED = (Outcome.EMPLOYED, Outcome.IN_TRAINING, Outcome.IN_SCHOOL)
COHORTS = 0.1
"""How often it is about a cohort."""


def of_case(site: Site, case_id: UUID) -> Try | None:
    """Whose other track goes on is told of mostly."""
    random = site.random
    if random.random() < COHORTS and site.cohorts:
        return of_cohort(site, random.choice(site.cohorts))
    going_on = [each for each in site.cases if site.case(each).is_open and _open(site.case(each))]
    if going_on and random.random() < GOES_ON:
        case_id = random.choice(going_on)
    case = site.case(case_id)
    if not case.is_open:
        return None
    tracks = _open(case)
    if not tracks or random.random() < 0.1:
        young = case.is_minor(site.day) and random.random() < 0.7
        kind = TrackKind.SCHOOLING if young else random.choice(BESIDE)
        return on_case(case_id, c.OpenTrack(occurred_on=TODAY, track=kind))
    track_id, track = random.choice(list(tracks.items()))
    return on_case(case_id, _on_track(site, track_id, track))


def _on_track(site: Site, track_id: UUID, track: Beside) -> Step:
    """Mostly what happens on it; at times it is ended, or the case is closed as it shows."""
    random, chance = site.random, site.random.random()
    if chance < 0.05:
        how = random.choice(list(TrackEnd))
        return c.EndTrack(occurred_on=TODAY, track_id=track_id, ended_as=how, explanation=WHY)
    outcome, happens = _KINDS[track.kind]
    if chance < 0.15:
        return moves.closed(outcome)
    return random.choice(list(happens(site, track_id, track)))


def _open(case: CaseState) -> dict[UUID, Beside]:
    return {
        each: track
        for each, track in case.tracks.items()
        if isinstance(track, Beside) and track.ended is None
    }


def _of_job(site: Site, track_id: UUID, _: Any) -> Iterator[Step]:
    random, told = site.random, _told(track_id)
    employer: dict[str, Any] = {"employer": EmployerKind.PARTNER, "company": EXAMPLE.company}
    yield js.RecordApplication(**employer, **told)
    yield js.AnswerApplication(answer=random.choice(list(ApplicationAnswer)), **told)
    yield js.RecordHire(contract_kind=random.choice(list(ContractKind)), **employer, **told)
    found = random.choice(list(PlacementFound))
    yield js.ReviewPlacement(found=found, heard_from=HeardFrom.PAYSLIP, **told)
    case = next(case for each in site.cases if track_id in (case := site.case(each)).tracks)
    for due in dues(case, NO_HOLIDAYS):
        if due.kind is ReviewKind.PLACEMENT:
            moved = told | {"review": due.key, "due_on": due.window_end}
            yield js.ReschedulePlacementReview(**moved)
    yield js.EndPlacement(end_reason=random.choice(list(PlacementEnd)), **told)


def _of_training(site: Site, track_id: UUID, _: Any) -> Iterator[Step]:
    random, told = site.random, _told(track_id)
    where: dict[str, Any] = {"trade": Trade.WELDING, "provider": EXAMPLE.trainer}
    yield vt.ApplyForTraining(**where, **told)
    yield vt.RecordRefusedAdmission(because=NotAdmitted.FULL, **told)
    yield tr.EnrolInTraining(**where, planned_end=site.day + timedelta(days=60), **told)
    for cohort in site.cohorts:
        yield tr.EnrolInTraining(cohort_id=cohort, **told)
    yield tr.RecordAttendance(presence=random.choice(list(Presence)), **told)
    yield tr.CompleteTraining(result=random.choice(list(TrainingResult)), **told)
    yield tr.DropOutOfTraining(explanation=WHY, **told)


def _of_school(site: Site, track_id: UUID, track: Schooling) -> Iterator[Step]:
    random, told = site.random, _told(track_id)
    school = random.choice([EXAMPLE.school, EXAMPLE.child_protection])
    year = school_year(site.day + timedelta(days=random.choice([0, 0, 90])))
    yield sch.EnrolAtSchool(school_year=year, school=school, level=SchoolLevel.PRIMARY, **told)
    yield sch.GiveLearningKit(kit=KitItem.TABLET, signed_by=random.choice(list(SignedBy)), **told)
    for name in track.running:
        of_year = told | {"school_year": name}
        yield sch.ChangeSchool(school=school, **of_year)
        yield sch.RecordSchoolResult(result=random.choice(list(YearResult)), **of_year)
        yield sch.LeaveSchool(because=random.choice(list(LeavingReason)), **of_year)


_KINDS: Mapping[TrackKind, tuple[Outcome, Callable[[Site, UUID, Any], Iterator[Step]]]] = {
    TrackKind.EMPLOYMENT: (Outcome.EMPLOYED, _of_job),
    TrackKind.VOCATIONAL_TRAINING: (Outcome.IN_TRAINING, _of_training),
    TrackKind.SCHOOLING: (Outcome.IN_SCHOOL, _of_school),
}
"""Of each kind: how a case is closed that it shows, and what happens on it."""


def _told(track_id: UUID) -> dict[str, Any]:
    return {"occurred_on": TODAY, "track_id": track_id}


def planned(site: Site, places: int) -> Try:
    """A cohort."""
    step = co.PlanCohort(
        occurred_on=TODAY,
        provider=EXAMPLE.trainer,
        trade=Trade.WELDING,
        starts_on=site.today,
        ends_on=site.today + timedelta(days=90),
        places=places,
    )
    return Try(stream_id(StreamKind.COHORT, site.new(StreamKind.COHORT)), step)


def of_cohort(site: Site, cohort_id: UUID) -> Try:
    """Moved, larger or smaller, called off, or over; a place that nobody has any more."""
    random, cohort = site.random, site.cohort(cohort_id)
    days = {"starts_on": site.day, "ends_on": site.day + timedelta(days=random.choice([30, 120]))}
    held = [case for case, place in cohort.people.items() if place.taken]
    steps: list[Step] = [
        co.MoveCohort(occurred_on=TODAY, explanation=WHY, **days),
        co.ChangeCohortPlaces(occurred_on=TODAY, places=random.choice([1, 3, 9]), explanation=WHY),
        *(co.VacatePlace(occurred_on=TODAY, case_id=case) for case in held),
    ]
    if random.random() < 0.2:
        steps = [
            co.CancelCohort(occurred_on=TODAY, explanation=WHY),
            co.EndCohort(occurred_on=TODAY),
        ]
    return Try(stream_id(StreamKind.COHORT, cohort_id), random.choice(steps))


def closed(site: Site, cohort_id: UUID) -> Iterator[Try]:
    """Whoever left it by their case leaves their place; then it is over."""
    cohort, target = site.cohort(cohort_id), stream_id(StreamKind.COHORT, cohort_id)
    if cohort.cancelled:
        return
    for case, place in cohort.people.items():
        if place.taken:
            yield Try(target, co.VacatePlace(occurred_on=TODAY, case_id=case))
    if not cohort.ended:
        yield Try(target, co.EndCohort(occurred_on=TODAY))
