"""A story of several people who learn a trade together: a cohort, who came, who left, who is certified."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.beneficiary.steps import RegisterBeneficiary
from domain.beneficiary.vocabulary import Sex
from domain.case.steps import AssessNeeds, OpenCase, OpenTrack
from domain.case.vocabulary import NeedArea, NeedStatus, Route, TrackKind
from domain.cohort.steps import PlanCohort
from domain.example.way import Way, taken_by
from domain.message import Role, Step
from domain.tracks.training import steps as s
from domain.tracks.training.vocabulary import Presence
from domain.tracks.vocational_training.steps import ApplyForTraining
from domain.values.trades import Trade
from service.demo.acts import Act, Names, Script, Seen
from service.demo.path import way_to
from service.demo.plan import HANDOVERS

COHORT = "cohort/sewing"
STARTS, ENDS = date(2026, 6, 1), date(2026, 12, 18)
DAYS = tuple(STARTS + timedelta(days=7 * week) for week in range(17))
"""Mondays on which it was told who came; later ones are left to the caseworkers."""


@dataclass(frozen=True, slots=True)
class Learner:
    """A made-up person, and the Mondays on which they did not come."""

    label: str
    name_ar: str
    name_latin: str
    sex: Sex
    born: date
    missed: tuple[int, ...] = ()
    left: bool = False
    """Whether they left after the sixth."""


LEARNERS = (
    Learner("seamstress-1", "سناء المثالي", "Sanae El Mithali", Sex.FEMALE, date(1994, 3, 8)),
    Learner(
        "seamstress-2",
        "مريم النموذجي",
        "Meryem En-Namoudaji",
        Sex.FEMALE,
        date(2000, 11, 2),
        (3, 9),
    ),
    Learner("tailor-1", "أيوب التجريبي", "Ayoub Et-Tajribi", Sex.MALE, date(1989, 7, 21), (5,)),
    Learner("tailor-2", "نبيل الخيالي", "Nabil El Khayali", Sex.MALE, date(1997, 1, 15), left=True),
)


def learning_together(names: Names) -> Iterator[Act]:
    """A class of sewing with eight places, from June to December."""
    way = way_to(HANDOVERS[0])
    planned = PlanCohort(
        occurred_on=date(2026, 5, 11),
        provider=way.trainer,
        trade=Trade.SEWING,
        starts_on=STARTS,
        ends_on=ENDS,
        places=8,
        timetable="الإثنين إلى الخميس، 9:00 – 12:00",
    )
    yield Act(COHORT, planned, Role.COORDINATOR)
    for who in LEARNERS:
        yield Act(f"beneficiary/{who.label}", _registered(who), Role.CASEWORKER)
        own = replace(
            way,
            beneficiary_id=names[f"beneficiary/{who.label}"],
            caseworker=names["caseworker"],
            cohort_id=names[COHORT],
        )
        for step in _learning(who, own):
            yield Act(f"case/{who.label}", step, taken_by(step))


def _registered(who: Learner) -> RegisterBeneficiary:
    return RegisterBeneficiary(
        occurred_on=date(2026, 5, 4),
        name_ar=who.name_ar,
        name_latin=who.name_latin,
        sex=who.sex,
        birth_date=who.born,
    )


def _learning(who: Learner, way: Way) -> Iterator[Step]:
    yield OpenCase(
        occurred_on=date(2026, 5, 5),
        beneficiary_id=way.beneficiary_id,
        route=Route.AFTER_RELEASE,
        centre=way.centre,
        province=way.province,
        caseworker=way.caseworker,
    )
    yield AssessNeeds(
        occurred_on=date(2026, 5, 12),
        areas={NeedArea.EDUCATION_SKILLS_WORK: NeedStatus.IN_PROGRESS},
    )
    yield OpenTrack(occurred_on=date(2026, 5, 12), track=TrackKind.VOCATIONAL_TRAINING)
    yield ApplyForTraining(occurred_on=date(2026, 5, 13), trade=Trade.SEWING, provider=way.trainer)
    yield s.EnrolInTraining(occurred_on=STARTS, cohort_id=way.cohort_id)
    for week, day in enumerate(DAYS[:6] if who.left else DAYS):
        presence = Presence.ABSENT if week in who.missed else Presence.PRESENT
        yield s.RecordAttendance(occurred_on=day, presence=presence)
    if who.left:
        yield s.DropOutOfTraining(occurred_on=DAYS[6], explanation="Found work by the day.")


COHORTS: tuple[Script, ...] = (learning_together,)
SEEN_IN_COHORTS = (
    Seen("a cohort, its places and who came", "/cohorts/{}", COHORT),
    Seen("somebody who learns in it", "/cases/{}", f"case/{LEARNERS[0].label}"),
)
