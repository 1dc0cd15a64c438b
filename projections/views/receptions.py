"""Receptions without a case, counted by centre and by what people came for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlalchemy.sql.elements import ColumnElement

from domain.message import Message, StreamKind
from domain.reception.vocabulary import ReceptionReason
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated
from projections.views.pages import Order, Page, Part, page_of

NEWEST = "-occurred_on"


class ReceptionRow(Message):
    """Somebody came, on a day, for a reason; who is nowhere."""

    reception_id: UUID
    centre: str
    occurred_on: date
    reason: ReceptionReason
    sent_to: str | None
    """The code of the registry's entry they were sent on to."""
    sent_in_words: bool
    """Whether it is said in words where they were sent: those are read in its history alone."""
    recorded_by: UUID | None
    version: int


class Received(Message):
    """How many came to a centre for one reason."""

    centre: str
    reason: ReceptionReason
    receptions: int


receptions = View(
    "receptions",
    ReceptionRow,
    key=["reception_id"],
    owner="reception_id",
    indexes=[["occurred_on", "reception_id"], ["centre", "occurred_on"]],
)
_row = unvalidated(ReceptionRow)
ORDER = Order((receptions.c.occurred_on,), receptions.c.reception_id, descending=True)


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    centre: str | None = None
    reason: ReceptionReason | None = None
    since: date | None = None
    until: date | None = None


def find(conn: Connection, filters: Filters, part: Part | None = None) -> Page[ReceptionRow]:
    """One page, the latest first."""
    query = select(receptions.table).where(*_conditions(filters))
    return page_of(conn, query, ORDER, part or Part(NEWEST), filters, receptions.read)


def get(conn: Connection, reception_id: UUID) -> ReceptionRow | None:
    query = select(receptions.table).where(receptions.c.reception_id == reception_id)
    row = conn.execute(query).one_or_none()
    return receptions.read(row) if row else None


def counted(conn: Connection, filters: Filters) -> list[Received]:
    """By centre and reason, those without any left out."""
    by = (receptions.c.centre, receptions.c.reason)
    query = (
        select(*by, func.count().label("receptions"))
        .where(*_conditions(filters))
        .group_by(*by)
        .order_by(*by)
    )
    return [Received(**row._mapping) for row in conn.execute(query)]  # noqa: SLF001 (SQLAlchemy's public name for it)


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    row = receptions.c
    if filters.centre is not None:
        yield row.centre == filters.centre
    if filters.reason is not None:
        yield row.reason == filters.reason
    if filters.since is not None:
        yield row.occurred_on >= filters.since
    if filters.until is not None:
        yield row.occurred_on <= filters.until


def _rows(name: str, folds: Folds) -> Iterable[ReceptionRow]:
    state = folds.reception(name).state
    if state.cancelled or state.centre is None or state.reason is None or state.begun_on is None:
        return
    yield _row(
        reception_id=UUID(name),
        centre=state.centre,
        occurred_on=state.begun_on,
        reason=state.reason,
        sent_to=state.sent_to,
        sent_in_words=state.sent_elsewhere is not None,
        recorded_by=state.recorded_by,
        version=state.seen,
    )


RECEPTIONS = Derived(receptions, StreamKind.RECEPTION, _rows)
