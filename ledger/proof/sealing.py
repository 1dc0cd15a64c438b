"""Seals a log as it grows: a thread in a worker, one at a time for a log.

What is recorded is sealed within a second; whoever records waits for none of it. Each hour, or as
often as the house says, what is sealed becomes a checkpoint that stays. A log that is not the one
that was sealed is not sealed on: nothing is signed that contradicts what was signed before, until a
person has accepted the loss.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import Unavailable
from ledger.faults import translated, unexpected
from ledger.proof.differences import lost_from
from ledger.proof.log import TOGETHER, Log, LogDiffers
from ledger.proof.notes import NoteBroken
from ledger.proof.tiles import TreeDamaged

log = logging.getLogger("jisr.proof")

HOUR = timedelta(hours=1)
LISTEN_SECONDS = 0.5
REMEMBERED_EVERY = timedelta(minutes=1)
"""So often the key store is told how far it is, between checkpoints."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """Seconds."""

    gather: float = 0.6
    """With the tenth in which a commit is noticed, and the time to seal, less than a second."""
    outage: float = 1.0
    differs: float = 5.0
    """Until it is asked again whether the loss is accepted."""


@dataclass(frozen=True, slots=True)
class Losses:
    """What is known of a log's losses, and who is told of one."""

    accepted: Callable[[], datetime | None] = lambda: None
    """When one was last accepted by a person."""
    report: Callable[[int], None] = lambda _position: None
    """That what was sealed up to a position is not there any more."""


class Sealer:
    """Seals one log for as long as this process has its turn."""

    def __init__(
        self,
        sealed: Log,
        *,
        every: timedelta = HOUR,
        losses: Losses | None = None,
        pauses: Pauses | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        """`every`: so often a checkpoint is made, where something came since."""
        self._log = sealed
        self._every = every
        self._losses = losses or Losses()
        self._pauses = pauses or Pauses()
        self._turn = sealed.store.turn(f"sealing-{sealed.name}")
        self._stop = stop or threading.Event()
        self._remembered_at: datetime | None = None

    def stop(self) -> None:
        """Have `run` end, within a second."""
        self._stop.set()

    def run(self) -> None:
        """Seal until told to stop; outlasts outages."""
        told = ""
        try:
            while not self._stop.is_set():
                wait = self._pauses.outage
                try:
                    if self._turn.hold():
                        self._seal()
                    told = ""
                except Unavailable:
                    told = self._tell(told, "something is away; the sealing of %s waits")
                except LogDiffers as difference:
                    self._losses.report(difference.position)
                    told = self._tell(told, "%s is not the log that was sealed: nothing is signed")
                    wait = self._pauses.differs
                except (TreeDamaged, NoteBroken):  # the log may be whole: it is recorded on
                    told = self._tell(told, "what was sealed of %s is damaged: nothing is signed")
                    wait = self._pauses.differs
                except Exception as error:  # noqa: BLE001 (the edge of a thread that must go on)
                    unexpected(error, f"the sealing of {self._log.name}")
                self._stop.wait(wait)
        finally:
            self._turn.close()

    def _tell(self, told: str, message: str) -> str:
        if told != message:
            log.error(message, self._log.name)
        return message

    def _seal(self) -> None:
        size = self._placed()
        with translated("ledger"), self._log.store.subscribe(size) as subscription:
            while not self._stop.is_set() and self._turn.hold():
                batch = subscription.more(LISTEN_SECONDS)
                if batch:
                    self._log.require_same()
                for start in range(0, len(batch), TOGETHER):
                    self._log.extend(batch[start : start + TOGETHER])
                self._checkpoint()
                if batch:
                    self._stop.wait(self._pauses.gather)

    def _placed(self) -> int:
        """The tree's size; cut to what is left where a loss was accepted since it was signed."""
        try:
            return self._log.require_same()
        except LogDiffers:
            accepted, head = self._losses.accepted(), self._log.head()
            known = self._log.remembered
            if accepted is None or head is None or accepted < head.signed_at:
                raise
            if known is not None and accepted < known.at:
                raise
            first = lost_from(self._log)
            if first is not None or (known is not None and known.size > head.size):
                size = head.size if first is None else first - 1
                log.warning("%s is sealed on from position %d", self._log.name, size)
                self._log.cut(size)
            return self._log.require_same()

    def _checkpoint(self) -> None:
        last = self._log.last_checkpoint()
        now = self._log.clock()
        if last is None or now - last.made_at >= self._every:
            self._log.checkpoint()
        elif self._remembered_at is None or now - self._remembered_at >= REMEMBERED_EVERY:
            self._log.remember()
            self._remembered_at = now


@contextmanager
def sealing(sealer: Sealer) -> Iterator[None]:
    """With the sealer at work in a thread of its own."""
    thread = threading.Thread(target=sealer.run, name="sealer")
    thread.start()
    try:
        yield
    finally:
        sealer.stop()
        thread.join()
