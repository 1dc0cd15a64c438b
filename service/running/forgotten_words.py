"""Forgets the words of a dismissed finding, once somebody whom it was about is erased.

What somebody wrote of several people is under one key, and nobody can be taken out of it alone: who
dismissed it, when, and by which code, stay. It needs no Temporal.
"""

from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from eventsourcing.persistence import Tracking

from domain.beneficiary.events import BeneficiaryErased
from domain.dismissal.state import FindingState
from domain.dismissal.steps import ForgetFinding
from domain.errors import KeyLost, KeyReused, Refused
from domain.events.shapes import topics_of
from domain.message import (
    TIMER,
    Command,
    Envelope,
    Origin,
    OriginKind,
    StreamKind,
    derived_id,
    name_of,
)
from domain.values.calendar import local_date
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
            try:
                state = cast("FindingState", self._ledger.glance(stream))
            except KeyLost:
                continue  # nobody reads anything of it
            if not state.erased and not erased.isdisjoint(state.people):
                self._forget(stream)

    def _forget(self, stream: str) -> None:
        command = Command(
            id=derived_id(UUID(name_of(stream)), "forgotten"),
            target=stream,
            step=ForgetFinding(occurred_on=local_date(datetime.now(UTC))),
            actor=TIMER,
            origin=Origin(kind=OriginKind.TIMER),
        )
        try:
            self._ledger.record(command)
        except (Refused, KeyReused):
            return  # it was before
