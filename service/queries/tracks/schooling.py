"""A schooling track as it stands: its school years, the last one first, and what was handed over."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from domain.case.state import CaseState
from domain.case.vocabulary import TrackKind
from domain.message import FieldClass, Message
from domain.tracks.schooling.state import Kit, Schooling, Year
from domain.tracks.schooling.vocabulary import Diploma, KitItem, SchoolLevel, SignedBy, YearResult
from domain.values.codes import SCHOOL
from service.access.reader import Reading
from service.queries.naming import called
from service.queries.tracks.base import AnyTrackAnswer, day_of, told_of_any


class SchoolYearAnswer(Message):
    """One school year that the person was enrolled for; again a row where they came back to it."""

    school_year: str
    level: SchoolLevel
    school: Annotated[str | None, SCHOOL, FieldClass.JUDICIAL]
    """By its code: the last, where it was changed."""
    school_name: Annotated[str | None, FieldClass.JUDICIAL]
    """In the language asked for; null too for a moment after it was registered."""
    enrolled_on: date
    result: YearResult | None
    diploma: Diploma | None
    left: bool
    ended_on: date | None
    """When its result was told, or school was left."""

    @property
    def runs(self) -> bool:
        return self.ended_on is None


class KitAnswer(Message):
    """Something handed over to learn with."""

    kit: KitItem
    given_on: date
    signed_by: SignedBy


class SchoolingAnswer(AnyTrackAnswer):
    """A schooling track."""

    kind: Literal[TrackKind.SCHOOLING]
    years: tuple[SchoolYearAnswer, ...]
    """The latest first."""
    kits: tuple[KitAnswer, ...]

    @property
    def begun_on(self) -> date | None:
        """Since a year was passed, while none runs."""
        last = next(iter(self.years), None)
        passed = last is not None and last.result is YearResult.PASSED
        return last.ended_on if last is not None and passed else None


def schooling(
    case: CaseState, track_id: UUID, track: Schooling, reading: Reading
) -> SchoolingAnswer:
    named = called(reading)
    return SchoolingAnswer(
        **told_of_any(case, track_id, track),
        kind=TrackKind.SCHOOLING,
        years=tuple(
            _year(name, year, named(year.school, (year.changed or year.enrolled).on))
            for name, year in reversed(track.enrolments)
        ),
        kits=tuple(_kit(each) for each in track.kits),
    )


def _year(name: str, year: Year, school_name: str | None) -> SchoolYearAnswer:
    return SchoolYearAnswer(
        school_year=name,
        level=year.level,
        school=year.school,
        school_name=school_name,
        enrolled_on=year.enrolled.on,
        result=year.result,
        diploma=year.diploma,
        left=year.left,
        ended_on=day_of(year.ended),
    )


def _kit(kit: Kit) -> KitAnswer:
    return KitAnswer(kit=kit.kit, given_on=kit.given.on, signed_by=kit.signed_by)
