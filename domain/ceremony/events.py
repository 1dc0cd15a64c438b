"""What is recorded of a ceremony. What is about one line names its case, and nobody else's."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.ceremony.vocabulary import LineState, MissedBecause, SiteKind
from domain.message import Event, StreamKind
from domain.papers.events import AttachedInTheClear, WithdrawnInTheClear
from domain.values.money import Sum


class CeremonyEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.CEREMONY


class CeremonyScheduled(CeremonyEvent, stored="CeremonyScheduled"):
    province: str
    city: str
    site: SiteKind
    site_name: str
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
    track_id: UUID
    project_id: UUID
    agreement_id: UUID


class BeneficiaryUnlisted(CeremonyEvent, stored="BeneficiaryUnlisted"):
    case_id: UUID


class LineReplaced(CeremonyEvent, stored="LineReplaced"):
    """Somebody else takes the person's place on the list; their goods stay theirs."""

    case_id: UUID
    by: UUID
    """The case of who comes."""


class LineMissed(CeremonyEvent, stored="LineMissed"):
    """The ceremony was held, and nothing was handed over on this line."""

    case_id: UUID
    because: MissedBecause


class LineCorrected(CeremonyEvent, stored="LineCorrected"):
    """What was told of one person's line was entered wrongly; amounts in MAD."""

    case_id: UUID
    state: LineState
    goods: Sum
    cash: Sum
    goods_before: Sum
    cash_before: Sum


class LineConfirmed(CeremonyEvent, stored="LineConfirmed"):
    """One person's line: what they received, in MAD."""

    case_id: UUID
    goods: Sum
    cash: Sum
    later: bool
    """Whether on a later day than the ceremony's."""


class CeremonyDocumentAttached(
    CeremonyEvent, AttachedInTheClear, stored="CeremonyDocumentAttached"
):
    shows: tuple[UUID, ...] = ()
    """Of a photograph: the cases of those who can be recognised on it."""


class CeremonyDocumentWithdrawn(
    CeremonyEvent, WithdrawnInTheClear, stored="CeremonyDocumentWithdrawn"
):
    pass
