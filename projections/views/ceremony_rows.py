"""The rows of ceremonies and of their lists: each line is confirmed by itself. Amounts in MAD."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from domain.ceremony.state import CeremonyState
from domain.ceremony.vocabulary import LineState, SiteKind
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
    site: SiteKind
    site_name: str
    scheduled_on: date
    """The day first planned."""
    held_on: date
    """The day planned now, or held."""
    presided_by: str
    status: Status
    listed: int
    """People on the list; who was replaced is not."""
    told: int
    """Those to whom something was handed over on its day."""
    absent: int
    later: int
    replaced: int
    goods: Decimal
    cash: Decimal
    version: int


class LineFacts(Message):
    """One person's line on the list: what they received on its day, in MAD."""

    ceremony_id: UUID
    case_id: UUID
    project_id: UUID | None
    agreement_id: UUID | None
    replaced_by: UUID | None
    """The case of who came instead."""
    goods: Decimal
    cash: Decimal


class CeremonyLine(LineFacts):
    """A line, and how it stands."""

    state: LineState


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
        or state.site is None
        or state.site_name is None
        or state.presided_by is None
        or state.scheduled_on is None
        or state.held_on is None
    ):
        return
    lines = state.lines.values()
    standing = Counter(line.state for line in lines)
    yield _row(
        ceremony_id=UUID(name),
        centre=state.centre,
        province=state.province,
        city=state.city,
        site=state.site,
        site_name=state.site_name,
        scheduled_on=state.scheduled_on,
        held_on=state.held_on,
        presided_by=state.presided_by,
        status=_status(state),
        listed=len(lines) - standing[LineState.REPLACED],
        told=standing[LineState.TOLD],
        absent=standing[LineState.ABSENT],
        later=standing[LineState.LATER],
        replaced=standing[LineState.REPLACED],
        goods=total(line.goods for line in lines),
        cash=total(line.cash for line in lines),
        version=state.seen,
    )


def _line_rows(name: str, folds: Folds) -> Iterable[CeremonyLine]:
    for case_id, line in folds.ceremony(name).state.lines.items():
        yield _line(
            ceremony_id=UUID(name),
            case_id=case_id,
            project_id=line.project_id,
            agreement_id=line.agreement_id,
            state=line.state,
            replaced_by=line.replaced_by,
            goods=line.goods,
            cash=line.cash,
        )


CEREMONIES = Derived(ceremonies, StreamKind.CEREMONY, _rows)
LINES = Derived(lines, StreamKind.CEREMONY, _line_rows)
