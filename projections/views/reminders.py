"""Reminders that were recorded: which review fell due, when, and whether it was missed."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from sqlalchemy import Connection, select

from domain.case.events import ReminderRecorded
from domain.message import FieldClass, Message, Recorded, StreamKind, name_of
from projections.deriving import Appended, Folds, Following
from projections.view import View, unvalidated


class Reminder(Message):
    """A review fell due; `missed` when it already had before it was first known of."""

    position: int
    case_id: UUID
    centre: str | None
    """The case's, also when it moved later."""
    review: Annotated[str | None, FieldClass.JUDICIAL]
    """Null for who may not know of custody: a review's name may hold the day of a release."""
    due_on: date
    missed: bool
    fired_at: datetime


reminders = View(
    "reminders",
    Reminder,
    key=["position"],
    owner="case_id",
    indexes=[["case_id", "position"], ["centre", "position"]],
)
_row = unvalidated(Reminder)


def find(
    conn: Connection,
    *,
    centre: str | None = None,
    case_id: UUID | None = None,
    missed: bool | None = None,
    after: int = 0,
    limit: int = 100,
) -> list[Reminder]:
    """The reminders with a position > `after`, oldest first; a shorter list is the last."""
    query = select(reminders.table).where(reminders.c.position > after)
    if centre is not None:
        query = query.where(reminders.c.centre == centre)
    if case_id is not None:
        query = query.where(reminders.c.case_id == case_id)
    if missed is not None:
        query = query.where(reminders.c.missed == missed)
    ordered = query.order_by(reminders.c.position).limit(limit)
    return [reminders.read(row) for row in conn.execute(ordered)]


def _rows(recorded: Recorded, folds: Folds) -> Iterable[Reminder]:
    event, about = recorded.event, recorded.envelope
    if isinstance(event, ReminderRecorded) and event.review is not None:  # not of an erased person
        name = name_of(about.stream)
        yield _row(
            position=about.position,
            case_id=UUID(name),
            centre=folds.case(name).state.centre,
            review=event.review,
            due_on=event.due_on,
            missed=event.missed,
            fired_at=event.fired_at,
        )


def _centre(name: str, folds: Folds) -> Iterable[str | None]:
    case = folds.case(name).state
    if case.reminded:
        yield case.centre


REMINDERS = Appended(reminders, _rows)
CENTRE = Following(reminders, StreamKind.CASE, "centre", _centre)
