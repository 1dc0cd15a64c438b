"""Orders, as a centre or the whole house reads them, and stock. Amounts in MAD."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Row, Select, and_, exists, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.message import Message
from domain.order.vocabulary import LineStatus
from projections.views.caseload_rows import caseload
from projections.views.order_rows import (
    OrderRow,
    State,
    counted_by,
    on_order,
    orders,
    parts,
)
from projections.views.pages import Order, Page, Part, page_of
from projections.views.registry import group

OF_CASE = ("reference", "restricted_until", "erased_on", "key_lost", "centre")
"""What lines say of whose they are."""
IN_STOCK = (LineStatus.ORDERED, LineStatus.RECEIVED)
"""What of an ended approval's lines the agreement still has, or awaits."""
NEWEST = "-placed_on"
_LATEST_FIRST = Order((orders.c.placed_on,), orders.c.order_id, descending=True)


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    supplier: str | None = None
    """Or those that are one with it."""
    agreement_id: UUID | None = None
    """Those of which it pays a line."""
    project_id: UUID | None = None
    """Those with a line of it."""
    state: State | None = None
    centre: str | None = None
    """Those that this centre placed."""
    reader: str | None = None
    """Those that this centre may read: its own, and those with a line for a case of it."""


class InStock(Message):
    """A line whose approval was ended before it was handed over, or that came back; in MAD.

    It is the agreement's: received, paid, cancelled or lost without the case, and then another's.
    """

    order_id: UUID
    line: int
    supplier: str
    placed_on: date
    """The day of the order."""
    project_id: UUID
    case_id: UUID
    reference: str | None
    """Of the case it was ordered for."""
    restricted_until: date | None
    """Until when the data of that person is restricted, if it is."""
    erased_on: date | None
    key_lost: bool
    """Whether what is personal cannot be read for now."""
    centre: str | None
    item: int
    status: LineStatus
    received_on: date | None
    given_on: date | None
    """The day it went to another holder, out of the stock."""
    delivered: bool
    """Whether that one has it."""
    part: Decimal
    paid: Decimal


def find(conn: Connection, filters: Filters, part: Part | None = None) -> Page[OrderRow]:
    """One page, the latest placed first; as the reader's lines make them, where there is one."""
    part = part or Part(NEWEST)
    query = select(orders.table).where(*_conditions(filters))
    page = page_of(conn, query, _LATEST_FIRST, part, filters, orders.read)
    return replace(page, rows=_as_lines_of(conn, page.rows, filters.reader))


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    reader = filters.reader
    if filters.supplier is not None:
        yield orders.c.supplier.in_(group(filters.supplier))
    if filters.centre is not None:
        yield orders.c.centre == filters.centre
    if filters.state is not None:
        is_open = _has(reader, parts.c.open == True)  # noqa: E712 (a column)
        yield is_open if filters.state == "open" else ~is_open
    for name in ("agreement_id", "project_id"):
        wanted = getattr(filters, name)
        if wanted is not None:
            yield _has(reader, parts.c[name] == wanted)
    if reader is not None:
        yield or_(orders.c.centre == reader, _has(reader))


def _has(reader: str | None, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the order has such a line, for a case of the reader's where there is one."""
    line = exists().where(parts.c.order_id == orders.c.order_id, *conditions)
    return line if reader is None else line.where(*_for_case_of(reader))


def _for_case_of(centre: str) -> Sequence[ColumnElement[bool]]:
    return (parts.c.case_id == caseload.c.case_id, caseload.c.centre == centre)


def has_line_of(conn: Connection, order_id: UUID, centre: str) -> bool:
    """Whether something on it was ordered for one of the centre's cases."""
    line = exists().where(parts.c.order_id == order_id, *_for_case_of(centre))
    return bool(conn.execute(select(line)).scalar())


def _as_lines_of(
    conn: Connection, rows: Sequence[OrderRow], centre: str | None
) -> Sequence[OrderRow]:
    """The orders as the lines for a centre's cases make them; as they are for None."""
    if centre is None:
        return rows
    names = [row.order_id for row in rows]
    query = (
        select(parts.table)
        .where(parts.c.order_id.in_(names), *_for_case_of(centre))
        .order_by(parts.c.order_id)
    )
    found = groupby(map(parts.read, conn.execute(query)), attrgetter("order_id"))
    theirs = {name: tuple(each) for name, each in found}
    return [counted_by(row, theirs.get(row.order_id, ())) for row in rows]


class LineBeside(NamedTuple):
    """What the order itself does not know of one of its lines."""

    reference: str | None = None
    """Of the case."""
    restricted_until: date | None = None
    """Until when the data of its person is restricted, if it is."""
    erased_on: date | None = None
    key_lost: bool = False
    centre: str | None = None
    delivered: bool = False
    in_stock: bool = False
    """Whether its approval was ended, or it came back, and it may still come of use."""


def beside(conn: Connection, order_id: UUID) -> dict[int, LineBeside]:
    """By line, those of its projects."""
    p = parts.c
    query = (
        select(
            p.line,
            p.status,
            on_order.c.delivered,
            on_order.c.ended,
            *(caseload.c[name] for name in OF_CASE),
        )
        .outerjoin_from(parts.table, on_order.table, _same_part())
        .outerjoin(caseload.table, p.case_id == caseload.c.case_id)
        .where(p.order_id == order_id)
        .order_by(p.line)
    )
    found: dict[int, LineBeside] = {}
    for row in conn.execute(query):
        line, status, delivered, ended, *of_case = row
        before = found.get(line)
        stock = status in IN_STOCK and bool(ended) and not delivered
        stock = stock or (before is not None and before.in_stock)
        about = dict(zip(OF_CASE, of_case, strict=True))
        found[line] = LineBeside(**about, delivered=bool(delivered), in_stock=stock)
    return found


def _same_part() -> ColumnElement[bool]:
    same = ("order_id", "line", "agreement_id")
    return and_(*(parts.c[name] == on_order.c[name] for name in same))


def stock_of(conn: Connection, agreement_id: UUID, centre: str | None = None) -> list[InStock]:
    """The agreement's stock, by order and line; of a centre's cases alone, where one is given."""
    query = _parts_of(agreement_id, centre).where(
        parts.c.status.in_(IN_STOCK),
        on_order.c.ended == True,  # noqa: E712 (a column)
        on_order.c.delivered == False,  # noqa: E712 (a column)
    )
    return list(map(_stocked, conn.execute(query)))


def gone_from_stock(
    conn: Connection, agreement_id: UUID, centre: str | None = None
) -> list[InStock]:
    """What the agreement had in stock, and is another holder's now, or in the inventory."""
    held = on_order.c.ended == False  # noqa: E712 (a column)
    given = and_(parts.c.given_on.is_not(None), or_(held, on_order.c.delivered == True))  # noqa: E712
    query = _parts_of(agreement_id, centre).where(
        or_(parts.c.status == LineStatus.INVENTORY, given)
    )
    return list(map(_stocked, conn.execute(query)))


def _parts_of(agreement_id: UUID, centre: str | None) -> Select[Any]:
    """What of lines an agreement pays, by order and line, as `InStock` has it."""
    p = parts.c
    columns = ("order_id", "line", "project_id", "case_id", "item", "status")
    query = (
        select(
            *(p[name] for name in (*columns, "received_on", "given_on", "part", "paid")),
            orders.c.supplier,
            orders.c.placed_on,
            on_order.c.delivered,
            *(caseload.c[name] for name in OF_CASE),
        )
        .join_from(parts.table, orders.table, orders.c.order_id == p.order_id)
        .outerjoin(on_order.table, _same_part())
        .outerjoin(caseload.table, p.case_id == caseload.c.case_id)
        .where(p.agreement_id == agreement_id)
        .order_by(p.order_id, p.line)
    )
    return query if centre is None else query.where(caseload.c.centre == centre)


def _stocked(row: Row[Any]) -> InStock:
    flags = {"key_lost": bool(row.key_lost), "delivered": bool(row.delivered)}
    return InStock(**{**row._mapping, **flags})  # noqa: SLF001 (SQLAlchemy's public name for it)
