"""Who asks, for the log of requests: noted where a key is looked up, whatever the door.

A request has one `Asker`, on its own context. What the log says of them is numbers and a
role, and nothing personal.
"""

from contextvars import ContextVar
from dataclasses import dataclass

from domain.message import Actor


@dataclass(slots=True)
class Asker:
    """Of one request: nobody, until somebody's key was found."""

    actor: Actor | None = None


_asker: ContextVar[Asker | None] = ContextVar("asker", default=None)


def begin() -> Asker:
    """The asker of the request that begins here; of no other."""
    asker = Asker()
    _asker.set(asker)
    return asker


def note(actor: Actor | None) -> None:
    """Whose key the present request has shown; outside of a request it is nobody's to know."""
    asker = _asker.get()
    if asker is not None:
        asker.actor = actor


def in_log(actor: Actor | None) -> dict[str, str | None]:
    """As a line of the log says it."""
    if actor is None:
        return {"staff": None, "role": None, "credential": None}
    return {
        "staff": str(actor.id),
        "role": str(actor.role),
        "credential": str(actor.credential) if actor.credential else None,
    }
