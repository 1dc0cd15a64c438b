"""How far the views have come, and what they were made by."""

from typing import NamedTuple, Self

from domain.message import Recorded


class Reached(NamedTuple):
    """A position in the ledger and the id of the event that stands there.

    A ledger that lost its end and went on has the same positions again, with other events.
    """

    position: int
    event: str

    @classmethod
    def of(cls, recorded: Recorded) -> Self:
        return cls(recorded.envelope.position, str(recorded.envelope.event_id))


BEGINNING = Reached(0, "")


class State(NamedTuple):
    """What the views' one row about themselves says."""

    reached: Reached
    shape: str
    """Of the tables; see `projections.views.table.shape`."""
    calendar: str
    """The calendar the views were derived by; empty for views without events."""
