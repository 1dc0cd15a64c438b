"""What is recorded of a request and its answer, in the stream that the step is about."""

from uuid import UUID

from domain.asking.vocabulary import RequestGround
from domain.message import Event


class Requested(Event):
    """Somebody asked for a step: all that the step says, and the id by which it is answered."""

    request_id: UUID
    ground: RequestGround | None = None
    """Why, in a word that whoever answers may read."""


class Answered(Event):
    """A second person answered."""

    request_id: UUID


class RequestConfirmed(Answered):
    """What comes of the step is recorded beside it."""


class RequestRefused(Answered):
    """Nothing comes of it. A kind's own adds why, in the class its stream asks for."""
