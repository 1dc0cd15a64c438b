"""What a child's way back to school would be: enrolled, at another school, a tablet, the year's result."""

from datetime import date

from domain.case.steps import OpenTrack
from domain.case.vocabulary import TrackKind
from domain.example.person import Person
from domain.message import Step
from domain.tracks.schooling import steps as s
from domain.tracks.schooling.vocabulary import (
    KitItem,
    LeavingReason,
    SchoolLevel,
    SignedBy,
    YearResult,
)

SEPTEMBER = 9


def school_year(day: date) -> str:
    """That runs on a day, or ended last."""
    begins = day.year if day.month >= SEPTEMBER else day.year - 1
    return f"{begins}/{begins + 1}"


def at_school(who: Person) -> tuple[Step, ...]:
    """Of somebody below eighteen: a year from the school of a child-protection centre on; the next is left."""
    first, second = school_year(who.day(15)), school_year(who.day(250))
    return (
        OpenTrack(occurred_on=who.day(14), track=TrackKind.SCHOOLING),
        _enrolled(who, 15, first, who.child_protection),
        s.GiveLearningKit(
            occurred_on=who.day(20),
            kit=KitItem.TABLET,
            serial=f"TAB-{who.number:04}",
            signed_by=SignedBy.GUARDIAN,
        ),
        s.ChangeSchool(
            occurred_on=who.day(50),
            school_year=first,
            school=who.school,
            explanation="Back with her mother.",
        ),
        s.RecordSchoolResult(occurred_on=who.day(165), school_year=first, result=YearResult.PASSED),
        _enrolled(who, 245, second, who.school),
        s.LeaveSchool(
            occurred_on=who.day(300),
            school_year=second,
            because=LeavingReason.DISTANCE,
            explanation="The bus does not pass any more.",
        ),
    )


def _enrolled(who: Person, day: int, year: str, school: str) -> s.EnrolAtSchool:
    return s.EnrolAtSchool(
        occurred_on=who.day(day),
        school_year=year,
        school=school,
        level=SchoolLevel.LOWER_SECONDARY,
    )
