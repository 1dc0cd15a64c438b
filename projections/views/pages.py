"""Pages by key: the next one starts after the last row seen, so none is missed or shown
twice when rows are added or changed meanwhile. Cursors are opaque to whoever passes them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Select, and_, or_
from sqlalchemy.sql.elements import ColumnElement

from domain.errors import Refused

R = TypeVar("R")
MOST = 500


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Some rows, and the cursor that leads on; None after the last."""

    rows: Sequence[R]
    next_cursor: str | None


def newest_first(
    conn: Connection,
    query: Select[Any],
    on: ColumnElement[date],
    name: ColumnElement[Any],
    *,
    after: str | None,
    limit: int,
    read: Callable[[Any], R],
) -> Page[R]:
    """One page by (day, id), both columns that never change, the newest day first.

    Raises `Refused("cursor_invalid")`.
    """
    limit = max(1, min(limit, MOST))
    if after is not None:
        last_on, last = _parsed(after)
        query = query.where(or_(on < last_on, and_(on == last_on, name < last)))
    found = conn.execute(query.order_by(on.desc(), name.desc()).limit(limit + 1)).fetchall()
    rows = found[:limit]
    more = len(found) > limit
    return Page([read(row) for row in rows], _cursor(rows[-1], on, name) if more else None)


def _cursor(row: Any, on: ColumnElement[Any], name: ColumnElement[Any]) -> str:
    return f"{row._mapping[on]}~{row._mapping[name]}"  # noqa: SLF001 (SQLAlchemy's public name for it)


def _parsed(cursor: str) -> tuple[date, str]:
    on, _, last = cursor.partition("~")
    try:
        return date.fromisoformat(on), last
    except ValueError:
        raise Refused("cursor_invalid") from None
