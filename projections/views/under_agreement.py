"""Whom an agreement pays for, and the sessions and ceremonies their lines went through. Amounts in MAD.

Counted by the lines under that agreement alone: a ceremony hands over what several agreements pay.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, Table, case, func, select

from domain.ceremony.vocabulary import LineState
from domain.message import Message
from domain.project.vocabulary import DecisionKind
from domain.rules import DecidingBody
from projections.columns import Mad
from projections.views import ceremony_rows, session_rows
from projections.views.caseload_rows import caseload
from projections.views.ceremony_rows import ceremonies
from projections.views.session_rows import sessions


class SessionUnder(Message):
    """A session to which files were put under the agreement."""

    session_id: UUID
    body: DecidingBody
    committee: str | None
    region: str | None
    meets_on: date
    status: session_rows.Status
    listed: int
    decided: int
    approved: int


class CeremonyUnder(Message):
    """A ceremony on whose list somebody stands whom the agreement pays for."""

    ceremony_id: UUID
    city: str
    site_name: str
    held_on: date
    status: ceremony_rows.Status
    listed: int
    """People; who was replaced is not."""
    told: int
    handed_over: Decimal
    """Goods and cash, on its day."""


def references_of(
    conn: Connection, cases: Collection[UUID], *, restricted: bool
) -> Mapping[UUID, str]:
    """The cases by their references; `restricted`: those too whose person's data is restricted."""
    query = select(caseload.c.case_id, caseload.c.reference).where(caseload.c.case_id.in_(cases))
    if not restricted:
        query = query.where(caseload.c.restricted_until.is_(None))
    return {row.case_id: row.reference for row in conn.execute(query)}


def sessions_of(
    conn: Connection, agreement_id: UUID, centre: str | None = None
) -> Iterator[SessionUnder]:
    """The latest first; by the lines of a centre's cases, where one is given."""
    line = session_rows.lines
    query = (
        select(
            *(sessions.c[name] for name in ("session_id", "body", "committee", "region")),
            *(sessions.c.meets_on, sessions.c.status),
            func.count().label("listed"),
            func.count(line.c.decision).label("decided"),
            func.count(case((line.c.decision == DecisionKind.APPROVE, 1))).label("approved"),
        )
        .join_from(line.table, sessions.table, line.c.session_id == sessions.c.session_id)
        .where(line.c.agreement_id == agreement_id)
        .group_by(sessions.c.session_id)
        .order_by(sessions.c.meets_on.desc(), sessions.c.session_id)
    )
    for row in conn.execute(_of_centre(query, line.table, centre)):
        yield SessionUnder(**row._mapping)  # noqa: SLF001 (SQLAlchemy's public name for it)


def ceremonies_of(
    conn: Connection, agreement_id: UUID, centre: str | None = None
) -> Iterator[CeremonyUnder]:
    """In the same way."""
    line = ceremony_rows.lines
    query = (
        select(
            *(ceremonies.c[name] for name in ("ceremony_id", "city", "site_name", "held_on")),
            ceremonies.c.status,
            func.count(case((line.c.state != LineState.REPLACED, 1))).label("listed"),
            func.count(case((line.c.state == LineState.TOLD, 1))).label("told"),
            func.sum(line.c.goods + line.c.cash, type_=Mad).label("handed_over"),
        )
        .join_from(line.table, ceremonies.table, line.c.ceremony_id == ceremonies.c.ceremony_id)
        .where(line.c.agreement_id == agreement_id)
        .group_by(ceremonies.c.ceremony_id)
        .order_by(ceremonies.c.held_on.desc(), ceremonies.c.ceremony_id)
    )
    for row in conn.execute(_of_centre(query, line.table, centre)):
        yield CeremonyUnder(**row._mapping)  # noqa: SLF001 (SQLAlchemy's public name for it)


def _of_centre(query: Select[Any], lines: Table, centre: str | None) -> Select[Any]:
    if centre is None:
        return query
    theirs = select(caseload.c.case_id).where(caseload.c.centre == centre)
    return query.where(lines.c.case_id.in_(theirs))
