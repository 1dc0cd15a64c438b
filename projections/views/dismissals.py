"""Findings that were dismissed: until an entry comes to one that is later than its dismissal."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from domain.dismissal.vocabulary import DismissedBecause
from domain.message import Message, StreamKind
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated


class DismissedFinding(Message):
    """One that is dismissed, whether what it rests on has grown since or not."""

    finding_id: UUID
    position: int
    """Of the entry by which it was."""
    dismissed_on: date
    dismissed_by: UUID
    because: DismissedBecause


dismissals = View("dismissals", DismissedFinding, key=["finding_id"], owner="finding_id")
_row = unvalidated(DismissedFinding)


def _rows(name: str, folds: Folds) -> Iterable[DismissedFinding]:
    said = folds.finding(name).state.dismissal
    if said is not None:
        yield _row(
            finding_id=UUID(name),
            position=said.position,
            dismissed_on=said.on,
            dismissed_by=said.by,
            because=said.because,
        )


DISMISSALS = Derived(dismissals, StreamKind.FINDING, _rows)
