"""The shape of what is said of an erasure."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.case.vocabulary import Outcome
from domain.message import Message


class ErasureStanding(StrEnum):
    """How it stands with a person's erasure."""

    CASE_OPEN = "case_open"
    PROOF_KEPT = "proof_kept"
    """Of public money: until the earliest day."""
    REQUEST_WAITS = "request_waits"
    """What they asked about their data is answered first."""
    POSSIBLE = "possible"
    ASKED = "asked"
    """It waits for a second person."""
    ERASED = "erased"


class ErasureTakes(Message):
    """What becomes unreadable."""

    entries: int
    """Events in which something of them is encrypted."""
    papers: int
    """Files kept with their cases."""
    registrations: int
    cases: int


class ErasureLeaves(Message):
    """What stays of a case: days, kinds and sums."""

    case_id: UUID
    reference: str | None
    """Null of the restricted for who does not read of them."""
    centre: str | None
    opened_on: date | None
    outcome: Outcome | None
    entries: int
    """Events, each by its type, day, and who recorded it."""
    delivered: Decimal
    """Goods and cash handed over, in MAD."""
    paid: Decimal


class CopyOutside(Message):
    """Something of them that left Jisr, where nothing erases it: whoever has it is told."""

    what: str
    """The query that made it, `attestation`, or `file-` and the kind that a command at the machine
    wrote."""
    number: str | None
    """Of an attestation."""
    on: date
    by: str | None
    """The label of the post, or the account at the machine."""
    times: int


class ErasureDone(Message):
    """Who asked, who agreed, and what is left of the key."""

    asked_on: date | None
    asked_by: str | None
    confirmed_by: str | None
    erased_on: date
    recorded_at: datetime
    position: int
    """The entry of the ledger that says so."""
    key_destroyed: bool
    """By the key store's own word; within seconds after the entry."""


class PersonErasure(Message):
    """An erasure, before it and after."""

    beneficiary_id: UUID
    version: int
    """Of the person: give it as `If-Match` with a step on them."""
    standing: ErasureStanding
    earliest: date | None
    """Before which it is refused; null where nothing keeps from it."""
    restricted_until: date | None
    """Until when their data is restricted, if it is."""
    takes: ErasureTakes
    leaves: tuple[ErasureLeaves, ...]
    outside: tuple[CopyOutside, ...]
    done: ErasureDone | None
