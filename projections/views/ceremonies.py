"""Ceremonies and their lists: each line is confirmed by itself. Amounts in MAD."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Index, Text, select

from domain.ceremony.state import CeremonyState
from domain.message import StreamKind
from domain.money import total
from projections.deriving import Derived, Folds
from projections.tables import (
    Flag,
    Mad,
    Row,
    centimes,
    date_column,
    day,
    id_column,
    text,
    view_table,
)
from projections.views.pages import Page, newest_first

ceremonies = view_table(
    "ceremonies",
    id_column("ceremony_id", primary_key=True),
    Column("province", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("place", Text, nullable=False),
    date_column("scheduled_on", nullable=False),
    date_column("held_on", nullable=False),
    Column("presided_by", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("listed", BigInteger, nullable=False),
    Column("confirmed", BigInteger, nullable=False),
    Column("goods", Mad, nullable=False),
    Column("cash", Mad, nullable=False),
    Column("version", BigInteger, nullable=False),
    owner="ceremony_id",
)
Index("ceremonies_in_order", ceremonies.c.scheduled_on, ceremonies.c.ceremony_id)

lines = view_table(
    "ceremony_lines",
    id_column("ceremony_id", primary_key=True),
    id_column("case_id", primary_key=True),
    id_column("project_id"),
    id_column("agreement_id"),
    Column("confirmed", Flag, nullable=False),
    Column("goods", Mad, nullable=False),
    Column("cash", Mad, nullable=False),
    owner="ceremony_id",
)


@dataclass(frozen=True, slots=True)
class Ceremony:
    """`scheduled_on` is the day first planned, `held_on` the day planned now or held."""

    ceremony_id: UUID
    province: str
    city: str
    place: str
    scheduled_on: date
    held_on: date
    presided_by: str
    status: str
    listed: int
    confirmed: int
    goods: Decimal
    cash: Decimal
    version: int


@dataclass(frozen=True, slots=True)
class ListLine:
    """What one person is listed for, and what they received."""

    ceremony_id: UUID
    case_id: UUID
    project_id: UUID | None
    agreement_id: UUID | None
    confirmed: bool
    goods: Decimal
    cash: Decimal


def find(
    conn: Connection, province: str | None = None, after: str | None = None, limit: int = 50
) -> Page[Ceremony]:
    """One page, the latest planned first."""
    query = select(ceremonies)
    if province is not None:
        query = query.where(ceremonies.c.province == province)
    on, name = ceremonies.c.scheduled_on, ceremonies.c.ceremony_id
    return newest_first(conn, query, on, name, after=after, limit=limit, read=_ceremony)


def get(conn: Connection, ceremony_id: UUID) -> Ceremony | None:
    query = select(ceremonies).where(ceremonies.c.ceremony_id == ceremony_id)
    row = conn.execute(query).one_or_none()
    return None if row is None else _ceremony(row)


def lines_of(conn: Connection, ceremony_id: UUID) -> list[ListLine]:
    """The ceremony's list, by case."""
    query = select(lines).where(lines.c.ceremony_id == ceremony_id).order_by(lines.c.case_id)
    return [ListLine(**row._mapping) for row in conn.execute(query)]  # noqa: SLF001 (SQLAlchemy's public name for it)


def _ceremony(row: Any) -> Ceremony:
    return Ceremony(**row._mapping)  # noqa: SLF001 (SQLAlchemy's public name for it)


def _status(state: CeremonyState) -> str:
    if state.cancelled:
        return "cancelled"
    return "held" if state.held else "scheduled"


def _ceremony_rows(name: str, folds: Folds) -> Iterable[Row]:
    fold = folds.ceremony(name)
    scheduled = fold.scheduled
    if scheduled is None:
        return ()
    received = fold.lines.values()
    return (
        (
            name,
            scheduled.province,
            scheduled.city,
            scheduled.place,
            scheduled.held_on.isoformat(),
            day(fold.state.held_on),
            scheduled.presided_by,
            _status(fold.state),
            len(received),
            sum(line.confirmed for line in received),
            centimes(total(line.goods for line in received)),
            centimes(total(line.cash for line in received)),
            fold.state.seen,
        ),
    )


def _line_rows(name: str, folds: Folds) -> Iterable[Row]:
    for case_id, line in folds.ceremony(name).lines.items():
        yield (
            name,
            str(case_id),
            text(line.project_id),
            text(line.agreement_id),
            int(line.confirmed),
            centimes(line.goods),
            centimes(line.cash),
        )


CEREMONIES = Derived(ceremonies, StreamKind.CEREMONY, _ceremony_rows)
LINES = Derived(lines, StreamKind.CEREMONY, _line_rows)
