"""The asker's own standing: who they are here, and what became of what they sent."""

from uuid import UUID

from domain.errors import Refused
from domain.message import Actor, Message, Role, command_id
from service.access.reader import Reading
from service.access.table import QUERIES, REACH, STEPS, Reach


class Me(Message):
    """Who you are here, and what you may do."""

    staff_id: UUID
    label: str
    role: Role
    centre: str | None
    reach: Reach
    steps: tuple[str, ...]
    queries: tuple[str, ...]


def get_me(reading: Reading, actor: Actor) -> Me:
    colleague = reading.directory.staff().staff[actor.id]
    return Me(
        staff_id=actor.id,
        label=colleague.label,
        role=actor.role,
        centre=actor.centre,
        reach=REACH[actor.role],
        steps=tuple(step for step, row in STEPS.items() if actor.role in row.who),
        queries=tuple(query for query, row in QUERIES.items() if actor.role in row.who),
    )


def get_receipt(reading: Reading, actor: Actor, key: str) -> str:
    """The stored answer of what the actor asked under this key.

    Raises `Refused("nothing_recorded")`; a step answered 503 may still come to be recorded.
    """
    receipt = reading.ledger.receipt(command_id(actor.id, key))
    if receipt is None:
        raise Refused("nothing_recorded")
    return receipt.answer
