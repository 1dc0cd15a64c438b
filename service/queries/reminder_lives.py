"""The life of each reminder of a case, as a reader may see it: nothing of it is stored.

Who may not know of custody is told nothing of what hangs on it, and of no step why something moved.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.case.noticed.state import UNNOTICED
from domain.case.schedule import OF_CUSTODY, ReviewKind, ReviewStatus
from domain.case.state import CaseState
from domain.message import FieldClass, Message, StreamKind, stream_id
from domain.reminding.lives import Life, Lives, Told, lives
from domain.reminding.proving import Proof, Verdict
from domain.reminding.stretches import Turn
from service.access.reader import Reading
from service.access.table import FIELDS
from service.access.things import SeenCase
from service.notify.channels import MessageChannel
from service.notify.outbox.message import Audience, MessageRow, State

Sent = Mapping[int, Sequence[MessageRow]]
"""What was sent, by the case's version at the reminder it follows from."""


class ReminderTurn(Message):
    """Something that became of a review."""

    turn: Turn
    recorded_at: datetime
    entry: int
    """By which entry of the case's history, by its version."""
    step: Annotated[str | None, FieldClass.JUDICIAL] = Field(examples=["record-pardon"])
    """The step by which it did: a pause, a pardon, a visit."""
    due_on: date
    """From then on; of what came to its end, the day it had."""
    was_due_on: date | None
    """Before it moved."""
    held_on: date | None
    days_late: int | None
    """After its window had closed, of one that was done."""


class ReminderMessage(Message):
    """A message that a reminder gave to tell outside Jisr; one that went with a digest is as far as that."""

    channel: MessageChannel
    to: UUID
    """The member of staff."""
    state: State
    attempts: int
    settled_at: datetime | None
    """When it was accepted, given up or cancelled."""
    code: str | None
    """What the other side said last, as a stable word."""


class ReminderProof(Message):
    """One planned reminder, and whether it was recorded once when its time came."""

    level: int
    """0 goes to the caseworker; 1 and 2, while the review stays undone, to the coordinator and the
    division."""
    due_on: date
    goes_out_at: datetime | None
    """Null for one that nothing called for."""
    verdict: Verdict
    is_fault: bool
    recorded_at: datetime | None
    to: tuple[UUID, ...]
    """The members of staff who were told: it stood in their inbox at once."""
    messages: tuple[ReminderMessage, ...]


class ReminderLife(Message):
    """A review: what was planned, what moved it, what became of it."""

    review: Annotated[str | None, FieldClass.JUDICIAL] = Field(examples=["visit/3"])
    kind: ReviewKind
    status: ReviewStatus | Turn | None
    """As it stands today, or what it came to."""
    due_on: date | None
    window_end: date | None
    before_holidays: date | None
    """The day it would be due if no holiday had moved it."""
    acknowledged_on: date | None
    """When somebody said that it is being seen to, as it is due now."""
    snoozed_until: date | None
    """The day on which its reminder comes again, as somebody asked."""
    turns: tuple[ReminderTurn, ...]
    reminders: tuple[ReminderProof, ...]


class ReminderLives(Message):
    """Those of a case, in the order in which they were first planned."""

    case_id: UUID
    version: int
    """In `ETag`, as a case's own."""
    calendar: str
    """The version of the holidays by which they are told."""
    lives: tuple[ReminderLife, ...]
    planned: int
    """Reminders that were planned, on each day for which they were."""
    recorded: int
    ahead: int
    faults: int
    """Reminders that were lost, recorded twice or early, or that nothing called for."""


def get_case_reminders(reading: Reading, case: SeenCase) -> ReminderLives:
    """From the ledger itself, as it is this instant."""
    name = str(case.id)
    history = reading.ledger.history(stream_id(StreamKind.CASE, case.id))
    found = lives(history, name, reading.calendar, reading.clock())
    told = [each for each in found.lives if _is_told(each, reading)]
    proofs = [proof for each in told for proof in each.proofs]
    sent = by_entry(reading.outbox.of_case(case.id))
    return ReminderLives(
        case_id=case.id,
        version=case.state.seen,
        calendar=reading.calendar.version,
        lives=tuple(life_of(each, found, case.state, sent) for each in told),
        planned=sum(each.fires_at is not None for each in proofs),
        recorded=sum(bool(each.reminded) for each in proofs),
        ahead=sum(each.verdict is Verdict.AHEAD for each in proofs),
        faults=sum(each.is_fault for each in proofs),
    )


def _is_told(life: Life, reading: Reading) -> bool:
    allowed = FIELDS.get(reading.reader.actor.role, frozenset())
    return FieldClass.JUDICIAL in allowed or life.kind not in OF_CUSTODY


def by_entry(rows: Iterable[MessageRow]) -> Sent:
    """What is for staff, by the case's version at the reminder it follows from."""
    found: dict[int, list[MessageRow]] = {}
    for each in rows:
        if each.version is not None and each.audience is Audience.STAFF:
            found.setdefault(each.version, []).append(each)
    return found


def life_of(life: Life, found: Lives, case: CaseState, sent: Sent) -> ReminderLife:
    due, noticed = life.due, case.noticed.get(life.review, UNNOTICED)
    snoozed = noticed.snoozed
    return ReminderLife(
        review=life.review,
        kind=life.kind,
        status=life.status,
        due_on=due.due_on if due else None,
        window_end=due.window_end if due else None,
        before_holidays=found.before_holidays.get(life.review),
        acknowledged_on=noticed.acknowledged_of(due.due_on) if due else None,
        snoozed_until=snoozed.until if snoozed else None,
        turns=tuple(_turns(life)),
        reminders=tuple(_proof(each, sent) for each in life.proofs),
    )


def _turns(life: Life) -> Iterator[ReminderTurn]:
    for each in life.turns:
        yield ReminderTurn(
            turn=each.turn,
            recorded_at=each.by.recorded_at,
            entry=each.by.version,
            step=each.by.step,
            due_on=each.due.due_on,
            was_due_on=each.was,
            held_on=each.end.on if each.end else None,
            days_late=_days_late(each),
        )


def _days_late(told: Told) -> int | None:
    return told.end.days_late if told.end and told.turn is Turn.DONE else None


def _proof(proof: Proof, sent: Sent) -> ReminderProof:
    rows = [row for each in proof.reminded for row in sent.get(each.by.version, ())]
    first = proof.reminded[0] if proof.reminded else None
    return ReminderProof(
        level=proof.level,
        due_on=proof.due_on,
        goes_out_at=proof.fires_at,
        verdict=proof.verdict,
        is_fault=proof.is_fault,
        recorded_at=first.at if first else None,
        to=first.event.to if first else (),
        messages=tuple(
            ReminderMessage(
                channel=row.channel,
                to=row.to,
                state=row.state,
                attempts=row.attempts,
                settled_at=row.settled_at,
                code=row.code,
            )
            for row in rows
        ),
    )
