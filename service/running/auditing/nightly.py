"""Each night all parts are held side by side, by a process that a worker begins: one in the house.

It is the command that an operator would run, at a lower rate and with the lowest claim on the
processor. What it comes to is recorded in the ledger by itself; a worker that ends, however it ends, takes
it along, and the next one has it go on from where it was (`notebook.py`).
"""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import cast

from domain.errors import JisrError
from domain.upkeep.path import STREAM
from domain.upkeep.state import UpkeepState
from domain.values.calendar import CASABLANCA
from ledger.following.turn import Turn
from ledger.ledger import Ledger
from service.running.auditing.recorded import KIND
from service.running.outlasting import outlasting
from service.settings import Settings
from workflows.server.guard import guarded

log = logging.getLogger("jisr.reconciling")

NEVER = 24
NIGHT = timedelta(hours=6)
"""So long after its hour it may still begin."""
MISSED = timedelta(days=2)
"""After so long without one it is run by day too: the machine may be off by night."""
A_LOOK = 30.0
"""Seconds between two looks at the clock."""
AGAIN = timedelta(hours=1)
"""Until one that came to nothing is tried again."""
NICE = 19


def is_due(last: datetime, now: datetime, hour: int) -> bool:
    """`last`: when one ended, or the ledger was made."""
    if hour == NEVER:
        return False
    began = _night(now, hour)
    return last < began and (now - began < NIGHT or now - last > MISSED)


def _night(now: datetime, hour: int) -> datetime:
    """When the last night began that has begun."""
    here = now.astimezone(CASABLANCA)
    day = here.date() if here.hour >= hour else here.date() - timedelta(days=1)
    return datetime.combine(day, time(hour), CASABLANCA).astimezone(UTC)


def last_reconciled(ledger: Ledger) -> datetime:
    """When it was last run to its end, by night or by hand; when the ledger was made, before."""
    done = cast("UpkeepState", ledger.state(STREAM)).checked.get(KIND)
    return done.at if done else ledger.upkeep.notes()[0].noted_at


@contextmanager
def reconciled_nightly(settings: Settings, ledger: Ledger) -> Iterator[None]:
    """With a worker that sees to it."""
    if settings.reconcile_hour == NEVER:
        yield
        return
    work = partial(_at_work, settings, ledger)
    with outlasting("nightly-check", work, log, "nothing is compared by night"):
        yield


@contextmanager
def _at_work(settings: Settings, ledger: Ledger) -> Iterator[None]:
    command = ("-m", "service", "audit", "reconcile", "--resume", "--json")
    asked = (*command, "--rate", str(settings.reconcile_rate), "--data", str(settings.data))
    stop, hour = threading.Event(), settings.reconcile_hour
    turn = partial(ledger.feed.turn, f"check-{KIND}")
    nightly = Nightly(partial(last_reconciled, ledger), turn, hour, (sys.executable, *asked))
    thread = threading.Thread(target=nightly.run, args=(stop,), name="nightly-check")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


class Nightly:
    """Looks at the clock, and has the command run when it is time."""

    def __init__(
        self,
        last: Callable[[], datetime],
        turn: Callable[[], Turn],
        hour: int,
        command: tuple[str, ...],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._last = last
        self._turn = turn
        self._hour = hour
        self._command = command
        self._clock = clock
        self._tried = datetime.min.replace(tzinfo=UTC)

    def run(self, stop: threading.Event, every: float = A_LOOK) -> None:
        """Until told to stop; whatever is away is asked again."""
        while not stop.wait(every):
            try:
                self.look(stop)
            except (JisrError, OSError) as error:  # such as no memory for another process
                log.warning("all parts could not be compared: %s", error)

    def look(self, stop: threading.Event) -> bool:
        """Whether it was run now. Raises what the ledger raises."""
        now = self._clock()
        if now - self._tried < AGAIN or not is_due(self._last(), now, self._hour):
            return False
        with closing(self._turn()) as turn:
            if not turn.hold():
                return False
            self._tried = now
            return self._run(stop)

    def _run(self, stop: threading.Event) -> bool:
        process = subprocess.Popen(  # noqa: S603 - our own command
            guarded(self._command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.setpriority(os.PRIO_PROCESS, process.pid, NICE)
        while process.poll() is None:
            if stop.wait(1.0):
                process.terminate()
                process.wait()
                return False
        log.info("ledger, workflows and views were compared: ended with %s", process.returncode)
        return True
