"""Reviews that are due a while after each meeting: regular contact, silence, in detention, in a penalty.

Each is named by its ordinal: after how many meetings, and passages in and out of detention, it
comes. So one keeps its name when the day of the meeting moves that it hangs on. An exemption or a
reminder named the one that stood on its own day; a meeting told of later, of a day before, makes
that one the next, and the fold says which it is now. So it is with what comes again on a track: the second
job's reviews, the end of the second training.
"""

from domain.case.custody.naming import as_of
from domain.case.schedule import ReviewKind, rolling
from domain.case.state import CaseState

ROLLING = frozenset({ReviewKind.CONTACT, ReviewKind.SILENCE, ReviewKind.DETENTION})
OF_AN_EPISODE = 3
"""So many parts has the name of one in a penalty: `penalty/<episode>/<ordinal>`."""


def standing_name(state: CaseState, review: str) -> str:
    """The name of the review that was meant, by what stands now before it, its stay's number too."""
    kind, *rest = as_of(state.custody, review).split("/")
    if kind == ReviewKind.ESCALATION and len(rest) > 1:
        level, *escalated = rest
        return f"{kind}/{level}/{standing_name(state, '/'.join(escalated))}"
    if kind in ROLLING:
        return rolling(ReviewKind(kind), state)
    for track in state.tracks.values():
        if (name := track.standing_name(kind, rest)) is not None:
            return name
    if kind == ReviewKind.PENALTY and len(rest) == OF_AN_EPISODE - 1:
        return f"{kind}/{rest[0]}/{state.occasions}"
    return "/".join((kind, *rest))
