"""What is recorded of a ceremony."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.message import Event, StreamKind
from domain.values.money import Sum


class CeremonyEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.CEREMONY


class CeremonyScheduled(CeremonyEvent, stored="CeremonyScheduled"):
    province: str
    city: str
    place: str
    held_on: date
    presided_by: str


class CeremonyPostponed(CeremonyEvent, stored="CeremonyPostponed"):
    held_on: date
    explanation: str


class CeremonyCancelled(CeremonyEvent, stored="CeremonyCancelled"):
    explanation: str


class CeremonyHeld(CeremonyEvent, stored="CeremonyHeld"):
    attended: tuple[str, ...] = ()


class BeneficiaryListed(CeremonyEvent, stored="BeneficiaryListed"):
    case_id: UUID
    project_id: UUID
    agreement_id: UUID


class BeneficiaryUnlisted(CeremonyEvent, stored="BeneficiaryUnlisted"):
    case_id: UUID


class LineConfirmed(CeremonyEvent, stored="LineConfirmed"):
    """One person's line: what they received, in MAD."""

    case_id: UUID
    goods: Sum
    cash: Sum
