"""The life of each reminder of a case, as a reader may see it: nothing of it is stored.

Who may not know of custody is told nothing of what hangs on it, and of no step why something moved.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.case.schedule import OF_CUSTODY, ReviewKind, ReviewStatus
from domain.message import FieldClass, Message, StreamKind, stream_id
from domain.reminding.lives import Life, Lives, Told, lives
from domain.reminding.proving import Proof, Verdict
from domain.reminding.stretches import Turn
from service.access.reader import Reading
from service.access.table import FIELDS
from service.access.things import SeenCase


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
    """The members of staff who were told."""


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
    return ReminderLives(
        case_id=case.id,
        version=case.state.seen,
        calendar=reading.calendar.version,
        lives=tuple(life_of(each, found) for each in told),
        planned=sum(each.fires_at is not None for each in proofs),
        recorded=sum(bool(each.reminded) for each in proofs),
        ahead=sum(each.verdict is Verdict.AHEAD for each in proofs),
        faults=sum(each.is_fault for each in proofs),
    )


def _is_told(life: Life, reading: Reading) -> bool:
    allowed = FIELDS.get(reading.reader.actor.role, frozenset())
    return FieldClass.JUDICIAL in allowed or life.kind not in OF_CUSTODY


def life_of(life: Life, found: Lives) -> ReminderLife:
    due = life.due
    return ReminderLife(
        review=life.review,
        kind=life.kind,
        status=life.status,
        due_on=due.due_on if due else None,
        window_end=due.window_end if due else None,
        before_holidays=found.before_holidays.get(life.review),
        turns=tuple(_turns(life)),
        reminders=tuple(_proof(each) for each in life.proofs),
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


def _proof(proof: Proof) -> ReminderProof:
    first = proof.reminded[0] if proof.reminded else None
    return ReminderProof(
        level=proof.level,
        due_on=proof.due_on,
        goes_out_at=proof.fires_at,
        verdict=proof.verdict,
        is_fault=proof.is_fault,
        recorded_at=first.at if first else None,
        to=first.event.to if first else (),
    )
