"""What is recorded of a referral, in the case."""

from uuid import UUID

from domain.case.events import CaseEvent
from domain.case.referral.vocabulary import ReferralReason
from domain.message import Personal


class CaseReferred(CaseEvent, stored="CaseReferred"):
    """The case is offered to another centre, and is its own centre's as before."""

    referral_id: UUID
    from_centre: str
    to_centre: str
    because: Personal[ReferralReason] = None
    explanation: Personal[str] = None
    """What the other centre decides on."""


class ReferralAccepted(CaseEvent, stored="ReferralAccepted"):
    """From now on the case is the other centre's."""

    referral_id: UUID
    from_centre: str
    to_centre: str
    caseworker: UUID


class ReferralRefused(CaseEvent, stored="ReferralRefused"):
    """It stays where it is."""

    referral_id: UUID
    to_centre: str
    explanation: Personal[str] = None


class ReferralWithdrawn(CaseEvent, stored="ReferralWithdrawn"):
    """The old centre takes it back before it was answered."""

    referral_id: UUID
    to_centre: str
    explanation: Personal[str] = None


class ReferralAsked(CaseEvent, stored="ReferralAsked"):
    """Another centre, where the person turned up, asks to have the case referred to it."""

    by_centre: str
    asked_by: UUID
    explanation: Personal[str] = None


class ReferralNotGiven(CaseEvent, stored="ReferralNotGiven"):
    """The case stays with its centre, though another asked for it."""

    by_centre: str
    explanation: Personal[str] = None
