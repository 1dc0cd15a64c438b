"""Pages by key: the next one starts after the last row seen, so none is missed or shown
twice when rows are added or changed meanwhile. Cursors are opaque to whoever passes them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from hashlib import blake2s
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Date, Row, Select, and_, func, literal, or_, tuple_
from sqlalchemy.sql.elements import ColumnElement

from domain.errors import Refused

R = TypeVar("R")
MOST = 500
SIGNATURE_BYTES = 6
SIGNATURE = re.compile(rf"[0-9a-f]{{{2 * SIGNATURE_BYTES}}}")


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Some rows, and the cursor that leads on; None after the last."""

    rows: Sequence[R]
    next_cursor: str | None
    total: int | None
    """How many rows there are on all pages, where that was asked."""


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: by days and places, none of which may lack, then by an id.

    An index has them all, in this order.
    """

    by: tuple[ColumnElement[Any], ...]
    name: ColumnElement[Any]
    descending: bool = False
    rank: ColumnElement[int] | None = None
    """What rows are sorted by before all else, where they have a rank."""
    named: Callable[[str], Any] = UUID
    """An id as it stands in a cursor."""

    @property
    def columns(self) -> tuple[ColumnElement[Any], ...]:
        return (*self.by, self.name)


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

    by: tuple[date | str, ...]
    name: Any
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
    last = None if part.after is None else _parsed(part.after, signature, order)
    found = conn.execute(_sorted(query, order, last).limit(limit + 1)).fetchall()
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


def _sorted(query: Select[Any], order: Order, last: _Row | None) -> Select[Any]:
    """The rows in their order, from after the last one seen.

    By rank first where there is one, which no index has: what was searched for is not many rows.
    """
    by = [each.desc() for each in order.columns] if order.descending else [*order.columns]
    if order.rank is not None:
        query, by = query.where(*_later_rank(order, last)), [order.rank, *by]
    elif last is not None:
        query = query.where(_later(order, last))
    return query.order_by(*by)


def _later(order: Order, last: _Row) -> ColumnElement[bool]:
    """As one comparison of rows, which is what both databases start in an index by."""
    values = (*last.by, last.name)
    seen = tuple_(*(literal(v, c.type) for v, c in zip(values, order.columns, strict=True)))
    here = tuple_(*order.columns)
    return here < seen if order.descending else here > seen


def _later_rank(order: Order, last: _Row | None) -> Iterator[ColumnElement[bool]]:
    if last is not None and order.rank is not None:
        yield or_(order.rank > last.rank, and_(order.rank == last.rank, _later(order, last)))


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
    return "~".join(str(each) for each in (signature, rank, *(cells[c] for c in order.columns)))


def _parsed(cursor: str, signature: str, order: Order) -> _Row:
    try:
        made_under, rank, *by, name = cursor.split("~")
    except ValueError:
        raise Refused("cursor_invalid") from None
    if made_under != signature:
        ours = SIGNATURE.fullmatch(made_under)
        raise Refused("cursor_of_another_list" if ours else "cursor_invalid")
    try:
        found = tuple(_cell(each, column) for each, column in zip(by, order.by, strict=True))
        return _Row(found, order.named(name), int(rank))
    except ValueError:
        raise Refused("cursor_invalid") from None


def _cell(written: str, column: ColumnElement[Any]) -> date | str:
    return date.fromisoformat(written) if isinstance(column.type, Date) else written
