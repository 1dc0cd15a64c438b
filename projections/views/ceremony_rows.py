"""The rows of ceremonies and of their lists: each line is confirmed by itself. Amounts in MAD."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from domain.ceremony.state import CeremonyState
from domain.message import Message, StreamKind
from domain.values.money import total
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated

Status = Literal["scheduled", "held", "cancelled"]


class CeremonyRow(Message):
    """A ceremony, and what was handed over at it (MAD); to others than its centre, to theirs."""

    ceremony_id: UUID
    centre: str | None
    """The centre that scheduled it; null for the division's own."""
    province: str
    city: str
    place: str
    scheduled_on: date
    """The day first planned."""
    held_on: date
    """The day planned now, or held."""
    presided_by: str
    status: Status
    listed: int
    confirmed: int
    goods: Decimal
    cash: Decimal
    version: int


class CeremonyLine(Message):
    """One person's line on the list: what they received, in MAD."""

    ceremony_id: UUID
    case_id: UUID
    project_id: UUID | None
    agreement_id: UUID | None
    confirmed: bool
    goods: Decimal
    cash: Decimal


ceremonies = View(
    "ceremonies",
    CeremonyRow,
    key=["ceremony_id"],
    owner="ceremony_id",
    indexes=[["scheduled_on", "ceremony_id"]],
)
lines = View("ceremony_lines", CeremonyLine, key=["ceremony_id", "case_id"], owner="ceremony_id")
_row = unvalidated(CeremonyRow)
_line = unvalidated(CeremonyLine)


def _status(state: CeremonyState) -> Status:
    if state.cancelled:
        return "cancelled"
    return "held" if state.held else "scheduled"


def _rows(name: str, folds: Folds) -> Iterable[CeremonyRow]:
    state = folds.ceremony(name).state
    if (
        state.province is None
        or state.city is None
        or state.place is None
        or state.presided_by is None
        or state.scheduled_on is None
        or state.held_on is None
    ):
        return
    received = state.lines.values()
    yield _row(
        ceremony_id=UUID(name),
        centre=state.centre,
        province=state.province,
        city=state.city,
        place=state.place,
        scheduled_on=state.scheduled_on,
        held_on=state.held_on,
        presided_by=state.presided_by,
        status=_status(state),
        listed=len(received),
        confirmed=sum(line.confirmed for line in received),
        goods=total(line.goods for line in received),
        cash=total(line.cash for line in received),
        version=state.seen,
    )


def _line_rows(name: str, folds: Folds) -> Iterable[CeremonyLine]:
    for case_id, line in folds.ceremony(name).state.lines.items():
        yield _line(
            ceremony_id=UUID(name),
            case_id=case_id,
            project_id=line.project_id,
            agreement_id=line.agreement_id,
            confirmed=line.confirmed,
            goods=line.goods,
            cash=line.cash,
        )


CEREMONIES = Derived(ceremonies, StreamKind.CEREMONY, _rows)
LINES = Derived(lines, StreamKind.CEREMONY, _line_rows)
