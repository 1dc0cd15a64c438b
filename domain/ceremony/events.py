"""What is recorded of a ceremony."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.message import Event, StreamKind
from domain.money import Amount


class CeremonyEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.CEREMONY


class CeremonyScheduled(CeremonyEvent):
    province: str
    city: str
    place: str
    held_on: date
    presided_by: str


class CeremonyPostponed(CeremonyEvent):
    held_on: date
    explanation: str


class CeremonyCancelled(CeremonyEvent):
    explanation: str


class CeremonyHeld(CeremonyEvent):
    attended: tuple[str, ...] = ()


class BeneficiaryListed(CeremonyEvent):
    case_id: UUID
    project_id: UUID
    agreement_id: UUID


class BeneficiaryUnlisted(CeremonyEvent):
    case_id: UUID


class LineConfirmed(CeremonyEvent):
    """One person's line: what they received, in MAD."""

    case_id: UUID
    goods: Amount
    cash: Amount
