"""How many tasks there are at each place where people are met: at a prison, in a commune."""

from datetime import date
from typing import Annotated

from sqlalchemy import Connection, func

from domain.message import FieldClass, Message
from projections.views import tasks
from projections.views.tasks import Counts, Filters, columns


class Place(Counts):
    """Where people are met, and how many tasks of each group there are."""

    name: Annotated[str | None, FieldClass.PERSONAL]
    """The prison's code, or the commune as one case has it; null where it was not told."""


class Places(Message):
    """In the order of the list."""

    places: tuple[Place, ...]


def places(conn: Connection, filters: Filters, today: date) -> tuple[Place, ...]:
    """Of what stands in any group, in the order of `BY_PLACE`; as many as `tasks.find` lists."""
    name = func.min(func.coalesce(columns.prison, columns.commune)).label("name")
    query = tasks.counted_by_group(filters, today).add_columns(columns.place, name)
    found = conn.execute(query.group_by(columns.place).order_by(columns.place))
    return tuple(
        Place(name=row.name, overdue=row.overdue, due=row.due, coming=row.coming) for row in found
    )
