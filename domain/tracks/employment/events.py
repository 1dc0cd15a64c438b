"""What the case records of its employment track."""

from datetime import date
from typing import Annotated
from uuid import UUID

from domain.case.events import TrackEvent
from domain.message import Judicial, Personal, Statistical
from domain.tracks.employment.vocabulary import (
    ApplicationAnswer,
    ContractKind,
    EmployerKind,
    HeardFrom,
    PlacementEnd,
    PlacementFound,
)
from domain.values.codes import COMPANY
from domain.values.trades import Trade


class ApplicationMade(TrackEvent, stored="ApplicationMade"):
    application_id: UUID
    employer: Statistical[EmployerKind]
    company: Annotated[str | None, COMPANY] = None
    employer_name: Personal[str] = None
    trade: Statistical[Trade | None] = None
    employer_told: Personal[bool] = None


class ApplicationAnswered(TrackEvent, stored="ApplicationAnswered"):
    application_id: UUID
    answer: ApplicationAnswer
    explanation: Personal[str] = None


class Hired(TrackEvent, stored="Hired"):
    employer: Statistical[EmployerKind]
    company: Annotated[str | None, COMPANY] = None
    employer_name: Personal[str] = None
    trade: Statistical[Trade | None] = None
    contract_kind: ContractKind
    employer_told: Personal[bool] = None


class PlacementReviewed(TrackEvent, stored="PlacementReviewed"):
    review: str | None = None
    found: PlacementFound
    heard_from: HeardFrom
    remarks: Personal[str] = None


class PlacementReviewRescheduled(TrackEvent, stored="PlacementReviewRescheduled"):
    review: str
    due_on: date


class PlacementEnded(TrackEvent, stored="PlacementEnded"):
    end_reason: Judicial[PlacementEnd] = None
    explanation: Personal[str] = None
