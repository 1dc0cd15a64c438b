"""The steps of a schooling track: enrolled, at another school, the year's result, left, a learning kit."""

from typing import Annotated, ClassVar

from domain.case.steps import PersonalText, TrackStep
from domain.message import FieldClass, ShortText
from domain.tracks.schooling.vocabulary import (
    Diploma,
    KitItem,
    LeavingReason,
    SchoolLevel,
    SignedBy,
    YearResult,
)
from domain.tracks.schooling.years import SchoolYear
from domain.values.codes import SchoolCode


class _OfYear(TrackStep):
    """A step about one school year."""

    school_year: SchoolYear
    """From autumn to summer: `2025/2026`."""


class EnrolAtSchool(_OfYear):
    """Enrol the person at a school for a school year; each further year is enrolled for anew.

    While the person is a minor, a guardian is known.
    """

    with_the_person: ClassVar[bool] = True

    school: Annotated[SchoolCode, FieldClass.JUDICIAL]
    """Judicial, because it may be a child-protection centre's own."""
    level: SchoolLevel


class ChangeSchool(_OfYear):
    """Record that the person went on at another school within the year."""

    school: Annotated[SchoolCode, FieldClass.JUDICIAL]
    explanation: PersonalText = None


class RecordSchoolResult(_OfYear):
    """Record how the school year came out; the next year is enrolled for, or the track ended."""

    result: YearResult
    diploma: Diploma | None = None
    """Of who passed what a level ends with."""


class LeaveSchool(_OfYear):
    """Record that the person left school within the year."""

    because: Annotated[LeavingReason, FieldClass.HEALTH]
    explanation: PersonalText = None


class GiveLearningKit(TrackStep):
    """Record what was handed over to learn with, such as a tablet, and who signed for it.

    For a minor the guardian signs; whoever is of age signs themselves.
    """

    with_the_person: ClassVar[bool] = True

    kit: KitItem
    serial: ShortText | None = None
    signed_by: SignedBy
    explanation: PersonalText = None
