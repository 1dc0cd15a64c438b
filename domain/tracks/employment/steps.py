"""The steps of the employment track."""

from typing import Annotated, ClassVar
from uuid import UUID

from domain.case.steps import PersonalText, ReviewKey, TrackStep
from domain.message import FieldClass, NameText
from domain.tracks.employment.vocabulary import (
    ApplicationAnswer,
    ContractKind,
    EmployerKind,
    HeardFrom,
    PlacementEnd,
    PlacementFound,
)
from domain.values.codes import CompanyCode
from domain.values.days import PlannedDay
from domain.values.trades import Trade

EmployerName = Annotated[NameText | None, FieldClass.PERSONAL]


class _WithEmployer(TrackStep):
    """Who employs, or may."""

    with_the_person: ClassVar[bool] = True

    employer: EmployerKind
    company: CompanyCode | None = None
    """The partner company."""
    employer_name: EmployerName = None
    """Of any other employer."""
    trade: Trade | None = None
    employer_told: Annotated[bool, FieldClass.PERSONAL] = False
    """Whether the employer knows that the person is accompanied; not without their consent."""


class RecordApplication(_WithEmployer):
    """Record that the person applied for a job; several applications can wait at once."""


class AnswerApplication(TrackStep):
    """Record what came of an application; a job that was offered is recorded as a hire."""

    application_id: UUID | None = None
    """Which application; may be left out where only one waits."""
    answer: ApplicationAnswer
    explanation: PersonalText = None


class RecordHire(_WithEmployer):
    """Record that the person was hired, on the first day of work; the placement is reviewed from then on."""

    contract_kind: ContractKind


class ReviewPlacement(TrackStep):
    """Record whether the person still works where they were hired: after 1, 3, 6 and 12 months."""

    with_the_person: ClassVar[bool] = True

    review: ReviewKey | None = None
    """None: the one in whose window it was held."""
    found: PlacementFound
    heard_from: HeardFrom
    remarks: PersonalText = None


class ReschedulePlacementReview(TrackStep):
    """Move the review of a placement to another day, inside its window."""

    with_the_person: ClassVar[bool] = True

    review: ReviewKey
    due_on: PlannedDay


class EndPlacement(TrackStep):
    """Record the last day in a job, and why it ended; the person can be hired again on the same track."""

    end_reason: PlacementEnd
    explanation: PersonalText = None
