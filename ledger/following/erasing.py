"""Destroys a person's key once their erasure is recorded, whoever recorded it.

The one place that does. Killed between the two, it does so at its next start. And when an older
copy of the key store is brought back, in which the keys of the erased still are: how many had
been destroyed is remembered beside the follower's place, and if the key store has fewer, all
erasures are followed anew.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import Any
from uuid import UUID

from eventsourcing.persistence import Tracking

from domain.events.shapes import topics_of
from domain.message import Envelope, Event, kind_of, name_of
from ledger.faults import translated
from ledger.following.projection import Following
from ledger.following.tracking import FollowerTracking
from ledger.ledger import Ledger
from ledger.store import BEGINNING, Mark

log = logging.getLogger("jisr.following")

ERASURES = "erasures"
TOMBSTONES = "tombstones"
"""Under this name stands the number of the last tombstone that the follower left."""


def take_pending(ledger: Ledger, *erased: type[Event]) -> None:
    """Read nothing, here, of those whose erasure is recorded and whose key is not destroyed yet.

    For a process that starts while nobody follows: what has come since is behind the follower.
    """
    with closing(ledger.feed.tracking()) as tracking:
        failed = tracking.passed_over(ERASURES)
        place = BEGINNING if _keys_are_older(ledger, tracking) else tracking.at(ERASURES)
    topics = _topics(erased)
    pending = [*ledger.feed.after(place.position, topics)]
    pending += filter(None, (ledger.feed.stored(each.position) for each in failed))
    for stored in pending:
        if stored.topic in topics:
            ledger.take_as_erased(UUID(name_of(str(stored.originator_id))))


def _topics(types: Iterable[type[Event]]) -> tuple[str, ...]:
    return tuple(topic for each in types for topic in topics_of(each))


def _keys_are_older(ledger: Ledger, tracking: FollowerTracking) -> bool:
    """Whether keys that were destroyed are there again."""
    return ledger.tombstones() < tracking.at(TOMBSTONES).position


class Erasing(Following):
    """Follows the event types that say of their stream's person that they are erased, or of a list
    that what was said on it is forgotten.
    """

    name = ERASURES

    def __init__(
        self,
        tracking: FollowerTracking,
        ledger: Ledger,
        *erased: type[Event],
        note: Callable[[Iterable[UUID]], None] = lambda _: None,
    ) -> None:
        """`note`: told whose keys were destroyed; again, until it does not raise."""
        super().__init__(tracking)
        self.topics = _topics(erased)
        self._ledger = ledger
        self._note = note
        self._streams: list[str] = []
        if _keys_are_older(ledger, tracking):
            log.error("the key store is an older copy: the keys of the erased are destroyed again")
            for name in (ERASURES, TOMBSTONES):
                tracking.begin_anew(name)

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:  # noqa: ARG002 (the library's signature)
        assert isinstance(domain_event, Envelope)  # noqa: S101 - the feed's
        self._streams.append(domain_event.stream)

    def settle(self) -> None:
        streams, self._streams = self._streams, []
        for stream in streams:
            subject = UUID(name_of(stream))
            # From here on nobody's key is needed to read what says that they are erased: it may
            # be missing from an older copy of the key store.
            self._ledger.take_as_erased(subject)
            self._ledger.destroy_key(subject, kind_of(stream))
        with translated("erased"):
            self._note([UUID(name_of(stream)) for stream in streams])
        left = self._ledger.tombstones()
        if left > self.view.at(TOMBSTONES).position:
            self.view.move(TOMBSTONES, Mark(left, b""))
