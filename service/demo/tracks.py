"""Stories of people who are on another track than a project's."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain.beneficiary.steps import ContactPerson, RegisterBeneficiary
from domain.beneficiary.vocabulary import Sex
from domain.case.custody.steps import EndEpisode, PlaceInChildProtection
from domain.case.custody.vocabulary import EpisodeEnd, EpisodeKind
from domain.case.steps import AssessNeeds, OpenCase, OpenTrack, RecordContact
from domain.case.vocabulary import (
    Channel,
    ContactOutcome,
    NeedArea,
    NeedStatus,
    Route,
    TrackKind,
)
from domain.example.way import taken_by
from domain.message import Role, Step
from domain.tracks.schooling import steps as s
from domain.tracks.schooling.vocabulary import KitItem, SchoolLevel, SignedBy, YearResult
from service.demo.acts import Act, Names, Script, Seen
from service.demo.jobs import SEEN_AT_WORK, in_a_kitchen
from service.demo.path import way_to
from service.demo.plan import HANDOVERS

PUPIL = "pupil"
AUNT = ContactPerson(name="رقية الافتراضي", relation="الخالة", phone="+212 600 00 09 81")


def back_to_school(names: Names) -> Iterator[Act]:
    """Placed in a child-protection centre at fifteen, home again, and in the third year of school."""
    yield Act(f"beneficiary/{PUPIL}", _registered(), Role.CASEWORKER)
    way = replace(way_to(HANDOVERS[0]), beneficiary_id=names[f"beneficiary/{PUPIL}"])
    opening = OpenCase(
        occurred_on=date(2024, 9, 5),
        beneficiary_id=way.beneficiary_id,
        route=Route.WITHOUT_DETENTION,
        centre=way.centre,
        province=way.province,
        caseworker=names["caseworker"],
    )
    for step in (opening, *_at_school(way.child_protection, way.school)):
        yield Act(f"case/{PUPIL}", step, taken_by(step))


def _registered() -> RegisterBeneficiary:
    return RegisterBeneficiary(
        occurred_on=date(2024, 9, 4),
        name_ar="هبة الافتراضي",
        name_latin="Hiba El Iftiradi",
        sex=Sex.FEMALE,
        birth_date=date(2009, 5, 14),
        guardian=AUNT,
    )


def _at_school(placed_in: str, school: str) -> Iterator[Step]:
    first, second, third = "2024/2025", "2025/2026", "2026/2027"
    level = SchoolLevel.LOWER_SECONDARY
    yield PlaceInChildProtection(occurred_on=date(2024, 9, 6), institution=placed_in)
    yield AssessNeeds(
        occurred_on=date(2024, 9, 10),
        areas={NeedArea.EDUCATION_SKILLS_WORK: NeedStatus.IN_PROGRESS},
    )
    yield OpenTrack(occurred_on=date(2024, 9, 12), track=TrackKind.SCHOOLING)
    yield s.EnrolAtSchool(
        occurred_on=date(2024, 9, 16), school_year=first, school=placed_in, level=level
    )
    yield s.GiveLearningKit(
        occurred_on=date(2024, 10, 3),
        kit=KitItem.TABLET,
        serial="TAB-2024-0117",
        signed_by=SignedBy.GUARDIAN,
    )
    yield EndEpisode(
        occurred_on=date(2025, 2, 3),
        episode=EpisodeKind.CHILD_PROTECTION,
        end=EpisodeEnd.OTHER,
        reason="Back with her aunt.",
    )
    yield s.ChangeSchool(occurred_on=date(2025, 2, 10), school_year=first, school=school)
    yield s.RecordSchoolResult(
        occurred_on=date(2025, 7, 4), school_year=first, result=YearResult.REPEATS
    )
    for year, day, told in (
        (second, date(2025, 9, 8), date(2026, 7, 3)),
        (third, date(2026, 9, 7), None),
    ):
        yield s.EnrolAtSchool(occurred_on=day, school_year=year, school=school, level=level)
        if told is not None:
            yield s.RecordSchoolResult(occurred_on=told, school_year=year, result=YearResult.PASSED)
    yield RecordContact(
        occurred_on=date(2026, 9, 28),
        channel=Channel.AT_CENTRE,
        outcome=ContactOutcome.REACHED,
        note="Wants to go on to the baccalaureate.",
    )


TRACKS: tuple[Script, ...] = (back_to_school, in_a_kitchen)
SEEN_ON_TRACKS = (Seen("a child back at school", "/cases/{}", f"case/{PUPIL}"), SEEN_AT_WORK)
