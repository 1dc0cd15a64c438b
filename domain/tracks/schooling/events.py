"""What the case records of its schooling track.

The school is judicial, because a child-protection centre has one of its own.
"""

from typing import Annotated

from domain.case.events import TrackEvent
from domain.message import FieldClass, Health, Personal, Statistical
from domain.tracks.schooling.vocabulary import (
    Diploma,
    KitItem,
    LeavingReason,
    SchoolLevel,
    SignedBy,
    YearResult,
)
from domain.values.codes import SCHOOL


class SchoolEnrolled(TrackEvent, stored="SchoolEnrolled"):
    school_year: Statistical[str]
    school: Annotated[str | None, FieldClass.JUDICIAL, SCHOOL] = None
    level: Statistical[SchoolLevel]


class SchoolChanged(TrackEvent, stored="SchoolChanged"):
    school_year: Statistical[str]
    school: Annotated[str | None, FieldClass.JUDICIAL, SCHOOL] = None
    explanation: Personal[str] = None


class SchoolResultRecorded(TrackEvent, stored="SchoolResultRecorded"):
    school_year: Statistical[str]
    result: Statistical[YearResult]
    diploma: Statistical[Diploma | None] = None


class SchoolLeft(TrackEvent, stored="SchoolLeft"):
    school_year: Statistical[str]
    because: Health[LeavingReason] = None
    """Health, because one of them is."""
    explanation: Personal[str] = None


class LearningKitGiven(TrackEvent, stored="LearningKitGiven"):
    kit: Statistical[KitItem]
    serial: Personal[str] = None
    signed_by: SignedBy
    explanation: Personal[str] = None
