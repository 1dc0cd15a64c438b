"""What is to be done by the day it is due: the tasks of some days, in the order of the days."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, func, select

from projections.views.tasks import Filters, TaskRow, columns, conditions, tasks


def between(
    conn: Connection, filters: Filters, today: date, days: tuple[date, date], most: int
) -> Sequence[TaskRow]:
    """Those due from the first day to the last, at one day those at one place together."""
    first, last = days
    query = (
        select(tasks.table)
        .where(*conditions(filters, today), columns.due_on >= first, columns.due_on <= last)
        .order_by(columns.due_on, columns.place, columns.window_end, columns.task_id)
        .limit(most)
    )
    return [tasks.read(row) for row in conn.execute(query)]


def next_day(conn: Connection, filters: Filters, today: date, after: date) -> date | None:
    """The next day later than `after` on which anything is due."""
    query = select(func.min(columns.due_on)).where(
        *conditions(filters, today), columns.due_on > after
    )
    found: date | None = conn.scalar(query)
    return found
