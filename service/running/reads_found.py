"""The index of the log of readings is held to the log, and made again from it where it says another.

It holds nothing of its own (`ledger/reads/finding.py`). What a disk damaged or somebody took out of it is
back within a day, and an entry of the house says at which readings it was missing: whoever hides a
reading by its index tells of it.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

from domain.errors import Unavailable
from domain.upkeep.vocabulary import Act, Fact
from ledger.following.turn import Turn
from ledger.ledger import Ledger
from ledger.reads.log import ReadLog
from service.bootstrap import opened_reads
from service.running.acts import record_act
from service.running.outlasting import outlasting
from service.settings import Settings

log = logging.getLogger("jisr.reads")

TURN = "reads-found"
EVERY = 24 * 3600.0
"""Seconds from one look at all of it to the next."""
FIRST = 60.0
"""After a start, which has other things to do."""
KIND, REMADE = "readings-index", "remade"


@contextmanager
def finding_reads(settings: Settings, ledger: Ledger) -> Iterator[None]:
    """With a thread that looks, in one worker at a time."""
    stop = threading.Event()

    @contextmanager
    def work() -> Iterator[None]:
        with opened_reads(settings, ledger) as reads, closing(ledger.feed.turn(TURN)) as turn:
            wait = FIRST
            while not stop.wait(wait):
                _look(ledger, reads, turn)
                wait = EVERY
            yield

    with outlasting("reads-found", work, log, "readings are not held to their index"):
        try:
            yield
        finally:
            stop.set()


def _look(ledger: Ledger, reads: ReadLog, turn: Turn) -> None:
    """An outage is waited out."""
    try:
        if turn.hold():
            mend(ledger, reads)
    except Unavailable:
        log.debug("the log of readings is away")


def mend(ledger: Ledger, reads: ReadLog) -> int:
    """Make again what differs, and record that; of how many entries."""
    found = reads.mend()
    if found:
        log.warning("%s readings were not found as they stand, from entry %s", len(found), found[0])
        told = {Fact.KIND: KIND, Fact.OF: found[0], Fact.EVENTS: len(found), Fact.RESULT: REMADE}
        record_act(ledger, Act.CHECKED, told)
    return len(found)
