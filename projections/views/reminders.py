"""Reminders that were recorded: which review fell due, when, and whether it was missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Index, Text, select

from domain.case.events import ReminderRecorded
from domain.message import Recorded, name_of
from projections.deriving import Appended
from projections.tables import Flag, Instant, Row, date_column, id_column, view_table

reminders = view_table(
    "reminders",
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    id_column("case_id", nullable=False),
    Column("review", Text, nullable=False),
    date_column("due_on", nullable=False),
    Column("missed", Flag, nullable=False),
    Column("fired_at", Instant, nullable=False),
    owner="position",
)
Index("reminders_by_case", reminders.c.case_id, reminders.c.position)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A review fell due; `missed` when it had before it was first known of."""

    position: int
    case_id: UUID
    review: str
    due_on: date
    missed: bool
    fired_at: datetime


def find(
    conn: Connection,
    *,
    case_id: UUID | None = None,
    missed: bool | None = None,
    after: int = 0,
    limit: int = 100,
) -> list[Reminder]:
    """The reminders with a position > `after`, oldest first; a shorter list is the last."""
    query = select(reminders).where(reminders.c.position > after)
    if case_id is not None:
        query = query.where(reminders.c.case_id == case_id)
    if missed is not None:
        query = query.where(reminders.c.missed == missed)
    ordered = query.order_by(reminders.c.position).limit(limit)
    return [Reminder(**row._mapping) for row in conn.execute(ordered)]  # noqa: SLF001 (SQLAlchemy's public name for it)


def _rows(recorded: Recorded) -> Sequence[Row]:
    event = recorded.event
    if not isinstance(event, ReminderRecorded):
        return ()
    about = recorded.envelope
    return (
        (
            about.position,
            name_of(about.stream),
            event.review,
            event.due_on.isoformat(),
            int(event.missed),
            event.fired_at.isoformat(),
        ),
    )


REMINDERS = Appended(reminders, _rows)
