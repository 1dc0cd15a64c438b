"""What complaints about a person's cases say goes with the person.

Which they are stands in no case, for who has it would read it there: a series of its own by case keeps
them (`domain/reference`), and is read by an erasure alone. A complaint that was found to be about another
person's case is that person's: what it says stays until they are erased. One that is about no case any
more goes with the last that it was about.
"""

from collections.abc import Iterator
from typing import Any

from domain.beneficiary.family import family
from domain.complaint.events import ComplaintErased
from domain.complaint.state import ComplaintState
from domain.message import StreamKind, stream_id
from domain.reference.state import ReferenceState, complaints_about
from domain.steps.handling import Roles, World
from domain.steps.roles import StreamRole


def follows_complaints(world: World) -> Roles:
    """Of the cases of all that go by the person: which there are, and those themselves."""
    kept = {
        _role(f"complaints_of_{case}", StreamKind.REFERENCE): (complaints_about(case))
        for _, person in family(world)
        for case in person.cases
    }
    known = [world.states[role] for role in kept if role in world.states]
    named = {
        _role(f"complaint_{each}", StreamKind.COMPLAINT): stream_id(StreamKind.COMPLAINT, each)
        for state in known
        if isinstance(state, ReferenceState)
        for each in state.complaints
    }
    return {**kept, **named}


def _role(name: str, kind: StreamKind) -> StreamRole[Any]:
    return StreamRole(name, kind, answered=False)


def erased_with_them(world: World) -> Iterator[tuple[StreamRole[Any], ComplaintErased]]:
    """Of those that were read."""
    theirs = {case for _, person in family(world) for case in person.cases}
    for role, state in world.states.items():
        if isinstance(state, ComplaintState) and state.of_case in theirs and not state.erased:
            yield role, ComplaintErased()
