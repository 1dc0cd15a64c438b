"""Pages by key: the next one starts after the last row seen, so none is missed or shown
twice when rows are added or changed meanwhile. Cursors are opaque to whoever passes them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from hashlib import blake2s
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Row, Select, and_, case, func, or_
from sqlalchemy.sql.elements import ColumnElement

from domain.errors import Refused

R = TypeVar("R")
MOST = 500
SIGNATURE_BYTES = 6


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Some rows, and the cursor that leads on; None after the last."""

    rows: Sequence[R]
    next_cursor: str | None
    total: int | None
    """How many rows there are on all pages, where that was asked."""


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: by a day, then by an id. An index has both, in this order."""

    on: ColumnElement[Any]
    name: ColumnElement[Any]
    descending: bool = False
    may_lack: bool = False
    """Whether some rows have no such day: they come last."""
    rank: ColumnElement[int] | None = None
    """What rows are sorted by before all else, where they have a rank."""


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list is asked for."""

    sort: str
    """What it is sorted by, as whoever asks says it."""
    after: str | None = None
    """The cursor of the page before."""
    limit: int = 50
    total: bool = False
    """Whether to count all rows too."""


@dataclass(frozen=True, slots=True)
class _Row:
    """The last row of a page, as a cursor names it."""

    on: date | None
    name: UUID
    rank: int = 0


def page_of(
    conn: Connection,
    query: Select[Any],
    order: Order,
    part: Part,
    filters: Any,
    read: Callable[[Any], R],
) -> Page[R]:
    """One page of the query's rows; `filters` are a record of what the query was made by.

    Raises `Refused`: `cursor_invalid`, and `cursor_of_another_list` for a cursor that was
    made under another sort or other filters.
    """
    limit, signature = max(1, min(part.limit, MOST)), _signature(part.sort, filters)
    last = None if part.after is None else _parsed(part.after, signature)
    found = _after(conn, query, order, last, limit + 1)
    rows = found[:limit]
    more = len(found) > limit
    return Page(
        [read(row) for row in rows],
        _cursor(signature, rows[-1], order) if more else None,
        counted(conn, query) if part.total else None,
    )


def counted(conn: Connection, query: Select[Any]) -> int:
    """How many rows the query has."""
    many = query.with_only_columns(func.count(), maintain_column_froms=True)
    return int(conn.execute(many).scalar_one())


def _after(
    conn: Connection, query: Select[Any], order: Order, last: _Row | None, limit: int
) -> list[Row[Any]]:
    """The rows that follow the last one seen, `limit` at most.

    Those that have a day and those that have none are asked for one after the other, because
    the two databases put them into different places.
    """
    if order.rank is not None:
        return list(conn.execute(_ranked(query, order.rank, order, last).limit(limit)))
    found: list[Row[Any]] = []
    if last is None or last.on is not None:
        found += conn.execute(_dated(query, order, last).limit(limit))
    if order.may_lack and len(found) < limit:
        found += conn.execute(_undated(query, order, last).limit(limit - len(found)))
    return found


def _dated(query: Select[Any], order: Order, last: _Row | None) -> Select[Any]:
    on, name = order.on, order.name
    if order.may_lack:
        query = query.where(on.is_not(None))
    if last is not None and order.descending:  # the bound by itself is what an index starts at
        query = query.where(on <= last.on, or_(on < last.on, name < last.name))
    elif last is not None:
        query = query.where(on >= last.on, or_(on > last.on, name > last.name))
    if order.descending:
        return query.order_by(on.desc(), name.desc())
    return query.order_by(on, name)


def _undated(query: Select[Any], order: Order, last: _Row | None) -> Select[Any]:
    query = query.where(order.on.is_(None))
    if last is not None and last.on is None:
        query = query.where(order.name > last.name)
    return query.order_by(order.name)


def _ranked(
    query: Select[Any], rank: ColumnElement[int], order: Order, last: _Row | None
) -> Select[Any]:
    """By rank first, which no index has: what was searched for is not many rows."""
    on, name = order.on, order.name
    lacks = case((on.is_(None), 1), else_=0)
    if last is not None:
        if last.on is None:
            later: ColumnElement[bool] = and_(on.is_(None), name > last.name)
        elif order.descending:
            later = or_(on < last.on, and_(on == last.on, name < last.name), on.is_(None))
        else:
            later = or_(on > last.on, and_(on == last.on, name > last.name), on.is_(None))
        query = query.where(or_(rank > last.rank, and_(rank == last.rank, later)))
    by = (on.desc(), name.desc()) if order.descending else (on, name)
    return query.order_by(rank, lacks, *by)


def _signature(sort: str, filters: Any) -> str:
    """What tells one list from another."""
    return blake2s(
        "\n".join((sort, *_given(filters))).encode(), digest_size=SIGNATURE_BYTES
    ).hexdigest()


def _given(filters: Any) -> Iterator[str]:
    for each in fields(filters):
        value = getattr(filters, each.name)
        if value is not None:
            yield f"{each.name}={value}"


def _cursor(signature: str, row: Row[Any], order: Order) -> str:
    cells = row._mapping  # noqa: SLF001 (SQLAlchemy's public name for it)
    rank = 0 if order.rank is None else cells[order.rank]
    return f"{signature}~{rank}~{cells[order.on] or ''}~{cells[order.name]}"


def _parsed(cursor: str, signature: str) -> _Row:
    try:
        made_under, rank, on, name = cursor.split("~")
        last = _Row(date.fromisoformat(on) if on else None, UUID(name), int(rank))
    except ValueError:
        raise Refused("cursor_invalid") from None
    if made_under != signature:
        raise Refused("cursor_of_another_list")
    return last
