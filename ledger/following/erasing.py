"""Destroys a person's key once their erasure is recorded, whoever recorded it.

The one place that does. Killed between the two, it does so at its next start. And when an older
copy of the key store is brought back, in which the keys of the erased still are: how many had
been destroyed is remembered beside the follower's place, and if the key store has fewer, all
erasures are followed anew.
"""

import logging
from contextlib import closing
from typing import Any
from uuid import UUID

from eventsourcing.persistence import Tracking

from domain.events.shapes import topics_of
from domain.message import Envelope, Event, name_of
from ledger.following.projection import Following
from ledger.following.tracking import FollowerTracking
from ledger.ledger import Ledger
from ledger.store import BEGINNING, Mark

log = logging.getLogger("jisr.following")

ERASURES = "erasures"
TOMBSTONES = "tombstones"
"""Under this name stands the number of the last tombstone that the follower left."""


def take_pending(ledger: Ledger, erased: type[Event]) -> None:
    """Read nothing, here, of those whose erasure is recorded and whose key is not destroyed yet.

    For a process that starts while nobody follows: what has come since is behind the follower.
    """
    with closing(ledger.feed.tracking()) as tracking:
        failed = tracking.passed_over(ERASURES)
        place = BEGINNING if _keys_are_older(ledger, tracking) else tracking.at(ERASURES)
    topics = topics_of(erased)
    pending = [*ledger.feed.after(place.position, topics)]
    pending += filter(None, (ledger.feed.stored(each.position) for each in failed))
    for stored in pending:
        if stored.topic in topics:
            ledger.take_as_erased(UUID(name_of(str(stored.originator_id))))


def _keys_are_older(ledger: Ledger, tracking: FollowerTracking) -> bool:
    """Whether keys that were destroyed are there again."""
    return ledger.tombstones() < tracking.at(TOMBSTONES).position


class Erasing(Following):
    """Follows the event type that says of its stream's person that they are erased."""

    name = ERASURES

    def __init__(self, tracking: FollowerTracking, ledger: Ledger, erased: type[Event]) -> None:
        super().__init__(tracking)
        self.topics = topics_of(erased)
        self._ledger = ledger
        self._subjects: list[UUID] = []
        if _keys_are_older(ledger, tracking):
            log.error("the key store is an older copy: the keys of the erased are destroyed again")
            for name in (ERASURES, TOMBSTONES):
                tracking.begin_anew(name)

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:  # noqa: ARG002 (the library's signature)
        assert isinstance(domain_event, Envelope)  # noqa: S101 - the feed's
        self._subjects.append(UUID(name_of(domain_event.stream)))

    def settle(self) -> None:
        subjects, self._subjects = self._subjects, []
        for subject in subjects:
            # From here on nobody's key is needed to read what says that they are erased: it may
            # be missing from an older copy of the key store.
            self._ledger.take_as_erased(subject)
            self._ledger.destroy_key(subject)
        left = self._ledger.tombstones()
        if left > self.view.at(TOMBSTONES).position:
            self.view.move(TOMBSTONES, Mark(left, b""))
