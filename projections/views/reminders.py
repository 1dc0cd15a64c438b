"""Reminders that were recorded: which review fell due, when, and whether it was missed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Self
from uuid import UUID

from sqlalchemy import Connection, Select, select

from domain.case.events import ReminderRecorded
from domain.case.noticed.told import undone
from domain.case.schedule import OF_CUSTODY
from domain.events.veil import Veilable, month_of
from domain.message import FieldClass, Recorded, StreamKind, name_of
from projections.deriving import Appended, Folds, Following
from projections.view import View, unvalidated
from projections.views.caseload_rows import caseload
from projections.views.pages import counted


class Reminder(Veilable):
    """A review fell due; `missed` when it already had before it was first known of.

    Of one that hangs on custody, who may not know of that sees the months only: the first of them.
    """

    position: int
    case_id: UUID
    centre: str | None
    """The case's, also when it moved later."""
    review: Annotated[str | None, FieldClass.JUDICIAL]
    """Null for who may not know of custody: a review's name may hold the day of a release."""
    due_on: date
    missed: bool
    fired_at: datetime
    level: int
    """How often it stayed undone: 1 goes to the coordinator, 2 to the division."""
    told: tuple[UUID, ...]
    """The members of staff who are told."""

    def seen_with(self, allowed: Collection[FieldClass]) -> Self:
        if FieldClass.JUDICIAL in allowed or _kind(self.review) not in OF_CUSTODY:
            return self
        due, fired = month_of(self.due_on), month_of(self.fired_at.date())
        fired_at = datetime.combine(fired, time(), UTC)
        return self.model_copy(update={"due_on": due, "fired_at": fired_at})


reminders = View(
    "reminders",
    Reminder,
    key=["position"],
    owner="case_id",
    indexes=[["case_id", "position"], ["centre", "position"]],
)
_row = unvalidated(Reminder)


TOGETHER = 500
"""So many cases are named in one statement."""


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    case_id: UUID | None = None
    missed: bool | None = None
    centre: str | None = None
    unrestricted: bool | None = None
    """Only of cases whose person's data is not restricted."""


def _kind(review: str | None) -> str:
    """Of the review that stays undone, where it is an escalation."""
    return undone(review or "").partition("/")[0]


def find(conn: Connection, filters: Filters, after: int = 0, limit: int = 100) -> list[Reminder]:
    """The reminders with a position > `after`, oldest first; a shorter list is the last."""
    query = _query(filters).where(reminders.c.position > after)
    ordered = query.order_by(reminders.c.position).limit(limit)
    return [reminders.read(row) for row in conn.execute(ordered)]


def count(conn: Connection, filters: Filters) -> int:
    """All but the restricted people's, who are few: so no case is looked at for each reminder."""
    whole = _query(replace(filters, unrestricted=None))
    every = counted(conn, whole)
    if not filters.unrestricted:
        return every
    # Compared, for SQLite searches no index for what is not null.
    restricted = caseload.c.restricted_until >= date.min
    cases = conn.scalars(select(caseload.c.case_id).where(restricted)).all()
    parts = (cases[at : at + TOGETHER] for at in range(0, len(cases), TOGETHER))
    return every - sum(counted(conn, whole.where(reminders.c.case_id.in_(each))) for each in parts)


def _query(filters: Filters) -> Select[Any]:
    query = select(reminders.table)
    if filters.centre is not None:
        query = query.where(reminders.c.centre == filters.centre)
    if filters.case_id is not None:
        query = query.where(reminders.c.case_id == filters.case_id)
    if filters.missed is not None:
        query = query.where(reminders.c.missed == filters.missed)
    if filters.unrestricted:
        restricted = select(caseload.c.case_id).where(
            caseload.c.case_id == reminders.c.case_id, caseload.c.restricted_until.is_not(None)
        )
        query = query.where(~restricted.exists())
    return query


def _reminder(recorded: Recorded, folds: Folds) -> Reminder | None:
    event, about = recorded.event, recorded.envelope
    if not isinstance(event, ReminderRecorded):
        return None
    if not (event.review and event.due_on and event.fired_at):  # of an erased person
        return None
    name = name_of(about.stream)
    return _row(
        position=about.position,
        case_id=UUID(name),
        centre=folds.case(name).state.centre,
        review=event.review,
        due_on=event.due_on,
        missed=event.missed,
        fired_at=event.fired_at,
        level=event.level,
        told=event.to,
    )


def _centre(name: str, folds: Folds) -> Iterable[str | None]:
    case = folds.case(name).state
    if case.reminded:
        yield case.centre


REMINDERS = Appended(reminders, _reminder)
CENTRE = Following(reminders, StreamKind.CASE, "centre", _centre)
