"""The ledger, as those see it who follow it."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from eventsourcing.persistence import Notification

from domain.errors import LedgerLost
from domain.message import Envelope
from ledger.at_rest.mapper import EventMapper
from ledger.faults import translated
from ledger.following.subscription import LedgerSubscription
from ledger.following.tracking import FollowerTracking
from ledger.following.turn import Turn
from ledger.level import Level
from ledger.recording.loading import Loader
from ledger.store import BEGINNING, Mark, Store

PART = 500
"""Events read at a time."""


class Feed:
    """What is recorded, as it comes. Safe to use from many threads."""

    def __init__(self, store: Store, mapper: EventMapper, loader: Loader, level: Level) -> None:
        self.level = level
        self._store = store
        self._mapper = mapper
        self._loader = loader

    def subscribe(self, after: int) -> LedgerSubscription[Any]:
        """Events after a position, as they are stored; to be entered, and left."""
        return self._store.subscribe(after)

    def head(self) -> int:
        with translated("ledger"):
            return self._store.max_notification_id() or 0

    def position_by(self, instant: datetime) -> int:
        """Of the last event that had been recorded by an instant (aware); 0 before the first."""
        low, high = max(self._loader.watch.standing.epoch - 1, 0), self.head()
        while low < high:
            middle = (low + high + 1) // 2
            found = self.stored(middle)
            recorded = self._mapper.recorded_at(found) if found else None
            if recorded is not None and recorded <= instant:
                low = middle
            else:
                high = middle - 1
        return low

    def stored(self, position: int) -> Notification | None:
        """The event at a position, as it is stored."""
        with translated("ledger"):
            found = self._store.select_notifications(position, 1)
        return found[0] if found and found[0].id == position else None

    def after(self, position: int, topics: Sequence[str]) -> Iterator[Notification]:
        """The events of these topics after a position, as they are stored, up to now."""
        while True:
            with translated("ledger"):
                found = self._store.select_notifications(
                    position, PART, topics=topics, inclusive_of_start=False
                )
            yield from found
            if len(found) < PART:
                return
            position = found[-1].id

    def streams(
        self, after: int, up_to: int, most: int, without: Collection[str] = ()
    ) -> frozenset[str] | None:
        """What was written to between two positions, read by nobody; None for more than so many events.

        `without`: events stored under one of these names do not count.
        """
        if up_to - after > most:
            return None
        found: set[str] = set()
        while after < up_to:
            with translated("ledger"):
                stored = self._store.select_notifications(
                    after, PART, stop=up_to, inclusive_of_start=False
                )
            if not stored:
                break
            named = (each for each in stored if each.topic.partition(":")[0] not in without)
            found |= {str(each.originator_id) for each in named}
            after = stored[-1].id
        return frozenset(found)

    def about(self, stored: Sequence[Notification]) -> list[Envelope]:
        """What stands in the clear. Raises `Unexpected` when one of them cannot be read."""
        return self._mapper.in_the_clear(stored)

    def stands(self, mark: Mark, by: str) -> bool:
        """Whether what `by` remembers of the ledger is there. If not, all are told of the loss."""
        if mark.position == BEGINNING.position:
            return True
        found = self.stored(mark.position)
        if found is not None and Mark.of(mark.position, found).digest == mark.digest:
            return True
        with suppress(LedgerLost), translated("ledger"):
            self._loader.report_loss(mark.position, by)
        return False

    def tracking(self) -> FollowerTracking:
        """Where this ledger's followers are; to be closed by who asked."""
        with translated("followers"):
            return self._store.tracking()

    def turn(self, name: str) -> Turn:
        """Of what one process at a time does on this ledger; to be closed by who asked."""
        return self._store.turn(name)
