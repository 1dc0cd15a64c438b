"""Followers to watch: one that notes what it is given, and a process that is killed at work."""

import os
import signal
from collections.abc import Callable
from contextlib import closing
from typing import Any

from eventsourcing.persistence import Tracking

from domain.message import Envelope
from ledger.following.erasing import Erasing
from ledger.following.follower import Follower, Pauses
from ledger.following.projection import Following
from ledger.following.tracking import FollowerTracking
from tests.integration.ledger.place import Place
from tests.integration.ledger.toy import Erased

QUICK = Pauses(turn=0.05, gather=0.02, outage=0.05, retry=0.1)


class Noting(Following):
    """Notes what it settles; `fault` may raise when it does."""

    name = "noting"

    def __init__(
        self, tracking: FollowerTracking, fault: Callable[[Envelope], None] = lambda _: None
    ) -> None:
        super().__init__(tracking)
        self._fault = fault
        self._new: list[Envelope] = []
        self.settled: list[int] = []
        self.batches = 0

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        assert tracking.notification_id == domain_event.position
        self._new.append(domain_event)

    def settle(self) -> None:
        new, self._new = self._new, []
        for envelope in new:
            self._fault(envelope)
        self.settled += [envelope.position for envelope in new]
        self.batches += 1


def erase_and_die(place: Place) -> None:
    """In another process, killed after it found the erasure and before the key is destroyed."""

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    ledger = place.open()
    ledger.destroy_key = die  # type: ignore[method-assign, assignment]  # the moment of the kill
    with closing(ledger.feed.tracking()) as tracking:
        Follower(ledger.feed, tracking, Erasing(tracking, ledger, Erased), QUICK).run()


def follow_there(place: Place) -> None:
    """In another process: follow until it is killed."""
    ledger = place.open()
    with closing(ledger.feed.tracking()) as tracking:
        Follower(ledger.feed, tracking, Noting(tracking), QUICK).run()
