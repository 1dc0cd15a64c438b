"""What was sent to each member of staff and still needs somebody: a row for each of them and review.

It stands there until the review is seen to, moves or goes; then it is in the case's own history.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, Self
from uuid import UUID

from sqlalchemy import Connection, Select, case, func, select

from domain.case.noticed.reminded import Reminded, reminders_of
from domain.case.noticed.said import said_to
from domain.case.reviews import gone_out
from domain.case.schedule import OF_CUSTODY, Due
from domain.case.state import CaseState
from domain.events.veil import month_of
from domain.message import FieldClass, Message, StreamKind
from domain.values.calendar import Calendar
from projections.deriving import Derived, Folds, outstanding
from projections.view import UNANSWERED, View, unvalidated
from projections.views.answered import AnsweredReview
from projections.views.pages import Order, Page, Part, page_of
from projections.views.tasks import task_id


class InboxRow(AnsweredReview):
    """A review that somebody was told of."""

    task_id: UUID
    staff_id: UUID
    """Who was told."""
    case_id: UUID
    centre: str
    told_at: datetime
    """When they were first told of it, as it falls due now (UTC)."""
    level: int
    """0: as who follows the case; 1: as coordinator, 2: as the division, of what stays undone."""
    restricted: Annotated[bool, UNANSWERED]
    """Whether the person's data is restricted."""

    def seen_with(self, allowed: Collection[FieldClass]) -> Self:
        seen = super().seen_with(allowed)
        if FieldClass.JUDICIAL in allowed or self.kind not in OF_CUSTODY:
            return seen
        told_at = datetime.combine(month_of(self.told_at.date()), time(), UTC)
        return seen.model_copy(update={"told_at": told_at})


inbox = View(
    "inbox",
    InboxRow,
    key=["task_id", "staff_id"],
    owner="case_id",
    indexes=[["case_id"], ["staff_id", "window_end", "task_id"]],
)
columns = inbox.c
_row = unvalidated(InboxRow)

PRESSING = "pressing"
"""What has been late the longest first."""
ORDER = Order((columns.window_end,), columns.task_id)


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    staff: tuple[UUID, ...] = ()
    """Whose: one's own, and of those for whom one stands in."""
    centre: str | None = None
    unrestricted: bool | None = None
    """Only of cases whose person's data is not restricted."""


def find(conn: Connection, filters: Filters, part: Part) -> Page[InboxRow]:
    """One page. Raises what `page_of` raises."""
    return page_of(conn, _query(filters), ORDER, part, filters, inbox.read)


class InboxCounts(Message):
    """How many items somebody has, as many as are listed."""

    items: int
    unanswered: int
    """Of those, not acknowledged and not put off to a later day."""
    went_up: int
    """Of the unanswered, what stayed undone and went up to them."""


def counts(conn: Connection, filters: Filters, today: date) -> InboxCounts:
    """Of what `find` lists."""
    later = columns.snoozed_until.is_not(None) & (columns.snoozed_until > today)
    unanswered = columns.acknowledged_on.is_(None) & ~later
    many = (
        func.coalesce(func.sum(case((each, 1), else_=0)), 0)
        for each in (unanswered, unanswered & (columns.level > 0))
    )
    found = conn.execute(_query(filters).with_only_columns(func.count(), *many)).one()
    return InboxCounts(items=found[0], unanswered=found[1], went_up=found[2])


def _query(filters: Filters) -> Select[tuple[object, ...]]:
    query = select(inbox.table).where(columns.staff_id.in_(filters.staff))
    if filters.centre is not None:
        query = query.where(columns.centre == filters.centre)
    if filters.unrestricted:
        query = query.where(columns.restricted.is_(False))
    return query


def _rows(name: str, folds: Folds) -> Iterable[InboxRow]:
    fold = folds.case(name)
    state = fold.state
    if state.centre is None or state.beneficiary_id is None or not state.reminders:
        return
    case_id = UUID(name)
    restricted = folds.beneficiary(state.beneficiary_id).state.restricted
    for due in outstanding(fold, folds):
        for staff_id, told in _told(due, state, folds.calendar).items():
            yield _row(
                task_id=task_id(case_id, due.key, folds),
                staff_id=staff_id,
                case_id=case_id,
                key=due.key,
                kind=due.kind,
                due_on=due.due_on,
                window_start=due.falls_due,
                window_end=due.window_end,
                centre=state.centre,
                told_at=told.at,
                level=told.level,
                restricted=restricted,
                **said_to(due, state),
            )


def _told(due: Due, state: CaseState, calendar: Calendar) -> dict[UUID, Reminded]:
    """Who was told of a review, each as they were at first."""
    reviews = ((each.key, each.due_on) for each in gone_out(due, state, calendar))
    found: dict[UUID, Reminded] = {}
    for told in reminders_of(reviews, state.reminders):
        for staff_id in told.to:
            found.setdefault(staff_id, told)
    return found


INBOX = Derived(inbox, StreamKind.CASE, _rows)
