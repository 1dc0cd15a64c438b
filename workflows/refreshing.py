"""Starts or refreshes the workflow of a case that something was recorded in past it; and of a batch.

What came through the case's own workflow it knows. An import, a step of another stream that
writes into cases, whatever did not come through Temporal, it is told here, within a second.
What would be too much at once, or is old, is left to the sweep: people's steps come first.
"""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

from eventsourcing.persistence import Tracking
from temporalio.client import RPCError
from temporalio.service import RPCStatusCode

from domain.case.events import ReminderRecorded
from domain.errors import Unavailable
from domain.events.shapes import topics_of
from domain.message import Envelope, StreamKind
from ledger.following.projection import Following
from ledger.following.tracking import FollowerTracking
from workflows.batch.runs import BatchRuns
from workflows.case.runs import Runs

WORKFLOWS = "workflows"
"""The follower's name."""

AT_ONCE = 100
"""Cases told at once, at most: two long orders."""
A_SECOND = 2
"""How quickly that many may be told again, besides what the sweep does."""
LATELY = timedelta(minutes=5)
"""What was recorded before that the sweep has seen, or will: nobody waits for it any more."""
TOGETHER = 10
AWAY = frozenset(
    {
        RPCStatusCode.UNAVAILABLE,
        RPCStatusCode.RESOURCE_EXHAUSTED,
        RPCStatusCode.NOT_FOUND,
        RPCStatusCode.PERMISSION_DENIED,
        RPCStatusCode.UNAUTHENTICATED,
    }
)
"""What is not one case's fault: Temporal, or its namespace, is not there for anybody."""


class Allowance:
    """So many at once, and so many a second after that."""

    def __init__(self, at_once: float = AT_ONCE, a_second: float = A_SECOND) -> None:
        self._most, self._a_second = at_once, a_second
        self._left, self._at = float(at_once), monotonic()

    def take(self, wanted: int) -> int:
        """How many of those wanted may go now."""
        now = monotonic()
        self._left = min(self._most, self._left + (now - self._at) * self._a_second)
        self._at = now
        taken = min(wanted, int(self._left))
        self._left -= taken
        return taken


class Refreshing(Following):
    """Follows all but reminders, for what was recorded in a case and came through no workflow."""

    name = WORKFLOWS
    ignored = frozenset(topics_of(ReminderRecorded))
    """Most of what a backlog records; one without a run is the sweep's, which begins the workflow."""

    def __init__(
        self,
        tracking: FollowerTracking,
        runs: Runs,
        loop: asyncio.AbstractEventLoop,
        batches: BatchRuns,
    ) -> None:
        """`loop` is the one that Temporal's client belongs to; it runs in another thread."""
        super().__init__(tracking)
        self._runs = runs
        self._loop = loop
        self._allowance = Allowance()
        self._versions: dict[str, int] = {}
        self._batches = batches
        self._stirred: set[str] = set()

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:  # noqa: ARG002 (the library's signature)
        assert isinstance(domain_event, Envelope)  # noqa: S101 - the feed's
        kind, _, name = domain_event.stream.partition("/")
        is_new = datetime.now(UTC) - domain_event.recorded_at < LATELY
        if is_new and kind == StreamKind.CASE and domain_event.origin.run is None:
            self._versions[name] = domain_event.version
        if is_new and kind == StreamKind.BATCH and domain_event.origin.run is None:
            self._stirred.add(name)

    def settle(self) -> None:
        versions, self._versions = self._versions, {}
        stirred, self._stirred = self._stirred, set()
        allowed = list(versions)[: self._allowance.take(len(versions))]
        if allowed:
            telling = self._tell((case, versions[case]) for case in allowed)
            asyncio.run_coroutine_threadsafe(telling, self._loop).result()
        for batch in stirred:
            stirring = self._batches.begin(batch)
            asyncio.run_coroutine_threadsafe(stirring, self._loop).result()

    async def _tell(self, cases: Iterable[tuple[str, int]]) -> None:
        """Raises what the first one that fails raises; the others are told all the same."""
        turns = asyncio.Semaphore(TOGETHER)

        async def tell(case: str, version: int) -> None:
            async with turns:
                await self._runs.begin(case, version)

        done = await asyncio.gather(*(tell(*each) for each in cases), return_exceptions=True)
        for result in done:
            if isinstance(result, RPCError) and result.status in AWAY:
                raise Unavailable(engine="Temporal") from result
        for result in done:
            if isinstance(result, BaseException):
                raise result
