"""How many cases of a list are among those that something was recorded of."""

from collections.abc import Collection, Iterator
from uuid import UUID

from sqlalchemy import Connection, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from projections.views.caseload_rows import caseload
from projections.views.tasks import Filters

columns = caseload.c


def cases(
    conn: Connection, filters: Filters, of_cases: Collection[UUID], of_people: Collection[UUID]
) -> int:
    """Whatever is to be done in them: a review that was held is in no list any more."""
    if not of_cases and not of_people:
        return 0
    about = or_(columns.case_id.in_(of_cases), columns.beneficiary_id.in_(of_people))
    query = select(func.count()).select_from(caseload.table).where(about, *_conditions(filters))
    return int(conn.scalar(query) or 0)


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.caseworker is not None:
        yield columns.caseworker.in_((filters.caseworker, *filters.absent))
    for name in ("case_id", "centre", "province"):
        wanted = getattr(filters, name)
        if wanted is not None:
            yield columns[name] == wanted
    if filters.unrestricted:
        yield columns.restricted_until.is_(None)
