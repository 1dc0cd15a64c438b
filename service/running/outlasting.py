"""Work beside a worker's own that ends no worker: what it needs may be away or damaged for a while."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from domain.errors import JisrError
from ledger.faults import unexpected

AGAIN = 15.0
"""Seconds until what could not be opened is tried again."""

Work = Callable[[], AbstractContextManager[None]]


@contextmanager
def outlasting(name: str, work: Work, log: logging.Logger, halted: str) -> Iterator[None]:
    """With `work` entered in a thread of its own, and again after whatever keeps it from that.

    `halted`: what does not happen meanwhile, for the log.
    """
    stop = threading.Event()
    thread = threading.Thread(target=_work, args=(name, work, log, halted, stop), name=name)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _work(name: str, work: Work, log: logging.Logger, halted: str, stop: threading.Event) -> None:
    told = False
    while not stop.is_set():
        try:
            with work():
                told = False
                stop.wait()
        except JisrError as error:
            if not told:
                log.error("%s until this is mended: %s", halted, error)  # noqa: TRY400 - said whole
            told = True
            stop.wait(AGAIN)
        except Exception as error:  # noqa: BLE001 (the edge of a thread that must go on)
            unexpected(error, name)
            stop.wait(AGAIN)
