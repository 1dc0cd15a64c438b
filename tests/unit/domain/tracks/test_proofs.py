"""Every outcome over every state of every kind of track, and each way in which one ends: what proves it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from domain.case.ending import ending_of, missing_for
from domain.case.moment import Moment
from domain.case.state import CaseState
from domain.case.vocabulary import Outcome, TrackEnd
from domain.project.vocabulary import ProjectCondition
from domain.tracks.base import TrackState
from domain.tracks.employment.state import Employment, Placement
from domain.tracks.employment.vocabulary import ContractKind, EmployerKind
from domain.tracks.schooling.state import Schooling, Year
from domain.tracks.schooling.vocabulary import SchoolLevel, YearResult
from domain.tracks.self_employment.problems import Problem
from domain.tracks.self_employment.state import Handover, SelfEmployment
from domain.tracks.self_employment.vocabulary import ProblemDecision
from domain.tracks.training.vocabulary import TrainingStatus
from domain.tracks.vocational_training.state import VocationalTraining

TODAY = date(2025, 3, 3)
OF_A_TRACK = (
    *(Outcome.PROJECT_RUNNING, Outcome.PROJECT_STOPPED, Outcome.EMPLOYED),
    *(Outcome.IN_TRAINING, Outcome.IN_SCHOOL),
)


def at(year: int, month: int, day: int) -> Moment:
    return Moment(date(year, month, day), datetime(year, month, day, tzinfo=UTC))


LONG_AGO, LAST_YEAR, LATELY = at(2023, 1, 9), at(2024, 1, 8), at(2025, 2, 3)


def project(**changes: Any) -> SelfEmployment:
    handed = Handover(1, LAST_YEAR.on, Decimal(1), Decimal(0), *(None,) * 6)
    come_to: dict[str, Any] = {"handovers": (handed,), "delivered": LAST_YEAR, **changes}
    return SelfEmployment(opened=LONG_AGO, **come_to)


def job(**changes: Any) -> Employment:
    placed = Placement(LAST_YEAR, EmployerKind.SELF_FOUND, ContractKind.UNWRITTEN, **changes)
    return Employment(opened=LONG_AGO, placements=(placed,))


def school(year: str = "2024/2025", **changes: Any) -> Schooling:
    enrolled = Year(LAST_YEAR, SchoolLevel.PRIMARY, **changes)
    return Schooling(opened=LONG_AGO, years={year: enrolled})


def training(status: TrainingStatus) -> VocationalTraining:
    return VocationalTraining(opened=LONG_AGO, training=status)


def visited(found: ProjectCondition, when: Moment = LATELY, **changes: Any) -> SelfEmployment:
    return project(last_visit=found, visited=when, **changes)


RAISED = Problem(LATELY, 1, decided=LATELY, decision=ProblemDecision.WRITTEN_OFF)
OPEN, COMPLETED = None, TrackEnd.COMPLETED
ALWAYS = frozenset({OPEN, *TrackEnd})
STATES: Mapping[str, tuple[TrackState, Outcome | None, frozenset[TrackEnd | None]]] = {
    "a project not handed over": (SelfEmployment(opened=LONG_AGO), None, ALWAYS),
    "a project trained for": (
        SelfEmployment(opened=LONG_AGO, training=TrainingStatus.ENROLLED),
        Outcome.IN_TRAINING,
        frozenset({OPEN}),
    ),
    "a project never visited": (project(), None, ALWAYS),
    "a project running": (
        visited(ProjectCondition.RUNNING),
        Outcome.PROJECT_RUNNING,
        frozenset({OPEN, COMPLETED}),
    ),
    "a project struggling": (
        visited(ProjectCondition.STRUGGLING),
        Outcome.PROJECT_RUNNING,
        frozenset({OPEN, COMPLETED}),
    ),
    "a project running long ago": (visited(ProjectCondition.RUNNING, LAST_YEAR), None, ALWAYS),
    "a project stopped": (visited(ProjectCondition.STOPPED), None, ALWAYS),
    "a project stopped and decided": (
        visited(ProjectCondition.STOPPED, problems={"1": RAISED}),
        Outcome.PROJECT_STOPPED,
        ALWAYS,
    ),
    "no job": (Employment(opened=LONG_AGO), None, ALWAYS),
    "a job": (job(), Outcome.EMPLOYED, frozenset({OPEN, COMPLETED})),
    "a job that ended": (job(ended=LATELY), None, ALWAYS),
    "no school": (Schooling(opened=LONG_AGO), None, ALWAYS),
    "at school": (school(), Outcome.IN_SCHOOL, frozenset({OPEN, COMPLETED})),
    "a year passed": (
        school(result=YearResult.PASSED, ended=LATELY),
        Outcome.IN_SCHOOL,
        frozenset({OPEN, COMPLETED}),
    ),
    "a year left": (school(left=True, ended=LATELY), None, ALWAYS),
    "a year long over": (school("2022/2023"), None, ALWAYS),
    **{
        f"training: {each}": (
            training(each),
            Outcome.IN_TRAINING if each is TrainingStatus.ENROLLED else None,
            frozenset({OPEN}),
        )
        for each in TrainingStatus
    },
}
"""Which outcome each proves, where any, and with which of its ends it still does."""


@pytest.mark.parametrize("named", STATES)
def test_a_track_proves_one_outcome_at_most_and_none_once_it_came_to_nothing(named: str) -> None:
    track, proves, while_ended = STATES[named]
    for ended in (None, *TrackEnd):
        as_ended = replace(track, ended=None if ended is None else LATELY, ended_as=ended)
        case = CaseState(tracks={uuid4(): as_ended})
        for outcome in OF_A_TRACK:
            missing = missing_for(case, ending_of(outcome), TODAY)
            assert (missing is None) == (outcome is proves and ended in while_ended), (
                f"{named}, {ended}: {outcome}, {missing}"
            )


def test_of_two_projects_the_one_handed_over_last_says_how_it_ended() -> None:
    handed = Handover(2, LATELY.on, Decimal(1), Decimal(0), *(None,) * 6)
    stopped = visited(ProjectCondition.STOPPED, problems={"1": RAISED})
    before = replace(stopped, ended=LAST_YEAR, ended_as=TrackEnd.GIVEN_UP)
    anew = visited(ProjectCondition.RUNNING, handovers=(handed,), delivered=LATELY)
    both = CaseState(tracks={uuid4(): before, uuid4(): anew})
    assert missing_for(both, ending_of(Outcome.PROJECT_RUNNING), TODAY) is None
    assert missing_for(both, ending_of(Outcome.PROJECT_STOPPED), TODAY) == "no_visit_says_stopped"
