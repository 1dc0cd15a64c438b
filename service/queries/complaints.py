"""Complaints, for those who may know of them: to whom one is about, it does not exist.

What was said is cut here and not by its class: a role that reads nothing personal elsewhere reads
the words of the complaints that it handles, for they are told to nobody else.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from domain.case.state import CaseState
from domain.commands import HANDLINGS, step_name
from domain.complaint.state import ComplaintState
from domain.complaint.vocabulary import ComplaintChannel
from domain.errors import Refused
from domain.message import Actor, Message, Role, StreamKind, stream_id
from projections.views import complaints
from projections.views.pages import Part
from service.access.reader import Reading
from service.access.things import SeenComplaint
from service.queries.cursors import opened, sealed
from service.queries.history import History, Stretch, comparable, history


class NamedComplaint(complaints.ComplaintRow):
    case_reference: str | None
    staff_label: str | None
    """Of the post of whom it is about."""
    handler_label: str | None
    taken_by_label: str | None
    days_late: int
    """How long it should have been answered; 0 while there is time."""
    raised_to: Role | None
    """Who has it today beside its handler, because it is late."""


class Complaint(NamedComplaint):
    read: bool
    """Whether its words are yours to read; of those that the centres handle the division reads none."""
    name: str | None
    """Of who complained."""
    reply_to: str | None
    words: str | None
    answered_by: ComplaintChannel | None
    answer: str | None
    authority: str | None
    """To which it was passed on."""
    explanation: str | None
    """Of how it ended, or why it was opened again."""
    open_steps: tuple[str, ...]
    """Those that you can take now."""


NAMING = "name-complaint-handler"
OF_WHO_TOOK_IT_DOWN = frozenset({"withdraw-complaint", "redirect-complaint"})
"""The steps of a caseworker on what they took down and somebody else handles."""


class ComplaintPage(Message):
    complaints: tuple[NamedComplaint, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it; of those that you may see."""


def list_complaints(
    reading: Reading, filters: complaints.Filters, part: Part | None = None
) -> ComplaintPage:
    part = opened(reading, part or Part(complaints.NEWEST))
    with reading.views.reading() as conn:
        page = complaints.find(conn, filters, part)
        named = _named(reading, page.rows)
    return ComplaintPage(
        complaints=named, next_cursor=sealed(reading, page.next_cursor), total=page.total
    )


def get_complaint(reading: Reading, complaint: SeenComplaint) -> Complaint:
    """Raises `Refused("complaint_not_found")`."""
    with reading.views.reading() as conn:
        row = _row(conn, complaint.id)
    state, read = complaint.state, complaint.read
    return Complaint(
        **dict(_named(reading, [row])[0]),
        read=read,
        name=state.name if read else None,
        reply_to=state.reply_to if read else None,
        words=state.words if read else None,
        answered_by=state.answered_by,
        answer=state.answer if read else None,
        authority=state.authority,
        explanation=state.explanation if read else None,
        open_steps=tuple(_open_to(reading.reader.actor, state)),
    )


@comparable
def get_complaint_history(reading: Reading, complaint: SeenComplaint, stretch: Stretch) -> History:
    return history(reading, stream_id(StreamKind.COMPLAINT, complaint.id), stretch)


def _open_to(actor: Actor, state: ComplaintState) -> Iterator[str]:
    """By the conditions of the table, and as the rules ask who handles it."""
    theirs = actor.role is not Role.CASEWORKER or actor.id == state.handler
    for step, row in HANDLINGS.items():
        if row.kind is not StreamKind.COMPLAINT or row.creates or actor.role not in row.who:
            continue
        name = step_name(step)
        if not theirs and name not in OF_WHO_TOOK_IT_DOWN:
            continue
        if name == NAMING and actor.role is Role.COORDINATOR and state.of_division:
            continue
        if row.closed_because(state) is None:
            yield name


def _raised_to(row: complaints.ComplaintRow, today: date) -> Role | None:
    if row.raised_on is None or row.raised_on > today:
        return None
    again = row.raised_again_on is not None and row.raised_again_on <= today
    return Role.DIVISION if again or row.of_division else Role.COORDINATOR


def _row(conn: Connection, complaint_id: UUID) -> complaints.ComplaintRow:
    row = complaints.get(conn, complaint_id)
    if row is None:
        raise Refused("complaint_not_found")
    return row


def _named(reading: Reading, rows: Sequence[complaints.ComplaintRow]) -> tuple[NamedComplaint, ...]:
    staff = reading.directory.staff().staff
    streams = {row.case_id: stream_id(StreamKind.CASE, row.case_id) for row in rows if row.case_id}
    cases = reading.ledger.states(streams.values())

    def label(staff_id: UUID | None) -> str | None:
        found = staff.get(staff_id) if staff_id else None
        return found.label if found else None

    def reference(case_id: UUID | None) -> str | None:
        return cast("CaseState", cases[streams[case_id]]).reference if case_id else None

    return tuple(
        NamedComplaint(
            **dict(row),
            case_reference=reference(row.case_id),
            staff_label=label(row.staff_id),
            handler_label=label(row.handler),
            taken_by_label=label(row.taken_by),
            raised_to=_raised_to(row, reading.today),
            days_late=max((reading.today - row.due_on).days, 0) if row.due_on else 0,
        )
        for row in rows
    )
