"""How many open cases somebody has, or a centre."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import Connection, func, select, true
from sqlalchemy.sql.elements import ColumnElement

from projections.views.caseload_rows import caseload

columns = caseload.c


def by_caseworker(conn: Connection, caseworkers: Collection[UUID]) -> Mapping[UUID, int]:
    """Of these; who has none is not among them."""
    if not caseworkers:
        return {}
    return _by_caseworker(conn, columns.caseworker.in_(caseworkers))


def by_province(conn: Connection, centre: str | None) -> Mapping[tuple[str, str], int]:
    """By centre and province; of one centre, or of all."""
    query = select(columns.centre, columns.province, func.count()).where(
        columns.outcome.is_(None), columns.province.is_not(None)
    )
    if centre is not None:
        query = query.where(columns.centre == centre)
    rows = conn.execute(query.group_by(columns.centre, columns.province))
    return {(of, province): int(many) for of, province, many in rows}


def in_centre(conn: Connection, centre: str) -> int:
    query = select(func.count()).where(columns.outcome.is_(None), columns.centre == centre)
    return int(conn.scalar(query) or 0)


def all_by_caseworker(conn: Connection, centre: str | None) -> Mapping[UUID, int]:
    """Of everybody who has one, in a centre or anywhere."""
    return _by_caseworker(conn, true() if centre is None else columns.centre == centre)


def _by_caseworker(conn: Connection, among: ColumnElement[bool]) -> Mapping[UUID, int]:
    query = select(columns.caseworker, func.count()).where(columns.outcome.is_(None), among)
    rows = conn.execute(query.group_by(columns.caseworker))
    return {caseworker: int(many) for caseworker, many in rows}
