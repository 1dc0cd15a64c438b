"""Forgets the words of a dismissed finding, once somebody whom it was about is erased.

What somebody wrote of several people is under one key, and nobody can be taken out of it alone: who
dismissed it, when, and by which code, stay. It needs no Temporal.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from eventsourcing.persistence import Tracking

from domain.beneficiary.events import BeneficiaryErased
from domain.dismissal.state import FindingState
from domain.dismissal.steps import ForgetFinding
from domain.events.shapes import topics_of
from domain.message import Envelope, StreamKind, name_of
from domain.values.calendar import local_date
from ledger.following.by_timer import readable, record_once
from ledger.following.projection import Following
from ledger.following.tracking import FollowerTracking
from ledger.ledger import Ledger

WORDS = "finding_words"
"""The follower's name."""


class ForgettingWords(Following):
    """Follows erasures: there are few, and few findings that were dismissed."""

    name = WORDS
    topics = tuple(topics_of(BeneficiaryErased))

    def __init__(self, tracking: FollowerTracking, ledger: Ledger) -> None:
        super().__init__(tracking)
        self._ledger = ledger
        self._erased: set[UUID] = set()

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:  # noqa: ARG002 (the library's signature)
        assert isinstance(domain_event, Envelope)  # noqa: S101 - the feed's
        self._erased.add(UUID(name_of(domain_event.stream)))

    def settle(self) -> None:
        erased, self._erased = self._erased, set()
        for stream, _ in self._ledger.streams(StreamKind.FINDING) if erased else ():
            state = readable(self._ledger, stream, FindingState)
            if state is not None and not state.erased and not erased.isdisjoint(state.people):
                forget = ForgetFinding(occurred_on=local_date(datetime.now(UTC)))
                record_once(self._ledger, stream, "forgotten", forget)
