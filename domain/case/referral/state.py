"""How a case stands towards other centres."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from domain.case.moment import Moment
from domain.case.referral.vocabulary import ReferralReason
from domain.message import FieldClass


@dataclass(frozen=True, slots=True)
class Referral:
    """One referral, as whoever receives it may know of it."""

    referral_id: UUID
    number: int
    """1 for the case's first."""
    from_centre: str
    to_centre: str
    by: UUID
    when: Moment
    because: Annotated[ReferralReason | None, FieldClass.PERSONAL]
    explanation: Annotated[str | None, FieldClass.PERSONAL]


@dataclass(frozen=True, slots=True)
class Referrals:
    """Those of a case."""

    last: Referral | None = None
    waits: bool = False
    """Whether the last is not answered, and was not taken back."""
    settled_on: date | None = None
    """The day on which the last that was settled was."""
    moved_on: date | None = None
    """The day from which the case is its present centre's, where it was another's before."""

    @property
    def pending(self) -> Referral | None:
        return self.last if self.waits else None


NEVER_REFERRED = Referrals()
