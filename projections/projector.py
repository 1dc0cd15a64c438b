"""The projector: reads what was recorded, and writes views and position together.

There is one at a time, by a lock. Should two ever write all the same, the position row
decides: a batch is written only on top of the position it was folded from.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from itertools import islice
from time import monotonic
from uuid import UUID

from domain.errors import (
    JisrError,
    LedgerLost,
    NewerReleaseNeeded,
    Unavailable,
    Unexpected,
)
from domain.message import Recorded, StreamKind
from domain.values.calendar import Calendars
from ledger.ledger import Ledger
from projections.folding import Folding
from projections.reached import BEGINNING, Reached
from projections.rebuilding.rebuild import rebuild
from projections.store import Moved, ProjectorBusy, Views

log = logging.getLogger("jisr.projections")

BATCH = 1000
POLLS = 100
GATHER_SECONDS = 0.05
"""A pause after a short batch: what is recorded meanwhile goes together, in one transaction."""
DATED = (StreamKind.CASE, StreamKind.AGREEMENT, StreamKind.COMPLAINT)
"""The kinds of streams whose rows have days that holidays move."""
DATED_AT_ONCE = 100
"""Streams whose rows are made anew in one transaction."""
LOCK_SECONDS = 0.5
OUTAGE_SECONDS = 0.5
FAULT_SECONDS = 60.0
RETIRE_SECONDS = 30.0
"""Between two looks whether another release's views can be removed."""
ASIDE_SECONDS = 5.0
"""Between two looks whether this release is still left behind by an upgrade."""


class Projector:
    """Keeps the views level with the ledger. One thread's; `close` lets go of the lock."""

    def __init__(self, ledger: Ledger, views: Views, calendars: Calendars) -> None:
        self._ledger = ledger
        self._views = views
        self._calendars = calendars
        self._calendar = calendars.current
        self._made_by = self._calendar.version
        """The calendar by which all rows are made; some may be by the newer one already."""
        self._dated: deque[str] = deque()
        """The streams whose rows are to be made anew by it."""
        self._writer = views.writer()
        self._folding = Folding(ledger, self._calendar)
        self._checked = False
        self._aside = False
        self._idle: Collection[str] = ()
        self._retired_at = float("-inf")
        self._to_forget = True  # whoever was here before may have been killed before it did

    def run_once(self, limit: int = BATCH) -> int:
        """Fold one batch; how many events it had. 0 when the views are level.

        Rebuilds them when the ledger is no longer the one they were made from.

        Raises `ProjectorBusy` while another projector is at work, `Unavailable` during an
        outage, and `Unexpected` at an event that cannot be folded: nothing is skipped.
        """
        if not self._writer.acquire():
            raise ProjectorBusy
        at = self._writer.state().reached
        if at.position != self._folding.position:
            self._folding.restart(at.position)
        try:
            folded = self._fold_batch(at, limit)
        except BaseException:
            # What is in memory may have come further than what is written.
            self._folding.restart(at.position)
            raise
        if self._to_forget:
            self._to_forget = not self._forget()
        return folded

    def _forget(self) -> bool:
        with suppress(ProjectorBusy), self._views.building():
            pass  # which removes what a rebuild left that was killed: it has names too
        return self._writer.forget()

    def _fold_batch(self, at: Reached, limit: int) -> int:
        last, events = self._next(at, limit)
        if last != at:
            self._begin_anew(at)
            return 0
        if not events:
            return 0
        changes = self._folding.take(events)
        after = Reached.of(events[-1])
        self._writer.write(changes, before=at, after=after, calendar=self._made_by)
        self._to_forget = self._to_forget or bool(changes.erased)
        return len(events)

    def _begin_anew(self, at: Reached) -> None:
        """The ledger is an older copy: say so while the views still remember more, then forget."""
        log.warning(
            "the ledger has another event, or none, at position %d, up to which the views were "
            "made: it was brought back from an older copy; rebuilding the views",
            at.position,
        )
        with suppress(LedgerLost):
            self._ledger.require(at.position, UUID(at.event), "the views")
        self.rebuild()

    def _next(self, at: Reached, limit: int) -> tuple[Reached | None, Sequence[Recorded]]:
        """What stands in the ledger where the views are, and the events after it."""
        if at == BEGINNING:
            return at, self._ledger.events(0, limit)
        found = self._ledger.events(at.position - 1, limit + 1)
        return Reached.of(found[0]) if found else None, found[1:]

    def run(self, stop: threading.Event) -> None:
        """Go on until `stop` is set: wait for the lock, outlast outages, rebuild when due.

        Left behind by an upgrade, it folds nothing more and lets a newer one have its place. So
        it does before an event that cannot be folded: it waits there, says which, and tries again.
        """
        away_since: float | None = None
        while not stop.is_set():
            try:
                self._step(stop)
            except Moved:
                continue
            except ProjectorBusy:
                self._wait_for_lock(stop)
            except NewerReleaseNeeded:
                self._stand_aside(stop)
            except Unexpected:
                self._wait_before_fault(stop)
            except Unavailable:
                if away_since is None:
                    away_since = monotonic()
                    log.warning("a database is away; the projector waits for it")
                stop.wait(OUTAGE_SECONDS)
            else:
                if away_since is not None:
                    log.info("the database is back after %.0f s", monotonic() - away_since)
                away_since = None

    def _stand_aside(self, stop: threading.Event) -> None:
        self.close()
        if not self._aside:
            self._aside = True
            log.error(
                "the ledger is on a level that this release does not read; the projector waits"
            )
        stop.wait(ASIDE_SECONDS)

    def _wait_before_fault(self, stop: threading.Event) -> None:
        """With all in the views that comes before the event: they answer as of there."""
        with suppress(JisrError):
            while not stop.is_set() and self.run_once(1):
                pass
        with suppress(JisrError):
            log.error(
                "the event at position %d cannot be folded; the views stay before it, and it is "
                "tried again in a minute. The line above says what is wrong with it",
                self._views.position() + 1,
            )
        self.close()
        stop.wait(FAULT_SECONDS)

    def _step(self, stop: threading.Event) -> None:
        self._ledger.level.require_read()
        if not self._writer.acquire():
            raise ProjectorBusy
        if not self._checked:
            if self._is_outdated():
                log.info("the views were made by other rules than these; rebuilding them")
                self.rebuild()
            self._checked = True
        self._look_at_calendar()
        folded = self.run_once()
        self._retire()
        if self._dated:
            self._make_anew()
        elif folded < BATCH:
            stop.wait(GATHER_SECONDS if folded else 0)
            self._wait_for_events(stop)

    def _look_at_calendar(self) -> None:
        """Another one makes other days of the same events: rows that have days are made anew, some at
        a time, and what is recorded meanwhile goes on coming in.
        """
        if (calendar := self._calendars.current) == self._calendar:
            return
        streams = (self._ledger.streams(kind) for kind in DATED)
        self._dated = deque(stream for some in streams for stream, _ in some)
        self._calendar = calendar
        self._folding = Folding(self._ledger, calendar)
        log.info("the holidays are others: the days of %d files are made anew", len(self._dated))

    def _make_anew(self) -> None:
        """The next of those rows, at the position where the views are."""
        at = self._writer.state().reached
        if at.position != self._folding.position:
            self._folding.restart(at.position)
        some = list(islice(self._dated, DATED_AT_ONCE))
        changes = self._folding.derive_again(some)
        made_by = self._made_by if len(self._dated) > len(some) else self._calendar.version
        self._writer.write(changes, before=at, after=at, calendar=made_by)
        self._made_by = made_by
        for _ in some:
            self._dated.popleft()

    def _retire(self) -> None:
        if monotonic() - self._retired_at > RETIRE_SECONDS:
            self._retired_at = monotonic()
            self._idle = self._views.retire(self._idle)

    def _wait_for_events(self, stop: threading.Event) -> None:
        """Until there are some; after a while also without, to look at everything anew."""
        for _ in range(POLLS):
            if stop.is_set() or self._ledger.head() > self._folding.position:
                return
            if self._calendars.current != self._calendar:
                return
            self._writer.wait()

    def _wait_for_lock(self, stop: threading.Event) -> None:
        told = self._checked = False
        while not stop.is_set():
            try:
                self._ledger.level.require_read()
                if self._writer.acquire():
                    return
            except NewerReleaseNeeded:
                return
            except Unavailable:
                stop.wait(OUTAGE_SECONDS)
                continue
            if not told:
                log.info("another projector is at work; this one waits for its turn")
                told = True
            stop.wait(LOCK_SECONDS)

    def _is_outdated(self) -> bool:
        if not self._views.is_current():
            return True
        return self._writer.state().calendar not in ("", self._calendar.version)

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Make all views anew and swap them in; see `projections.rebuilding.rebuild`."""
        position = rebuild(self._ledger, self._views, self._calendar, progress)
        self._made_by = self._calendar.version
        self._dated.clear()
        return position

    def lag(self) -> int:
        """How many events the views are behind."""
        return lag(self._ledger, self._views)

    def close(self) -> None:
        self._writer.close()


def lag(ledger: Ledger, views: Views) -> int:
    """How many events the views are behind the ledger."""
    return max(0, ledger.head() - views.position())
