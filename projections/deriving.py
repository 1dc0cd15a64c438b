"""What a view's rows are derived from: streams folded as of one position."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy import Table

from domain.calendar import Calendar
from domain.case.reviews import dues
from domain.case.schedule import Due
from domain.message import Recorded, StreamKind
from projections.folds import AgreementFold, BeneficiaryFold, CaseFold, CeremonyFold, ProjectFold
from projections.tables import Row


class Folds(Protocol):
    """Every stream as of the same position. A stream without events is an empty fold."""

    calendar: Calendar

    def case(self, name: str) -> CaseFold: ...

    def beneficiary(self, name: UUID) -> BeneficiaryFold: ...

    def agreement(self, name: UUID) -> AgreementFold: ...

    def project(self, name: str) -> ProjectFold: ...

    def ceremony(self, name: str) -> CeremonyFold: ...


@dataclass(frozen=True, slots=True)
class Derived:
    """A table whose rows follow from what streams have come to: one owner a stream."""

    table: Table
    kind: StreamKind
    rows: Callable[[str, Folds], Iterable[Row]]
    """The rows of the stream of this name; none are kept beside them."""


@dataclass(frozen=True, slots=True)
class Appended:
    """A table with a row for an event; its rows never change."""

    table: Table
    rows: Callable[[Recorded], Sequence[Row]]


def outstanding(case: CaseFold, folds: Folds) -> tuple[Due, ...]:
    """The reviews a case calls for, soonest first."""
    return dues(case.state, folds.calendar)
