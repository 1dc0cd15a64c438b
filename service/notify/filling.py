"""Follows the ledger and puts into the outbox what its events give to tell.

A projection of the eventsourcing library: its place is kept beside the ledger with the other
followers', and what it does may be done again. An outbox that was lost is filled anew, without
sending what is old.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from eventsourcing.persistence import Tracking

from domain.message import Envelope
from ledger.following.projection import Following
from ledger.following.tracking import FollowerTracking
from ledger.ledger import Ledger
from service.notify.outbox.store import Outbox
from service.notify.telling.teller import Teller

NOTICES = "notices"
"""The follower's name."""

LONG_AGO = timedelta(days=7)
"""Of what is older nobody is told any more: it is not read, so that a lost outbox is soon filled anew."""


class Filling(Following):
    """Follows all events of which somebody is told something."""

    name = NOTICES

    def __init__(
        self,
        tracking: FollowerTracking,
        ledger: Ledger,
        outbox: Outbox,
        tellers: Sequence[Teller],
    ) -> None:
        super().__init__(tracking)
        self.topics = tuple(frozenset().union(*(each.topics for each in tellers)))
        self._ledger = ledger
        self._outbox = outbox
        self._tellers = tellers
        self._noted: list[Envelope] = []
        if not outbox.is_begun():
            tracking.begin_anew(NOTICES)  # first: killed between the two, it is done again
            outbox.begin(ledger.now())

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:  # noqa: ARG002 (the library's signature)
        assert isinstance(domain_event, Envelope)  # noqa: S101 - the feed's
        if self._ledger.now() - domain_event.recorded_at <= LONG_AGO:
            self._noted.append(domain_event)

    def settle(self) -> None:
        noted, self._noted = self._noted, []
        for about in noted:
            found = self._ledger.history(about.stream, after=about.version - 1, up_to=about.version)
            for recorded in found:
                self._outbox.put(
                    message for teller in self._tellers for message in teller.messages(recorded)
                )
