"""How a case stands towards other centres."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated
from uuid import UUID

from domain.case.moment import Moment
from domain.case.referral.vocabulary import ReferralOutcome, ReferralReason
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
class AskedFor:
    """Another centre asks for the case."""

    number: int
    """1 for the first that ever did."""
    by: UUID
    when: Moment
    explanation: Annotated[str | None, FieldClass.PERSONAL]


@dataclass(frozen=True, slots=True)
class Answered:
    """A referral, or a request for one, that waits no more: as both centres may know of it."""

    asked: bool
    """Whether the other centre asked for the case."""
    number: int
    """As of what was answered."""
    from_centre: str
    """Whose the case was."""
    to_centre: str
    by: UUID
    """Who referred it, or asked for it."""
    since: date
    explanation: Annotated[str | None, FieldClass.PERSONAL]
    outcome: ReferralOutcome
    answered_by: UUID | None
    answered_on: date | None
    why: Annotated[str | None, FieldClass.PERSONAL] = None


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

    asked: Mapping[str, AskedFor] = field(default_factory=dict)
    """By the centre that asks, those that were not answered."""
    times_asked: int = 0
    answered: tuple[Answered, ...] = ()
    """In the order of their answers' days."""

    @property
    def pending(self) -> Referral | None:
        return self.last if self.waits else None


NEVER_REFERRED = Referrals()
