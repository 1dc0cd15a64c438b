"""Sessions and their lists, as a centre or the whole house reads them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal, cast
from uuid import UUID

from sqlalchemy import Connection, exists, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.message import FieldClass
from domain.rules import DecidingBody
from projections.views.caseload_rows import caseload
from projections.views.order_rows import on_order
from projections.views.pages import Order, Page, Part, page_of
from projections.views.registry import group
from projections.views.session_rows import SessionLine, SessionRow, Status, lines, sessions

_OF_CASE = ("centre", "reference", "name_ar", "name_latin", "restricted_until")


class ListedLine(SessionLine):
    """A line with whom it is about."""

    centre: str | None
    """Of the case."""
    reference: str | None
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    restricted_until: date | None
    """Until when the person's data is restricted, if it is."""
    ordered: bool
    """Whether something is on order for the project."""


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    body: DecidingBody | None = None
    committee: str | None = None
    """Or those that are one with it."""
    status: Status | None = None
    reader: str | None = None
    """Those that this centre may read: its own, the division's, and those with a case of it."""


Sort = Literal["-meets_on", "meets_on"]
NEWEST: Sort = "-meets_on"
ORDERS: Mapping[Sort, Order] = {
    "-meets_on": Order((sessions.c.meets_on,), sessions.c.session_id, descending=True),
    "meets_on": Order((sessions.c.meets_on,), sessions.c.session_id),
}


def find(conn: Connection, filters: Filters, part: Part | None = None) -> Page[SessionRow]:
    """One page, the latest first unless they are sorted otherwise; counted by the reader's lines."""
    part = part or Part(NEWEST)
    query = select(sessions.table).where(*_conditions(filters))
    page = page_of(conn, query, ORDERS[cast("Sort", part.sort)], part, filters, sessions.read)
    return replace(page, rows=_counted_by(conn, page.rows, filters.reader))


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    for name in ("body", "status"):
        wanted = getattr(filters, name)
        if wanted is not None:
            yield sessions.c[name] == wanted
    if filters.committee is not None:
        yield sessions.c.committee.in_(group(filters.committee))
    if filters.reader is not None:
        yield or_(
            sessions.c.centre == filters.reader,
            sessions.c.centre.is_(None),
            _lists(sessions.c.session_id, filters.reader),
        )


def _lists(session_id: UUID | ColumnElement[UUID], centre: str) -> ColumnElement[bool]:
    """Whether a case of the centre is on the list."""
    return exists().where(
        lines.c.session_id == session_id,
        lines.c.case_id == caseload.c.case_id,
        caseload.c.centre == centre,
    )


def has_line_of(conn: Connection, session_id: UUID, centre: str) -> bool:
    return bool(conn.execute(select(_lists(session_id, centre))).scalar())


def get(conn: Connection, session_id: UUID, lines_of: str | None = None) -> SessionRow | None:
    """The session; counted by a centre's lines, where one is given."""
    row = conn.execute(
        select(sessions.table).where(sessions.c.session_id == session_id)
    ).one_or_none()
    return _counted_by(conn, [sessions.read(row)], lines_of)[0] if row else None


def _counted_by(
    conn: Connection, rows: Sequence[SessionRow], centre: str | None
) -> Sequence[SessionRow]:
    """The rows, counted by the lines of a centre's cases; as they are for None."""
    if centre is None:
        return rows
    query = (
        select(
            lines.c.session_id,
            func.count().label("listed"),
            func.count(lines.c.decision).label("decided"),
        )
        .join_from(lines.table, caseload.table, lines.c.case_id == caseload.c.case_id)
        .where(
            lines.c.session_id.in_([row.session_id for row in rows]), caseload.c.centre == centre
        )
        .group_by(lines.c.session_id)
    )
    counted = {row.session_id: (row.listed, row.decided) for row in conn.execute(query)}
    return [
        row.model_copy(
            update=dict(
                zip(("listed", "decided"), counted.get(row.session_id, (0, 0)), strict=True)
            )
        )
        for row in rows
    ]


def list_of(conn: Connection, session_id: UUID, centre: str | None = None) -> list[ListedLine]:
    """The session's list, by case; a centre's cases alone, where one is given."""
    query = (
        select(
            lines.table,
            *(caseload.c[name] for name in _OF_CASE),
            exists().where(on_order.c.project_id == lines.c.project_id).label("ordered"),
        )
        .outerjoin(caseload.table, lines.c.case_id == caseload.c.case_id)
        .where(lines.c.session_id == session_id)
        .order_by(lines.c.case_id, lines.c.agreement_id)
    )
    if centre is not None:
        query = query.where(caseload.c.centre == centre)
    return [ListedLine(**row._mapping) for row in conn.execute(query)]  # noqa: SLF001 (SQLAlchemy's public name for it)
