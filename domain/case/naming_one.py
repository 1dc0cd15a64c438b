"""Which of several things of a case a step is about: the one it names, or the only one there is.

Asked as of the step's own day, so that what is told late of one day does not depend on another.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar
from uuid import UUID

from domain.case.state import CaseState
from domain.errors import Refused
from domain.steps.handling import World

T = TypeVar("T")

Things = Callable[[CaseState], Mapping[UUID, T]]


def meant(
    world: World,
    things: Things[T],
    which: Callable[[T], bool],
    named: UUID | None,
    codes: tuple[str, str],
) -> UUID:
    """Its id. `codes`: of what is not there on that day, and of what is, and is none of `which`.

    Raises `Refused`, also where several could be meant and none is named.
    """
    missing, other = codes
    there = things(world.then)
    if named is None:
        found = [name for name, each in there.items() if which(each)]
        if len(found) > 1:
            raise Refused("one_of_several_not_named")
        if not found:
            raise Refused(missing)
        return found[0]
    thing = there.get(named)
    if thing is None:
        raise Refused(missing)
    if not which(thing):
        raise Refused(other)
    return named
