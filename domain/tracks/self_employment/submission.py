"""A project put to a session under one agreement, and what was decided of it there."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.case.moment import Moment
from domain.project.vocabulary import DecisionKind
from domain.rules import FundingSource


@dataclass(frozen=True)
class Submission:
    """Each agreement that is to pay has its own, and gives its own approval."""

    submitted: Moment
    number: int = 1
    """Among all of the track."""
    by: frozenset[UUID] = frozenset()
    """Who submitted it; none of them records its decision."""
    position: int = 0
    """The last submitting's in the ledger; who records the decision was here before it."""
    session_id: UUID | None = None
    """None: it waits for a session."""
    session_on: date | None = None
    source: FundingSource | None = None
    """Of the agreement's money, once it is decided."""
    decision: DecisionKind | None = None
    decided: Moment | None = None
    next_session_on: date | None = None
    """Where it was deferred: the day of the next session, where the minutes name it."""

    @property
    def pending(self) -> bool:
        """It is before a session, waits for one, or was deferred to the next."""
        return self.decision in (None, DecisionKind.DEFER)

    @property
    def undecided(self) -> bool:
        """It stands on a session's list."""
        return self.decision is None and self.session_id is not None
