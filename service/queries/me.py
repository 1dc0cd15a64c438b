"""The asker's own standing: who they are here, and what became of what they sent."""

from uuid import UUID

from domain.errors import Refused
from domain.message import Actor, Message, Role, command_id
from service.access.table import QUERIES, REACH, STEPS, Scope
from service.queries.sources import Reading


class Me(Message):
    """Who you are here, and what you may do."""

    staff_id: UUID
    label: str
    role: Role
    centre: str | None
    scope: Scope
    steps: tuple[str, ...]
    queries: tuple[str, ...]


def get_me(reading: Reading, actor: Actor) -> Me:
    colleague = reading.directory.staff().staff[actor.id]
    return Me(
        staff_id=actor.id,
        label=colleague.label,
        role=actor.role,
        centre=actor.centre,
        scope=REACH[actor.role],
        steps=tuple(step for step, roles in STEPS.items() if actor.role in roles),
        queries=tuple(query for query, roles in QUERIES.items() if actor.role in roles),
    )


def get_receipt(reading: Reading, actor: Actor, key: str) -> str:
    """The stored answer of what the actor asked under this key.

    Raises `Refused("nothing_recorded")`; a step answered 503 may still come to be recorded.
    """
    receipt = reading.ledger.receipt(command_id(actor.id, key))
    if receipt is None:
        raise Refused("nothing_recorded")
    return receipt.answer
