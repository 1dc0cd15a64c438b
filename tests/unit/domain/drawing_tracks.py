"""Steps drawn by chance on the tracks beside a project's: a job, a training, a child's school."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from domain.case import steps as s
from domain.case.custody import steps as custody
from domain.case.custody.vocabulary import TrackInside
from domain.case.vocabulary import TrackEnd, TrackKind
from domain.cohort import steps as co
from domain.example.person import EXAMPLE
from domain.example.schooling import at_school, school_year
from domain.example.way import Way
from domain.message import Step
from domain.tracks.employment import steps as js
from domain.tracks.employment.state import find_employment
from domain.tracks.employment.vocabulary import (
    ApplicationAnswer,
    ContractKind,
    EmployerKind,
    HeardFrom,
    PlacementEnd,
    PlacementFound,
)
from domain.tracks.schooling import steps as sch
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
from domain.tracks.vocational_training.vocabulary import NotAdmitted
from domain.values.trades import Trade
from tests.unit.domain.children import as_a_child
from tests.unit.domain.conftest import House

CHILD_BIRTHS = [date(2007, 9, 3), date(2008, 3, 5), date(2010, 1, 20)]
SCHOOLS = [EXAMPLE.school, EXAMPLE.child_protection]
FOUND = [*PlacementFound, PlacementFound.STILL_EMPLOYED]
JOB = 0.4
"""How often somebody has a job beside their project."""


def childhood(random: Random, way: Way) -> tuple[Step, ...]:
    """Who the person is, where they are a child: told on the day on which the case is opened."""
    return as_a_child(way.begins, random.choice(CHILD_BIRTHS))


def stories(random: Random, way: Way, *, child: bool) -> Iterator[Step]:
    """Of other tracks, beside the usual way."""
    if child:
        yield from at_school(way)
    if random.random() < JOB:
        yield from way.tracks()
    if random.random() < JOB:
        yield from _trained(random, way)


def _trained(random: Random, way: Way) -> Iterator[Step]:
    """On a track of its own, in the cohort or alone, to its end."""
    yield s.OpenTrack(occurred_on=way.day(301), track=TrackKind.VOCATIONAL_TRAINING)
    alone: dict[str, Any] = {
        "trade": Trade.WELDING,
        "provider": way.trainer,
        "planned_end": way.day(340),
    }
    told: dict[str, Any] = random.choice([{"cohort_id": way.cohort_id}, alone])
    yield tr.EnrolInTraining(occurred_on=way.day(306), **told)
    yield tr.RecordAttendance(occurred_on=way.day(307), presence=Presence.PRESENT)
    yield tr.CompleteTraining(
        occurred_on=way.day(341), result=random.choice(list(TrainingResult)), certificate=True
    )


def choices(random: Random, house: House, day: date) -> custody.TrackChoices:
    """What becomes of each track that is open on a day; at times of one too many, or of none."""
    going = [each for each, track in house.case.tracks.items() if track.open_on(day)]
    if random.random() < 0.15:
        return ()
    return tuple(_choice(random, each if len(going) > 1 else None) for each in going)


def _choice(random: Random, track_id: UUID | None) -> custody.TrackChoice:
    choice = random.choice([TrackInside.SUSPENDED, *TrackInside])
    family = "Her sister." if choice is TrackInside.FAMILY_CONTINUES else None
    return custody.TrackChoice(track_id=track_id, choice=choice, family_member=family)


def opened(random: Random, _: House, day: date) -> Step:
    return s.OpenTrack(occurred_on=day, track=random.choice(list(TrackKind)))


def ended(random: Random, house: House, day: date) -> Step:
    """One that is named, mostly where there are several."""
    named = random.choice([None, *house.case.tracks])
    how = random.choice(list(TrackEnd))
    return s.EndTrack(occurred_on=day, track_id=named, ended_as=how, explanation="e")


def of_job(random: Random, house: House, day: date) -> Step:
    """An application and its answer, a hire, whether it goes on, its end."""
    partner = random.random() < 0.5
    told: dict[str, Any] = {"occurred_on": day}
    employer: dict[str, Any] = {
        "employer": EmployerKind.PARTNER if partner else EmployerKind.SELF_FOUND,
        "company": EXAMPLE.company if partner else None,
        **told,
    }
    track = find_employment(house.case)
    waiting = [None, *(track.applications if track else ())]
    draws: list[Callable[[], Step]] = [
        lambda: js.RecordApplication(**employer),
        lambda: js.AnswerApplication(
            application_id=random.choice(waiting),
            answer=random.choice(list(ApplicationAnswer)),
            **told,
        ),
        lambda: js.RecordHire(contract_kind=random.choice(list(ContractKind)), **employer),
        lambda: js.RecordHire(contract_kind=random.choice(list(ContractKind)), **employer),
        lambda: js.ReviewPlacement(
            found=random.choice(FOUND),
            heard_from=random.choice([HeardFrom.PERSON, HeardFrom.PAYSLIP]),
            **told,
        ),
        lambda: js.EndPlacement(end_reason=random.choice(list(PlacementEnd)), **told),
    ]
    return random.choice(draws)()


def of_school(random: Random, _: House, day: date) -> Step:
    year = school_year(day + timedelta(days=random.choice([0, 0, 0, 100])))
    told: dict[str, Any] = {"occurred_on": day}
    of_year = told | {"school_year": year}
    school, result = random.choice(SCHOOLS), random.choice(list(YearResult))
    draws: list[Callable[[], Step]] = [
        lambda: sch.EnrolAtSchool(school=school, level=SchoolLevel.PRIMARY, **of_year),
        lambda: sch.EnrolAtSchool(school=school, level=SchoolLevel.UPPER_SECONDARY, **of_year),
        lambda: sch.ChangeSchool(school=school, **of_year),
        lambda: sch.RecordSchoolResult(result=result, **of_year),
        lambda: sch.LeaveSchool(because=random.choice(list(LeavingReason)), **of_year),
        lambda: sch.GiveLearningKit(
            kit=random.choice(list(KitItem)), signed_by=random.choice(list(SignedBy)), **told
        ),
    ]
    return random.choice(draws)()


def of_training(random: Random, house: House, day: date) -> Step:
    """On either kind of track that has one: alone, or in the cohort."""
    named = random.choice([None, *house.case.tracks])
    told: dict[str, Any] = {"occurred_on": day, "track_id": named}
    trade, trainer = random.choice([Trade.SEWING, Trade.WELDING]), EXAMPLE.trainer
    alone: dict[str, Any] = {
        "trade": trade,
        "provider": trainer,
        "planned_end": day + timedelta(days=40),
    }
    draws: list[Callable[[], Step]] = [
        lambda: vt.ApplyForTraining(trade=trade, provider=trainer, **told),
        lambda: vt.RecordRefusedAdmission(because=NotAdmitted.FULL, **told),
        lambda: tr.EnrolInTraining(cohort_id=house.way.cohort_id, **told),
        lambda: tr.EnrolInTraining(cohort_id=house.way.cohort_id, **told),
        lambda: tr.EnrolInTraining(**alone, **told),
        lambda: tr.RecordAttendance(presence=random.choice(list(Presence)), **told),
        lambda: tr.CompleteTraining(result=random.choice(list(TrainingResult)), **told),
        lambda: tr.DropOutOfTraining(explanation="d", **told),
    ]
    return random.choice(draws)()


def of_cohort(random: Random, house: House, day: date) -> Step:
    """What the house says of it; how it is planned anew is as it was entered, and is not drawn."""
    told: dict[str, Any] = {"occurred_on": day}
    draws: list[Callable[[], Step]] = [
        lambda: co.VacatePlace(case_id=house.case_id, **told),
        lambda: co.EndCohort(**told),
        lambda: co.CancelCohort(explanation="c", **told),
    ]
    return random.choice(draws)()
