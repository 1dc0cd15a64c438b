"""What is recorded of a paper, in the stream it belongs to. The paper itself lies elsewhere."""

from datetime import date
from uuid import UUID

from domain.message import Event
from domain.values.papers import MediaType, PaperKind


class Attached(Event):
    """A paper that was sent belongs here from now on."""

    paper_id: UUID
    holder: UUID
    """Under whose key it is kept."""
    sha256: str
    """Of the paper itself: it can be recognised by it, after it is gone too."""
    size: int
    """Bytes."""
    media_type: MediaType
    pages: int


class AttachedInTheClear(Attached):
    """What is about nobody by itself says openly what it is."""

    kind: PaperKind
    issued_on: date | None = None
    expires_on: date | None = None


class Withdrawn(Event):
    """It was attached by mistake: nobody opens it any more."""

    paper_id: UUID


class WithdrawnInTheClear(Withdrawn):
    explanation: str
