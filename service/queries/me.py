"""The asker's own standing: who they are here, and what became of what they sent."""

from datetime import UTC, date, datetime, timedelta
from math import ceil
from uuid import UUID

from domain.errors import Refused
from domain.message import Actor, Message, Role, command_id
from domain.steps.checks import known
from ledger.recording.admitting import CERTAIN_AFTER, CLOCKS_DIFFER
from service.access.reader import Reading
from service.access.table import QUERIES, REACH, STEPS
from service.access.vocabulary import Reach
from service.queries.notices import Notice, notices_of


class Me(Message):
    """Who you are here, and what you may do."""

    staff_id: UUID
    label: str | None
    role: Role
    centre: str | None
    reach: Reach
    steps: tuple[str, ...]
    queries: tuple[str, ...]
    key_expires_on: date | None
    """The last day on which the key you came with opens anything; a password has none."""
    notices: tuple[Notice, ...]
    """What you must know: keys and invitations that were given, and your key's end within 30 days."""


def get_me(reading: Reading, actor: Actor) -> Me:
    staff = reading.directory.staff()
    colleague, came_with = staff.staff[actor.id], staff.keys.get(known(actor.credential))
    return Me(
        staff_id=actor.id,
        label=colleague.label,
        role=actor.role,
        centre=actor.centre,
        reach=REACH[actor.role],
        steps=tuple(step for step, row in STEPS.items() if actor.role in row.who),
        queries=tuple(query for query, row in QUERIES.items() if actor.role in row.who),
        key_expires_on=came_with.expires_on if came_with else None,
        notices=notices_of(reading, actor),
    )


def get_receipt(reading: Reading, actor: Actor, key: str, sent_by: datetime | None) -> str:
    """The stored answer of what the actor asked under this key.

    Raises `Refused`: `nothing_recorded` while what was sent may still come to be recorded, with
    the moment by which it was sent and the seconds until that is settled; `never_recorded` when
    nothing sent by `sent_by` is, nor ever will be.
    """
    ledger, command = reading.ledger, command_id(actor.id, key)
    receipt = ledger.receipt(command)
    if receipt is not None:
        return receipt.answer
    if sent_by is not None and ledger.is_foregone(command, sent_by):
        raise Refused("never_recorded", sent_by=spelled(sent_by))
    by = sent_by or ledger.now() + CLOCKS_DIFFER
    left = by + CERTAIN_AFTER - ledger.now()
    raise Refused(
        "nothing_recorded", sent_by=spelled(by), seconds=max(ceil(left.total_seconds()), 1)
    )


def spelled(instant: datetime) -> str:
    """As an address can hold it, to the second that ends it: `2026-11-26T08:30:01Z`."""
    ended = instant.astimezone(UTC) + timedelta(microseconds=999_999)
    return f"{ended:%Y-%m-%dT%H:%M:%SZ}"
