"""The sealing of what is recorded, at work in a worker."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from domain.errors import JisrError
from ledger.ledger import Ledger
from ledger.proof.sealing import Sealer
from service.settings import Settings

log = logging.getLogger("jisr.proof")

AGAIN = 15.0
"""Seconds until a tree that could not be opened is tried again."""


@contextmanager
def sealing(settings: Settings, ledger: Ledger) -> Iterator[None]:
    """With the ledger being sealed. A tree that is away or damaged keeps nobody from recording."""
    stop = threading.Event()
    thread = threading.Thread(target=_seal, args=(settings, ledger, stop), name="sealer")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _seal(settings: Settings, ledger: Ledger, stop: threading.Event) -> None:
    told = False
    while not stop.is_set():
        try:
            every, losses = settings.checkpoint_every, ledger.losses
            Sealer(ledger.sealed, every=every, losses=losses, stop=stop).run()
        except JisrError as error:
            if not told:
                log.error("nothing is sealed until this is mended: %s", error)  # noqa: TRY400 - said whole
            told = True
            stop.wait(AGAIN)
