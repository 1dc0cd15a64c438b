"""Complaints, as each of those reads them who may: nobody whom one is about.

A row says nothing of what was complained of. Who may see it is a condition of every question here,
so that a list, a page of it and a count know of no other.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast
from uuid import UUID

from sqlalchemy import Connection, Select, and_, exists, func, or_, select, true
from sqlalchemy.sql.elements import ColumnElement

from domain.complaint.vocabulary import (
    Complainant,
    ComplaintChannel,
    ComplaintOutcome,
    ComplaintStatus,
)
from domain.message import Actor, Message, Role, StreamKind
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated
from projections.views.caseload_rows import caseload
from projections.views.pages import Order, Page, Part, page_of

OPEN = (ComplaintStatus.WAITING, ComplaintStatus.HANDLED, ComplaintStatus.ANSWERED)


class ComplaintRow(Message):
    """A complaint, without what was said."""

    complaint_id: UUID
    number: str
    """`C-FES-26-0007`; one that the division has is numbered by itself, `C-DIV-26-0002`."""
    centre: str
    """Where it came in."""
    filed_on: date
    complainant: Complainant
    channel: ComplaintChannel
    case_id: UUID | None
    staff_id: UUID | None
    about_centre: str | None
    of_division: bool
    """Whether the division has it: it is about a coordinator, a centre, or another centre's staff."""
    taken_by: UUID | None
    handler: UUID | None
    due_on: date | None
    """The last day for an answer; null once it is answered or has ended."""
    raised_on: date | None
    """From when on it is not only its handler's, where nobody answers: the coordinator's too, or
    where the division has it, all the division's; null once it is answered or has ended."""
    raised_again_on: date | None
    """From when on it is the division's too."""
    answered_on: date | None
    status: ComplaintStatus
    outcome: ComplaintOutcome | None
    ended_on: date | None
    erased_on: date | None
    version: int


class Concerned(Message):
    """One of the staff whom a complaint is about."""

    complaint_id: UUID
    staff_id: UUID


complaints = View(
    "complaints",
    ComplaintRow,
    key=["complaint_id"],
    owner="complaint_id",
    indexes=[["filed_on", "complaint_id"]],
)
concerned = View(
    "complaint_concerned",
    Concerned,
    key=["complaint_id", "staff_id"],
    owner="complaint_id",
)
_row = unvalidated(ComplaintRow)
_concerned = unvalidated(Concerned)


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    open: bool | None = None
    overdue: date | None = None
    """Those that should have been answered before this day."""
    waiting: date | None = None
    """Those that wait for whoever asks on this day: they handle it, name who does, or have it
    because nobody answered in time."""
    handler: UUID | None = None
    without_handler: bool | None = None
    of_division: bool | None = None
    case_id: UUID | None = None
    centre: str | None = None
    seen_by: Actor | None = None
    """Those alone that they may see; None: nobody asks, and there is none."""
    absent: tuple[UUID, ...] = ()
    """For whom they stand in today."""


Sort = Literal["-filed_on", "filed_on"]
NEWEST: Sort = "-filed_on"
FIRST_FILED: Sort = "filed_on"
ORDERS: Mapping[Sort, Order] = {
    "-filed_on": Order((complaints.c.filed_on,), complaints.c.complaint_id, descending=True),
    "filed_on": Order((complaints.c.filed_on,), complaints.c.complaint_id),
}


def find(conn: Connection, filters: Filters, part: Part | None = None) -> Page[ComplaintRow]:
    """One page, the latest first unless they are sorted otherwise."""
    part = part or Part(NEWEST)
    order = ORDERS[cast("Sort", part.sort)]
    return page_of(conn, query(filters), order, part, filters, complaints.read)


def count(conn: Connection, filters: Filters) -> int:
    found = query(filters).with_only_columns(func.count(), maintain_column_froms=True)
    return int(conn.execute(found).scalar_one())


def get(conn: Connection, complaint_id: UUID) -> ComplaintRow | None:
    """Whoever may see it: the scope has asked."""
    query = select(complaints.table).where(complaints.c.complaint_id == complaint_id)
    row = conn.execute(query).one_or_none()
    return complaints.read(row) if row else None


def query(filters: Filters) -> Select[Any]:
    return select(complaints.table).where(*_conditions(filters))


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    row = complaints.c
    actor = filters.seen_by
    yield _seen_by(actor, filters.absent) if actor is not None else ~true()
    for name in ("handler", "of_division", "case_id", "centre"):
        wanted = getattr(filters, name)
        if wanted is not None:
            yield row[name] == wanted
    if filters.open is not None:
        yield row.status.in_(OPEN) if filters.open else row.status.not_in(OPEN)
    if filters.overdue is not None:
        yield row.due_on < filters.overdue
    if filters.waiting is not None and actor is not None:
        yield _waiting_for(actor, filters.waiting)
    if filters.without_handler:
        yield and_(row.handler.is_(None), row.status.in_(OPEN))


def _seen_by(actor: Actor, absent: tuple[UUID, ...]) -> ColumnElement[bool]:
    """As `domain.complaint.about.Sight` says of one."""
    row = complaints.c
    return and_(
        ~exists().where(
            concerned.c.complaint_id == row.complaint_id, concerned.c.staff_id == actor.id
        ),
        ~exists().where(
            caseload.c.case_id == row.case_id, caseload.c.caseworker.in_((actor.id, *absent))
        ),
        or_(row.about_centre.is_(None), row.about_centre != (actor.centre or "")),
        _reached_by(actor),
    )


def _waiting_for(actor: Actor, day: date) -> ColumnElement[bool]:
    row = complaints.c
    unnamed = and_(row.handler.is_(None), row.status.in_(OPEN))
    mine = and_(row.handler == actor.id, row.status.in_(OPEN))
    if actor.role is Role.COORDINATOR:
        late = row.raised_on <= day
        return or_(mine, and_(row.of_division.is_(False), or_(unnamed, late)))
    if actor.role is Role.DIVISION:
        late = row.raised_again_on <= day
        own = and_(row.of_division.is_(True), or_(unnamed, row.raised_on <= day))
        return or_(mine, late, own)
    return mine


def _reached_by(actor: Actor) -> ColumnElement[bool]:
    row = complaints.c
    if actor.role in (Role.DIVISION, Role.AUDITOR):
        return true()
    here = row.centre == actor.centre
    if actor.role is Role.COORDINATOR:
        return or_(row.handler == actor.id, and_(here, row.of_division.is_(False)))
    return or_(row.handler == actor.id, and_(here, row.taken_by == actor.id))


def _rows(name: str, folds: Folds) -> Iterable[ComplaintRow]:
    state = folds.complaint(name).state
    if state.begun_on is None or state.centre is None:
        return
    assert state.complainant is not None  # noqa: S101 - said where it is filed
    assert state.channel is not None  # noqa: S101 - likewise
    raised = (*state.raised(folds.calendar), None, None)
    yield _row(
        complaint_id=UUID(name),
        number=state.number,
        centre=state.centre,
        filed_on=state.begun_on,
        complainant=state.complainant,
        channel=state.channel,
        case_id=state.case_id,
        staff_id=state.staff_id,
        about_centre=state.about_centre,
        of_division=state.of_division,
        taken_by=state.taken_by,
        handler=state.handler,
        due_on=state.due_on(folds.calendar),
        raised_on=raised[0],
        raised_again_on=raised[1],
        answered_on=state.answered_on,
        status=state.status,
        outcome=state.outcome,
        ended_on=state.ended_on,
        erased_on=state.erased_on,
        version=state.seen,
    )


def _concerned_rows(name: str, folds: Folds) -> Iterable[Concerned]:
    for staff_id in sorted(folds.complaint(name).state.concerned):
        yield _concerned(complaint_id=UUID(name), staff_id=staff_id)


COMPLAINTS = Derived(complaints, StreamKind.COMPLAINT, _rows)
CONCERNED = Derived(concerned, StreamKind.COMPLAINT, _concerned_rows)
