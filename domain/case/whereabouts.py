"""Where somebody is met who has to be met: in a prison, or outside; so that rounds can be planned."""

from enum import StrEnum

from domain.case.state import CaseState


class Met(StrEnum):
    """Where the person is met, for what is held with them."""

    PRISON = "prison"
    OUTSIDE = "outside"


def met_at(case: CaseState) -> Met | None:
    """Nowhere: who escaped."""
    if case.is_free:
        return Met.OUTSIDE
    running = case.custody.detention is not None
    return Met.PRISON if running or not case.custody.episodes else None


def prison_of(case: CaseState) -> str | None:
    """The prison that holds the person, by its code; None where none does, or it was not told."""
    held = case.custody.detention
    return held.place if held is not None else None
