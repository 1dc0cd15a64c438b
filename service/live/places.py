"""Who follows: so many of one person, so many in all, and none of them once the process ends."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from service.live.hearing import Hearing
from service.problems.problem import Rejected

MOST = 200
"""At once in one process: each holds a connection, of which there are 500."""
MOST_OF_ONE = 4
"""Pages of one person. A newer one takes the place of their oldest, which may be a lost line's."""


@dataclass(eq=False, slots=True)
class Place:
    """One who follows."""

    who: UUID
    moved: asyncio.Event
    taken: bool = False
    """Whether a newer one of the same person has it."""


@dataclass(slots=True)
class Places:
    """All who follow in this process. Belongs to one event loop."""

    hearing: Hearing
    ending: bool = False
    """Whether the process ends: who follows is let go at once, and comes back to the next."""
    _held: OrderedDict[Place, None] = field(default_factory=OrderedDict)

    @contextmanager
    def hold(self, who: UUID) -> Iterator[Place]:
        """Raises `Rejected("too_many_followers")`."""
        own = [each for each in self._held if each.who == who and not each.taken]
        if len(own) >= MOST_OF_ONE:
            own[0].taken = True
            own[0].moved.set()
        elif len(self._held) >= MOST:
            raise Rejected("too_many_followers", limit=MOST)
        place = Place(who, self.hearing.listen())
        self._held[place] = None
        if self.ending:
            place.moved.set()
        try:
            yield place
        finally:
            self._held.pop(place, None)
            self.hearing.leave(place.moved)

    def end(self) -> None:
        """Let all of them go."""
        self.ending = True
        self.hearing.wake()

    def __len__(self) -> int:
        return len(self._held)
