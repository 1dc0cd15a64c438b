"""Who asks, by which door and why: noted where a key is looked up, whatever the door.

A request has one `Asker`, on its own context. What the log of requests says of them is numbers and a
role, and nothing personal. What they get to read of people is gathered there too, and written before
the answer leaves (`service.api.edge.gate`): one commit for all that a page asks.
"""

from contextvars import ContextVar
from dataclasses import dataclass, field

from domain.message import Actor
from domain.values.looking import Door, ReadingPurpose
from ledger.reads.looked import Looked


@dataclass(slots=True)
class Asker:
    """Of one request: nobody, until somebody's key was found."""

    actor: Actor | None = None
    door: Door = Door.HOUSE
    request: str | None = None
    purpose: ReadingPurpose | None = None
    gathers: bool = False
    """Whether who reads may go on before it is written: somebody writes it before the answer leaves."""
    gathered: list[Looked] = field(default_factory=list)

    def gather(self, looked: Looked) -> None:
        """What is read twice for one answer is told once."""
        first = {"at": self.gathered[0].at} if self.gathered else {}
        same = looked.model_copy(update=first)
        if same not in self.gathered:
            self.gathered.append(same)

    def taken(self) -> list[Looked]:
        """What was gathered, to be written; from then on each is written at once."""
        self.gathers = False
        found, self.gathered = self.gathered, []
        return found


_asker: ContextVar[Asker | None] = ContextVar("asker", default=None)
HOUSE = Asker()


def begin(request: str) -> Asker:
    """The asker of the request that begins here; of no other. Whoever begins one writes what it gathers."""
    asker = Asker(request=request, gathers=True)
    _asker.set(asker)
    return asker


def present() -> Asker:
    """Of the present request; outside of one the house itself."""
    return _asker.get() or HOUSE


def note(actor: Actor | None) -> None:
    """Whose key the present request has shown; outside of a request it is nobody's to know."""
    asker = _asker.get()
    if asker is not None:
        asker.actor = actor


def note_purpose(purpose: ReadingPurpose | None) -> None:
    """Why the present request reads, as whoever asks has said."""
    asker = _asker.get()
    if asker is not None:
        asker.purpose = purpose


def in_log(actor: Actor | None) -> dict[str, str | None]:
    """As a line of the log says it."""
    if actor is None:
        return {"staff": None, "role": None, "credential": None}
    return {
        "staff": str(actor.id),
        "role": str(actor.role),
        "credential": str(actor.credential) if actor.credential else None,
    }
