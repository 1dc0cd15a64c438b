"""The words of referrals, as codes."""

from enum import StrEnum


class ReferralReason(StrEnum):
    """Why a case is to be another centre's."""

    MOVED = "moved"
    """The person lives where the other centre serves."""
    FAMILY = "family"
    """Their family is nearer to it."""
    SAFETY = "safety"
    PERSON_ASKS = "person_asks"
    ASKED_BY_CENTRE = "asked_by_centre"
    """The other centre asked for the case."""
    CENTRE_CLOSES = "centre_closes"
    OTHER = "other"


class ReferralOutcome(StrEnum):
    """What became of a referral, or of a request for one."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REFERRED = "referred"
    """What another centre asked for: the case was referred to it."""
    DECLINED = "declined"
    """What another centre asked for: the case stays where it is."""
    CASE_CLOSED = "case_closed"
    """The case was closed before anybody answered; reopened, it waits again."""
