"""Runs a follower: waits for its turn, takes batches, passes over what fails by itself.

An outage holds the whole batch up, for nothing may be lost by it. A fault holds up its own
event only: that is named, its place noted beside the follower's, and tried again each minute.
"""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, thread_time

from eventsourcing.persistence import Notification, Tracking

from domain.errors import JisrError, Unavailable
from ledger.faults import translated, unexpected
from ledger.following.feed import Feed
from ledger.following.projection import Following
from ledger.following.tracking import FollowerTracking
from ledger.store import Mark

log = logging.getLogger("jisr.following")

TOGETHER = 100
"""Events taken without a rest."""
REST = 9.0
"""Times as long as it worked it rests then: who catches up does not stand in the way of steps."""
FEW = 50
"""So many events of a batch that fail by themselves are no single event's fault."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """Seconds."""

    turn: float = 0.5
    """Between two attempts to have the turn, or to hear of something new."""
    gather: float = 0.3
    """After a batch: what is recorded meanwhile goes together."""
    outage: float = 0.5
    retry: float = 60.0
    """Until what was passed over is tried again."""


class Follower:
    """One projection's way along the ledger, for as long as this process has its turn."""

    def __init__(
        self,
        feed: Feed,
        tracking: FollowerTracking,
        projection: Following,
        pauses: Pauses | None = None,
    ) -> None:
        self._feed = feed
        self._tracking = tracking
        self._projection = projection
        self._pauses = pauses or Pauses()
        self._name = projection.name
        self._turn = feed.turn(f"follower-{self._name}")
        self._stop = threading.Event()
        self._retry_at = 0.0

    def stop(self) -> None:
        """Have `run` end, within a second."""
        self._stop.set()

    def run(self) -> None:
        """Follow until told to stop; outlasts outages, and other followers of this name."""
        told = False
        try:
            while not self._stop.is_set():
                try:
                    if self._may_follow():
                        self._follow()
                    told = False
                except Unavailable:
                    if not told:
                        log.warning("something is away; the follower %s waits", self._name)
                    told = True
                    self._stop.wait(self._pauses.outage)
                except Exception as error:  # noqa: BLE001 (the edge of a thread that must go on)
                    unexpected(error, f"the follower {self._name}")
                    self._stop.wait(self._pauses.outage)
                self._stop.wait(self._pauses.turn)
        finally:
            self._turn.close()

    def _follow(self) -> None:
        """From where it was, until the turn is lost or it is to stop."""
        at = self._placed()
        with translated("ledger"), self._feed.subscribe(at.position) as subscription:
            while not self._stop.is_set() and self._turn.hold():
                self._try_again()
                batch = subscription.more(self._pauses.turn)
                for start in range(0, len(batch), TOGETHER):
                    if self._stop.is_set() or not self._may_follow() or not self._stands(at):
                        return
                    began = thread_time()
                    at = self._take(batch[start : start + TOGETHER])
                    if start + TOGETHER < len(batch):
                        self._stop.wait(REST * (thread_time() - began))
                if batch:
                    self._stop.wait(self._pauses.gather)

    def _may_follow(self) -> bool:
        """Whether it is our turn, and this release reads what is recorded now.

        One that an upgrade has left behind would pass by what it does not know.
        """
        if self._feed.level.is_above():
            self._turn.close()
            return False
        return self._turn.hold()

    def _stands(self, at: Mark) -> bool:
        return self._feed.stands(at, f"the follower {self._name}")

    def _placed(self) -> Mark:
        """Where it is, by what stands there; at the beginning of a ledger it did not follow."""
        at = self._tracking.at(self._name)
        if not self._stands(at):
            log.warning("another ledger than was followed: %s begins anew", self._name)
            self._tracking.begin_anew(self._name)
            at = self._tracking.at(self._name)
        return at

    def _take(self, batch: Sequence[Notification]) -> Mark:
        failed = self._done([each for each in batch if self._wants(each)])
        if len(failed) > FEW:
            raise Unavailable(follower=self._name)
        to = Mark.of(batch[-1].id, batch[-1])
        self._tracking.move(self._name, to, failed)
        return to

    def _wants(self, stored: Notification) -> bool:
        topics, ignored = self._projection.topics, self._projection.ignored
        return stored.topic not in ignored and (not topics or stored.topic in topics)

    def _done(self, events: Sequence[Notification]) -> list[int]:
        """Do what follows from these events; where it failed, from each alone: then where it did."""
        if not events or (fault := self._fault_in(events)) is None:
            return []
        if len(events) > 1:
            return [position for each in events for position in self._done([each])]
        self._name_it(events[0], fault)
        return [events[0].id]

    def _fault_in(self, events: Sequence[Notification]) -> Exception | None:
        try:
            for envelope in self._feed.about(events):
                place = Tracking(self._name, envelope.position)
                self._projection.process_event(envelope, place)
            self._projection.settle()
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 (one event's fault is nobody else's)
            return error
        return None

    def _name_it(self, stored: Notification, error: Exception) -> None:
        where = f"the follower {self._name}, at position {stored.id}"
        reference = error.params.get("reference") if isinstance(error, JisrError) else None
        if reference is None:
            reference = unexpected(error, where).params["reference"]
        log.error("%s: passed over, and tried again; reference %s", where, reference)

    def _try_again(self) -> None:
        if monotonic() < self._retry_at:
            return
        self._retry_at = monotonic() + self._pauses.retry
        for position, _ in self._tracking.passed_over(self._name):
            stored = self._feed.stored(position)
            if stored is None or not self._done([stored]):
                self._tracking.done(self._name, position)


@contextmanager
def following(follower: Follower) -> Iterator[None]:
    """With the follower at work in a thread of its own."""
    thread = threading.Thread(target=follower.run, name="follower")
    thread.start()
    try:
        yield
    finally:
        follower.stop()
        thread.join()
