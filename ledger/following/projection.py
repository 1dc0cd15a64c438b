"""What a follower does with events."""

from abc import ABC, abstractmethod

from eventsourcing.projection import Projection

from ledger.following.tracking import FollowerTracking


class Following(Projection[FollowerTracking], ABC):
    """A projection of the library's whose effects are done by the batch.

    `process_event` takes note of an event, of which it is given the envelope, as far as that stands
    in the clear: nobody who follows needs a key. `settle` does what follows from all that were noted,
    and its place is moved after that, once for the batch. So an effect may come again, after a
    kill or beside a failing one, and must come to the same. `topics` are those it is given; they
    are looked for here, as the ledger has no index of them; none means all, but those `ignored`.
    """

    ignored: frozenset[str] = frozenset()

    @abstractmethod
    def settle(self) -> None:
        """Do it, and note nothing more.

        Raises `Unavailable` while something is away: then the whole batch is tried again. What
        else it raises is some event's own fault.
        """
