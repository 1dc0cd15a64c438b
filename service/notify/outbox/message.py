"""A message of the outbox: what it follows from, whom it is for, how far it has come.

Neither a name nor an address stands in it, nor what it says: whom it is for is an id, and what it
says is read from the ledger when it goes.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from service.notify.channels import MessageChannel

_NAMESPACE = UUID("0d5a1e0f-91b4-5f0a-a3f1-6a9c1c0b9a55")


class State(StrEnum):
    """How far a message has come."""

    GATHERED = "gathered"
    """It goes with its digest, and comes as far as that."""
    WAITING = "waiting"
    """It goes when its time comes, or again after an attempt in vain."""
    TRYING = "trying"
    """It is being handed over. Found so after a kill, it may or may not have been accepted."""
    SENT = "sent"
    """The other side accepted it."""
    FAILED = "failed"
    """It is not tried again unless somebody asks for it."""
    CANCELLED = "cancelled"
    """There was nothing left to tell when its time came."""


class Audience(StrEnum):
    """Whom a message is for."""

    STAFF = "staff"
    PERSON = "person"
    """Whoever the case is about."""
    PARTNER = "partner"
    """A partner's system."""
    EMERGENCY = "emergency"
    """Coordinators, of a case that was opened in an emergency: at once, whatever the hour."""
    AUDITOR = "auditor"
    """Auditors, of a check that did not end well."""


AT_ANY_HOUR = frozenset({Audience.PARTNER, Audience.EMERGENCY})
OF_STAFF = frozenset({Audience.STAFF, Audience.EMERGENCY, Audience.AUDITOR})


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message as it is kept. Instants are UTC."""

    message_id: UUID
    audience: Audience
    to: UUID
    """The member of staff, the person, or the partner's webhook."""
    channel: MessageChannel
    state: State
    made_at: datetime
    due_at: datetime
    """Not before then."""
    case_id: UUID | None = None
    version: int | None = None
    """Of the case, or the directory of staff, at the event it follows from; null for a digest, which follows from several."""
    position: int | None = None
    """Of that event in the ledger; of a digest, the first."""
    centre: str | None = None
    """The case's, when the event was recorded."""
    level: int = 0
    """0: who follows the case; above: how far a review that stays undone has gone up."""
    digest: UUID | None = None
    """The message that tells of this one together with others."""
    attempts: int = 0
    tried_at: datetime | None = None
    settled_at: datetime | None = None
    """When it was accepted, given up or cancelled."""
    code: str | None = None
    """What the other side said last, as a stable word."""


def message_id(*parts: object) -> UUID:
    """The id of what is told: the same parts are the same message, whenever it is made."""
    return uuid5(_NAMESPACE, "/".join(map(str, parts)))
