"""Ceremonies and their lists, as a centre or the whole house reads them. Amounts in MAD."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, cast
from uuid import UUID

from sqlalchemy import Connection, and_, case, exists, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.ceremony.vocabulary import LineState
from domain.message import FieldClass, Message
from domain.values.money import NOTHING
from projections.columns import Mad
from projections.views.caseload_rows import caseload
from projections.views.ceremony_rows import CeremonyLine, CeremonyRow, ceremonies, lines
from projections.views.pages import Order, Page, Part, page_of
from projections.views.projects import projects
from projections.views.standing import Standing

_OF_CASE = (
    *("centre", "reference", "name_ar", "name_latin"),
    *("erased_on", "key_lost", "restricted_until"),
)
COUNTED = (LineState.TOLD, LineState.ABSENT, LineState.LATER, LineState.REPLACED)
NOBODY = {"listed": 0, **dict.fromkeys(map(str, COUNTED), 0), "goods": NOTHING, "cash": NOTHING}


class Named(Message):
    """Whom a line is about."""

    centre: str | None
    """Of the case."""
    reference: str | None
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    erased_on: date | None
    """The day the person was erased."""
    key_lost: bool
    """Whether the person's key is lost, which a copy of it would bring back."""
    restricted_until: date | None
    """Until when the person's data is restricted, if it is."""
    cash_grant: Decimal | None
    """What was approved in cash."""


class ListedLine(CeremonyLine, Named):
    """A line with whom it is about."""


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    province: str | None = None
    standing: Standing | None = None
    """Those that this centre may read: its own, those with somebody of its cases on the list,
    and the division's in its catchment."""


Sort = Literal["-scheduled_on", "scheduled_on"]
NEWEST: Sort = "-scheduled_on"
ORDERS: Mapping[Sort, Order] = {
    "-scheduled_on": Order((ceremonies.c.scheduled_on,), ceremonies.c.ceremony_id, descending=True),
    "scheduled_on": Order((ceremonies.c.scheduled_on,), ceremonies.c.ceremony_id),
}


def find(conn: Connection, filters: Filters, part: Part | None = None) -> Page[CeremonyRow]:
    """One page, the latest planned first unless they are sorted otherwise.

    Of another centre's, counted by one's own people.
    """
    part = part or Part(NEWEST)
    query = select(ceremonies.table).where(*_conditions(filters))
    order = ORDERS[cast("Sort", part.sort)]
    page = page_of(conn, query, order, part, filters, ceremonies.read)
    if filters.standing is None:
        return page
    return replace(page, rows=_counted_by(conn, page.rows, filters.standing.centre))


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.province is not None:
        yield ceremonies.c.province == filters.province
    if filters.standing is not None:
        near = ceremonies.c.province.in_(filters.standing.provinces)
        yield or_(
            ceremonies.c.centre == filters.standing.centre,
            and_(ceremonies.c.centre.is_(None), near),
            _lists(ceremonies.c.ceremony_id, filters.standing.centre),
        )


def _lists(ceremony_id: UUID | ColumnElement[UUID], centre: str) -> ColumnElement[bool]:
    """Whether somebody of the centre's cases is on the list."""
    return exists().where(
        lines.c.ceremony_id == ceremony_id,
        lines.c.case_id == caseload.c.case_id,
        caseload.c.centre == centre,
    )


def has_line_of(conn: Connection, ceremony_id: UUID, centre: str) -> bool:
    return bool(conn.execute(select(_lists(ceremony_id, centre))).scalar())


def get(conn: Connection, ceremony_id: UUID, lines_of: str | None = None) -> CeremonyRow | None:
    """The ceremony; counted by the people of a centre, where one is given."""
    query = select(ceremonies.table).where(ceremonies.c.ceremony_id == ceremony_id)
    row = conn.execute(query).one_or_none()
    if row is None:
        return None
    found = ceremonies.read(row)
    return found if lines_of is None else _counted_by(conn, [found], lines_of)[0]


def _counted_by(conn: Connection, rows: Sequence[CeremonyRow], centre: str) -> list[CeremonyRow]:
    """The rows; what is not the centre's own counted by the lines of its cases."""
    others = [row.ceremony_id for row in rows if row.centre != centre]
    query = (
        select(
            lines.c.ceremony_id,
            func.count(case((lines.c.state != LineState.REPLACED, 1))).label("listed"),
            *(func.count(case((lines.c.state == state, 1))).label(str(state)) for state in COUNTED),
            func.sum(lines.c.goods, type_=Mad).label("goods"),
            func.sum(lines.c.cash, type_=Mad).label("cash"),
        )
        .join_from(lines.table, caseload.table, lines.c.case_id == caseload.c.case_id)
        .where(lines.c.ceremony_id.in_(others), caseload.c.centre == centre)
        .group_by(lines.c.ceremony_id)
    )
    counted = {
        row.ceremony_id: {name: getattr(row, name) for name in NOBODY}
        for row in conn.execute(query)
    }
    return [
        row if row.centre == centre else row.model_copy(update=counted.get(row.ceremony_id, NOBODY))
        for row in rows
    ]


def list_of(conn: Connection, ceremony_id: UUID, centre: str | None = None) -> list[ListedLine]:
    """The ceremony's list, by case; a centre's cases alone, where one is given."""
    query = (
        select(
            lines.table,
            *(caseload.c[name] for name in _OF_CASE),
            projects.c.cash_grant,
        )
        .outerjoin(caseload.table, lines.c.case_id == caseload.c.case_id)
        .outerjoin(projects.table, lines.c.project_id == projects.c.project_id)
        .where(lines.c.ceremony_id == ceremony_id)
        .order_by(lines.c.case_id)
    )
    if centre is not None:
        query = query.where(caseload.c.centre == centre)
    return [ListedLine(**row._mapping) for row in conn.execute(query)]  # noqa: SLF001 (SQLAlchemy's public name for it)
