"""What is recorded of support. What was said and who provides it may tell of health."""

from datetime import date
from typing import Annotated
from uuid import UUID

from domain.case.events import CaseEvent
from domain.case.support.vocabulary import DeclinedBy, SupportKind
from domain.case.vocabulary import NeedArea
from domain.message import FieldClass, Health, Judicial
from domain.values.codes import PROVIDER


class SupportOpened(CaseEvent, stored="SupportOpened"):
    support_id: UUID
    kind: Judicial[SupportKind] = None
    """Judicial, because one of them says that somebody was convicted."""
    need: Health[NeedArea] = None
    member_id: UUID | None = None
    """Of the household, whom it is for; None: the person."""
    provider: Annotated[str | None, FieldClass.HEALTH, PROVIDER] = None
    provider_name: Health[str] = None
    """Of one that is not registered."""
    probably_from: Judicial[date] = None
    look_again_on: Judicial[date] = None
    details: Health[str] = None


class SupportProgressed(CaseEvent, stored="SupportProgressed"):
    """Something was done about it; a day that is still to come stands where no other is told."""

    support_id: UUID
    probably_from: Judicial[date] = None
    look_again_on: Judicial[date] = None
    details: Health[str] = None


class SupportCompleted(CaseEvent, stored="SupportCompleted"):
    support_id: UUID
    details: Health[str] = None


class SupportDeclined(CaseEvent, stored="SupportDeclined"):
    support_id: UUID
    declined_by: DeclinedBy
    details: Health[str] = None


class SupportTakenUp(CaseEvent, stored="SupportTakenUp"):
    """What was completed or declined goes on."""

    support_id: UUID
    probably_from: Judicial[date] = None
    look_again_on: Judicial[date] = None
    details: Health[str] = None
