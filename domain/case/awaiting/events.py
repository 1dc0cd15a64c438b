"""What is recorded of what a case waits for. On whom may tell of health, or of a court."""

from datetime import date
from typing import Annotated
from uuid import UUID

from domain.case.events import CaseEvent
from domain.message import FieldClass, Health, Judicial
from domain.values.codes import PROVIDER
from domain.values.papers import PaperKind


class ThirdPartyAwaited(CaseEvent, stored="ThirdPartyAwaited"):
    awaited_id: UUID
    party: Annotated[str | None, FieldClass.JUDICIAL, PROVIDER] = None
    party_name: Judicial[str] = None
    """Of one that is not registered."""
    awaiting: Health[str] = None
    """What is awaited."""
    support_id: UUID | None = None
    paper: Judicial[PaperKind] = None
    answer_by: date | None = None
    """When it was promised for."""


class ThirdPartyAskedAgain(CaseEvent, stored="ThirdPartyAskedAgain"):
    awaited_id: UUID
    answer_by: date | None = None
    details: Health[str] = None


class ThirdPartyAnswered(CaseEvent, stored="ThirdPartyAnswered"):
    awaited_id: UUID
    answer: Health[str] = None


class AwaitingStopped(CaseEvent, stored="AwaitingStopped"):
    """No answer is expected any more."""

    awaited_id: UUID
    explanation: Health[str] = None
