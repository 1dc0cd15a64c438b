"""Forgets what was pasted of a list, once somebody who is on it is erased.

A list of names is under one key, and nobody can be taken out of it alone: numbers, cases and what
became of each line stay. One that is not over yet is ended by it: the others are put on another list.
It needs no Temporal.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from eventsourcing.persistence import Tracking

from domain.batch.events import BatchEnded, BatchStopped
from domain.batch.state import BatchState, Line
from domain.batch.steps import ForgetBatch, HaltBatch
from domain.beneficiary.events import BeneficiaryErased
from domain.beneficiary.state import BeneficiaryState
from domain.case.state import CaseState
from domain.errors import Erased
from domain.events.shapes import topics_of
from domain.message import Envelope, StreamKind, kind_of, stream_id
from domain.values.calendar import local_date
from ledger.following.by_timer import readable, record_once
from ledger.following.projection import Following
from ledger.following.tracking import FollowerTracking
from ledger.ledger import Ledger

LISTS = "lists"
"""The follower's name."""
TOGETHER = 200
"""Cases whose people are looked at in one go."""


class Forgetting(Following):
    """Follows erasures, and the ends of batches."""

    name = LISTS
    topics = tuple(
        topic for each in (BeneficiaryErased, BatchEnded, BatchStopped) for topic in topics_of(each)
    )

    def __init__(self, tracking: FollowerTracking, ledger: Ledger) -> None:
        super().__init__(tracking)
        self._ledger = ledger
        self._erased: set[str] = set()
        self._over: set[str] = set()

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:  # noqa: ARG002 (the library's signature)
        assert isinstance(domain_event, Envelope)  # noqa: S101 - the feed's
        stream = domain_event.stream
        of_a_person = kind_of(stream) == StreamKind.BENEFICIARY
        (self._erased if of_a_person else self._over).add(stream)

    def settle(self) -> None:
        people, self._erased = self._erased, set()
        over, self._over = self._over, set()
        for stream in over:
            self._look(stream, self._anybody_erased)
        cases = {case for person in people for case in self._cases(person)}
        if cases:
            for stream, _ in self._ledger.streams(StreamKind.BATCH):
                self._look(stream, lambda named: not cases.isdisjoint(named))

    def _cases(self, person: str) -> Iterable[UUID]:
        """Of the person and of whoever goes by them."""
        state = cast("BeneficiaryState", self._ledger.glance(person))
        return (*state.cases, *(case for case in state.joined.values() if case is not None))

    def _look(self, stream: str, is_told_of: Callable[[Sequence[UUID]], bool]) -> None:
        """`is_told_of`: whether any of the cases is somebody's who is erased."""
        state = readable(self._ledger, stream, BatchState)
        if state is None or state.forgotten:
            return
        if is_told_of([line.case_id for line in state.lines if line.case_id and _says(line)]):
            self._forget(stream, is_over=state.is_over)

    def _anybody_erased(self, cases: Sequence[UUID]) -> bool:
        for first in range(0, len(cases), TOGETHER):
            some = [stream_id(StreamKind.CASE, case) for case in cases[first : first + TOGETHER]]
            people = {
                stream_id(StreamKind.BENEFICIARY, person)
                for state in self._ledger.states(some).values()
                if (person := cast("CaseState", state).beneficiary_id) is not None
            }
            states = self._ledger.states(people).values()
            if any(cast("BeneficiaryState", state).erased for state in states):
                return True
        return False

    def _forget(self, stream: str, *, is_over: bool) -> None:
        today = local_date(datetime.now(UTC))
        if not is_over:
            record_once(
                self._ledger, stream, "erased", HaltBatch(occurred_on=today, because=Erased.code)
            )
        record_once(self._ledger, stream, "forgotten", ForgetBatch(occurred_on=today))


def _says(line: Line) -> bool:
    """Of whoever it is: their name on the list, or what is answered of them."""
    told = line.told
    return told is not None and bool(told.said or told.answers)
