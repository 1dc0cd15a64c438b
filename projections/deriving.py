"""What a view's rows are derived from: streams folded as of one position."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from domain.agreement.state import AgreementState
from domain.batch.state import BatchState
from domain.beneficiary.state import BeneficiaryState
from domain.case.reviews import dues
from domain.case.schedule import Due
from domain.case.state import CaseState
from domain.ceremony.state import CeremonyState
from domain.cohort.state import CohortState
from domain.complaint.state import ComplaintState
from domain.dismissal.state import FindingState
from domain.message import Event, Message, Recorded, StreamKind
from domain.order.state import OrderState
from domain.project.state import ProjectState
from domain.reception.state import ReceptionState
from domain.rules import FundingSource
from domain.session.state import SessionState
from domain.values.calendar import Calendar
from projections.folds import Fold
from projections.view import View


class Funding(NamedTuple):
    """What rows of other streams say of an agreement."""

    season: str | None = None
    source: FundingSource | None = None


class Folds(Protocol):
    """Every stream as of the same position. A stream without events is an empty fold."""

    calendar: Calendar

    def case(self, name: UUID | str) -> Fold[CaseState]: ...

    def beneficiary(self, name: UUID | str) -> Fold[BeneficiaryState]: ...

    def agreement(self, name: UUID | str) -> Fold[AgreementState]: ...

    def project(self, name: UUID | str) -> Fold[ProjectState]: ...

    def session(self, name: UUID | str) -> Fold[SessionState]: ...

    def order(self, name: UUID | str) -> Fold[OrderState]: ...

    def ceremony(self, name: UUID | str) -> Fold[CeremonyState]: ...

    def cohort(self, name: UUID | str) -> Fold[CohortState]: ...

    def batch(self, name: UUID | str) -> Fold[BatchState]: ...

    def complaint(self, name: UUID | str) -> Fold[ComplaintState]: ...

    def reception(self, name: UUID | str) -> Fold[ReceptionState]: ...

    def finding(self, name: UUID | str) -> Fold[FindingState]: ...

    def funding(self, agreement_id: UUID | None) -> Funding:
        """Of the agreement that something is submitted, approved or paid under."""

    def one_of(self, person: UUID) -> UUID:
        """Whom somebody goes by: themselves, or whom they were merged into."""

    def goes_by(self, entry: str) -> str:
        """The registry's entry that goes on for it: itself, or the one it was merged into."""

    def mark(self, number: str) -> str:
        """By which a number is known again, and which does not tell it."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A view whose rows follow from what streams have come to: one owner a stream."""

    view: View[Any]
    kind: StreamKind
    rows: Callable[[str, Folds], Iterable[Message]]
    """The rows of the stream of this name; none are kept beside them."""


@dataclass(frozen=True, slots=True)
class Appended:
    """A view with a row for an event."""

    view: View[Any]
    row: Callable[[Recorded, Folds], Message | None]
    """The row of an event, if it has one, as of the event's position or a later one."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A view with rows for each of the things that one stream keeps, under names of their own.

    Only those that events are about are written again: such a stream keeps thousands.
    """

    view: View[Any]
    kind: StreamKind
    named: Callable[[Event], Iterable[str]]
    """Which of them an event is about: the rows' owners."""
    names: Callable[[Any], Iterable[str]]
    """All that there are, by the stream's state."""
    rows: Callable[[Any, str], Iterable[Message]]


@dataclass(frozen=True, slots=True)
class Following:
    """A column of appended rows that follows what their owner's stream has come to."""

    view: View[Any]
    kind: StreamKind
    column: str
    values: Callable[[str, Folds], Iterable[Any]]
    """Its value for the stream of this name; none where there are no rows to change."""


def outstanding(case: Fold[CaseState], folds: Folds) -> tuple[Due, ...]:
    """The reviews a case calls for, soonest first."""
    known = case.outstanding
    if known is None or known[0] is not case.state:
        known = case.outstanding = case.state, dues(case.state, folds.calendar)
    return known[1]


def funding_of(agreement: AgreementState) -> Funding:
    season = agreement.season.label if agreement.season else None
    return Funding(season, agreement.funding_source)
