"""What is sent to people outside Jisr, how far each message has come, and what can go again.

The text is not kept: a message says whom it is for and of what, and is written when it goes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from domain.errors import NotFound
from domain.message import FieldClass, Message
from projections.views import caseload
from projections.views.caseload_rows import CaseRow
from projections.views.pages import Part
from service.access.reader import Reading
from service.access.table import centre_bound
from service.notify.channels import MessageChannel
from service.notify.outbox.message import OF_STAFF, Audience, MessageRow, State
from service.notify.outbox.store import Filters
from service.queries.cursors import opened, sealed
from service.words.store import words

NEWEST = "newest"
"""How they are sorted."""


class SentMessage(Message):
    """A message that leaves Jisr, or was to."""

    message_id: UUID
    """By it the receiver knows a message that came twice."""
    audience: Audience
    channel: MessageChannel
    state: State
    to: UUID | None
    """The member of staff, or the partner's webhook; null for a person of a case."""
    label: str | None
    """Of the post, where it is for staff."""
    case_id: Annotated[UUID | None, FieldClass.JUDICIAL]
    """Null for a digest, and for a case that is no longer the reader's."""
    reference: Annotated[str | None, FieldClass.JUDICIAL]
    level: int
    """0: to who follows the case; above: how far what stays undone has gone up."""
    made_at: datetime
    due_at: datetime
    """Not before then, or again then."""
    attempts: int
    tried_at: datetime | None
    settled_at: datetime | None
    """When it was accepted, given up or cancelled."""
    code: str | None = Field(examples=["mailbox_unknown"])
    """What the other side said last, as a stable word."""
    why: str | None
    """The same in words, with what to do."""


class OutboxPage(Message):
    messages: tuple[SentMessage, ...]
    next_cursor: str | None
    """Give it as `cursor` for the next page; none after the last."""


class OutboxCounts(Message):
    """How many messages there are, by how far they have come; as many as are listed."""

    waiting: int
    trying: int
    sent: int
    failed: int
    cancelled: int


class SendAgain(Message):
    """Which messages are to go again."""

    message_ids: tuple[UUID, ...] = Field(min_length=1, max_length=200)

    @classmethod
    def of(cls, message_ids: Collection[UUID]) -> Self:
        return cls(message_ids=tuple(message_ids))


def list_outbox(reading: Reading, filters: Filters, part: Part | None = None) -> OutboxPage:
    """The newest first."""
    asked = opened(reading, part or Part(NEWEST))
    found, following = reading.outbox.page(filters, asked.after, asked.limit)
    return OutboxPage(messages=_shown(reading, found), next_cursor=sealed(reading, following))


def count_outbox(reading: Reading, filters: Filters) -> OutboxCounts:
    many = reading.outbox.counts(replace(filters, state=None))
    return OutboxCounts(**{name: many.get(State(name), 0) for name in OutboxCounts.model_fields})


def send_again(reading: Reading, filters: Filters, asked: SendAgain) -> OutboxPage:
    """Those that failed go at once, in no quiet hour; the others stay as they are.

    Raises `NotFound` for one that is not there, or another centre's; then none goes.
    """
    found = [reading.outbox.get(each) for each in asked.message_ids]
    there = [each for each in found if each is not None and _within(each, filters)]
    if len(there) < len(found):
        raise NotFound
    for each in there:
        reading.outbox.send_again(each.message_id, reading.clock())
    again = [reading.outbox.get(each.message_id) or each for each in there]
    return OutboxPage(messages=_shown(reading, again), next_cursor=None)


def _within(message: MessageRow, filters: Filters) -> bool:
    return filters.centre is None or message.centre == filters.centre


def _shown(reading: Reading, rows: Sequence[MessageRow]) -> tuple[SentMessage, ...]:
    bound = centre_bound(reading.reader.actor)
    with reading.views.reading() as conn:
        cases = caseload.of(conn, {each.case_id for each in rows if each.case_id})
    return tuple(_message(reading, each, _theirs(each, cases, bound)) for each in rows)


def _theirs(
    message: MessageRow, cases: Mapping[UUID, CaseRow], bound: str | None
) -> CaseRow | None:
    case = cases.get(message.case_id) if message.case_id else None
    if case is None or (bound is not None and case.centre != bound):
        return None
    return None if case.restricted_until is not None else case


def _message(reading: Reading, row: MessageRow, case: CaseRow | None) -> SentMessage:
    is_staff = row.audience in OF_STAFF
    colleague = reading.directory.staff().staff.get(row.to) if is_staff else None
    said = words(reading.reader.language).page
    return SentMessage(
        message_id=row.message_id,
        audience=row.audience,
        channel=row.channel,
        state=row.state,
        to=None if row.audience is Audience.PERSON else row.to,
        label=colleague.label if colleague else None,
        case_id=case.case_id if case else None,
        reference=case.reference if case else None,
        level=row.level,
        made_at=row.made_at,
        due_at=row.due_at,
        attempts=row.attempts,
        tried_at=row.tried_at,
        settled_at=row.settled_at,
        code=row.code,
        why=said.get(f"not_sent_{row.code}") if row.code else None,
    )
