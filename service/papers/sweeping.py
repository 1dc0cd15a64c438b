"""What is cleared out of the papers' folder, by each worker: doing it twice does no harm.

A file that no event tells of was sent and never attached: after two days, when it can be attached
no more, it goes. One that an event tells of is put with those that are kept. What stopped coming in
goes within the hour; what was withdrawn a month later; what belonged to an erased person at once,
by whoever destroys the key, and here should that have been interrupted.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from domain.errors import JisrError
from domain.papers.decide import WAITS
from domain.papers.state import Paper
from domain.values.calendar import local_date
from domain.values.papers import PaperPlace
from ledger.faults import unexpected
from ledger.ledger import Ledger
from ledger.papers.vault import HALF_KEPT_SECONDS, Vault

log = logging.getLogger("jisr.papers")

ORPHANED = 2 * WAITS
"""Twice as long as a paper can be attached: no clock can be so wrong."""
WITHDRAWN_DAYS = 30
EVERY = 600.0
"""Seconds between two looks at what is new."""
ROUNDS = 144
"""Looks at what is new, of which one looks at all that is kept too: once a day."""


def sweep(ledger: Ledger) -> int:
    """Look at what is new; how many files were removed. Raises `JisrError`."""
    vault = ledger.papers
    if vault is None:
        return 0
    gone = vault.folder.clear_incoming(HALF_KEPT_SECONDS)
    for lying in list(vault.folder.new()):
        if _told(ledger, lying.place) is not None:
            vault.folder.settle(lying.place)
        elif lying.seconds > ORPHANED.total_seconds():
            vault.folder.remove(lying.place)
            gone += 1
    return gone + _erased(vault)


def sweep_kept(ledger: Ledger) -> int:
    """Look at all that is kept: what was withdrawn long ago goes."""
    vault = ledger.papers
    if vault is None:
        return 0
    before = local_date(ledger.now()) - timedelta(days=WITHDRAWN_DAYS)
    gone = 0
    for holder in vault.folder.holders():
        for lying in list(vault.folder.kept(holder)):
            paper = _told(ledger, lying.place)
            if paper is not None and paper.withdrawn_on and paper.withdrawn_on < before:
                vault.folder.remove(lying.place)
                gone += 1
    return gone


def _erased(vault: Vault) -> int:
    """Of whoever is erased, though the process that erased them ended before it came to this."""
    holders = {*vault.folder.holders(), *(each.place.holder for each in vault.folder.new())}
    gone = vault.erased(holders)
    for holder in gone:
        vault.forget(holder)
    return len(gone)


def _told(ledger: Ledger, place: PaperPlace) -> Paper | None:
    """The paper as an event tells of it."""
    state: Any = ledger.glance(place.stream)
    paper: Paper | None = getattr(state, "papers", {}).get(place.paper)
    return paper if paper is not None and paper.holder == place.holder else None


@contextmanager
def sweeping(ledger: Ledger) -> Iterator[None]:
    """With somebody at it, in a thread of their own."""
    stop = threading.Event()

    def run() -> None:
        rounds = 0
        while not stop.wait(EVERY if rounds else 5.0):
            try:
                gone = sweep(ledger) + (sweep_kept(ledger) if rounds % ROUNDS == 0 else 0)
                if gone:
                    log.info("removed %s files of papers that nothing tells of any more", gone)
            except (JisrError, OSError):
                log.warning("the papers could not be swept; tried again in %.0f s", EVERY)
            except Exception as error:  # noqa: BLE001 (the edge of a thread that must go on)
                unexpected(error, "sweeping the papers")
            rounds += 1

    thread = threading.Thread(target=run, name="papers")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
