"""How far a batch is, and what its lines come to."""

from enum import StrEnum

VEILED = "custody"
"""What stands in the clear in the place of the name of a step about custody."""


class Phase(StrEnum):
    """What is done with the lines: they are gone through twice."""

    LOOK = "look"
    """Each is decided as it would be now, and nothing is recorded in any case."""
    TAKE = "take"


class BatchStatus(StrEnum):
    """Where a batch stands."""

    FILLING = "filling"
    """Not all of its lines have come yet."""
    LOOKING = "looking"
    """Each line is being looked at."""
    READY = "ready"
    """Looked at; somebody starts it, or does not."""
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    ENDED = "ended"


class Foretold(StrEnum):
    """What becomes of a line, foreseen or done."""

    WAITING = "waiting"
    """Nobody has looked yet."""
    READY = "ready"
    WARNED = "warned"
    """It would pass, and there is something to look at."""
    DONE = "done"
    REFUSED = "refused"
    UNMATCHED = "unmatched"
    """Whose it is, is not known yet: it is kept."""
    LEFT = "left"
    """Somebody has said that it is nobody's here."""
    TWICE = "twice"
    """An earlier line is the same case's."""
