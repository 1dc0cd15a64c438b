"""Steps drawn by chance on the tracks beside a project's: a job, a child's school; opened and ended."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from domain.case import steps as s
from domain.case.custody import steps as custody
from domain.case.custody.vocabulary import TrackInside
from domain.case.vocabulary import TrackEnd, TrackKind
from domain.example.person import EXAMPLE
from domain.example.schooling import at_school, school_year
from domain.example.way import Way
from domain.message import Step
from domain.tracks.employment import steps as js
from domain.tracks.employment.vocabulary import (
    ApplicationAnswer,
    ContractKind,
    EmployerKind,
    HeardFrom,
    PlacementEnd,
)
from domain.tracks.schooling import steps as sch
from domain.tracks.schooling.vocabulary import (
    KitItem,
    LeavingReason,
    SchoolLevel,
    SignedBy,
    YearResult,
)
from tests.unit.domain.children import as_a_child
from tests.unit.domain.conftest import House

CHILD_BIRTHS = [date(2007, 9, 3), date(2008, 3, 5), date(2010, 1, 20)]
SCHOOLS = [EXAMPLE.school, EXAMPLE.child_protection]
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


def of_job(random: Random, _: House, day: date) -> Step:
    partner = random.random() < 0.5
    told: dict[str, Any] = {"occurred_on": day}
    with_whom = told | {
        "employer": EmployerKind.PARTNER if partner else EmployerKind.SELF_FOUND,
        "company": EXAMPLE.company if partner else None,
    }
    contract, still = random.choice(list(ContractKind)), random.random() < 0.8
    heard, why = random.choice(list(HeardFrom)), random.choice(list(PlacementEnd))
    return random.choice(
        (
            js.RecordHire(contract_kind=contract, **with_whom),
            js.RecordHire(contract_kind=contract, **with_whom),
            js.RecordApplication(**with_whom),
            js.AnswerApplication(answer=random.choice(list(ApplicationAnswer)), **told),
            js.ReviewPlacement(still_employed=still, heard_from=heard, **told),
            js.EndPlacement(end_reason=why, **told),
        )
    )


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
