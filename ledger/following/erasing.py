"""Destroys a person's key once their erasure is recorded, whoever recorded it.

The one place that does. Killed between the two, it does so at its next start.
"""

from contextlib import closing
from typing import Any
from uuid import UUID

from eventsourcing.persistence import Tracking

from domain.message import Event, Recorded, name_of
from domain.shapes import topics_of
from ledger.following.projection import Following
from ledger.following.tracking import FollowerTracking
from ledger.ledger import Ledger

ERASURES = "erasures"


def take_pending(ledger: Ledger, erased: type[Event]) -> None:
    """Read nothing, here, of those whose erasure is recorded and whose key is not destroyed yet.

    For a process that starts while nobody follows: what has come since is behind the follower.
    """
    with closing(ledger.feed.tracking()) as tracking:
        failed = tracking.passed_over(ERASURES)
        place = tracking.at(ERASURES).position
    topics = topics_of(erased)
    pending = [*ledger.feed.after(place, topics)]
    pending += filter(None, (ledger.feed.stored(each.position) for each in failed))
    for stored in pending:
        if stored.topic in topics:
            ledger.take_as_erased(UUID(name_of(str(stored.originator_id))))


class Erasing(Following):
    """Follows the event type that says of its stream's person that they are erased."""

    name = ERASURES

    def __init__(self, tracking: FollowerTracking, ledger: Ledger, erased: type[Event]) -> None:
        super().__init__(tracking)
        self.topics = topics_of(erased)
        self._ledger = ledger
        self._subjects: list[UUID] = []

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:  # noqa: ARG002 (the library's signature)
        assert isinstance(domain_event, Recorded)  # noqa: S101 - the feed's
        self._subjects.append(UUID(name_of(domain_event.envelope.stream)))

    def settle(self) -> None:
        subjects, self._subjects = self._subjects, []
        for subject in subjects:
            self._ledger.destroy_key(subject)
