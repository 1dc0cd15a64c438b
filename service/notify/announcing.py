"""Puts into the outbox what people are to be told of today: it comes due by a day, and by no event.

It looks into the views now and then. What it puts there it puts once, whoever looks and how often.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from domain.errors import DatabaseBehind, Unavailable
from ledger.faults import unexpected
from ledger.following.feed import Feed
from ledger.following.turn import Turn
from projections.store import Views
from projections.views.announcements import to_go
from service.notify.outbox.store import Outbox
from service.notify.telling.persons import Announcements

log = logging.getLogger("jisr.notify")

TURN = "announcer"
LOOK = 600.0
"""Seconds between two looks."""


def announce(views: Views, outbox: Outbox, teller: Announcements, today: date) -> None:
    """All that is to be told by today, also what was not for a while. Raises `Unavailable`."""
    with views.reading() as conn:
        rows = to_go(conn, today)
    made = list(teller.of_today(rows))
    outbox.put(made)
    outbox.stand_again([each.message_id for each in made], teller.now())


def _run(turn: Turn, stop: threading.Event, look: Callable[[], None]) -> None:
    try:
        while not stop.is_set():
            try:
                if turn.hold():
                    look()
            except (Unavailable, DatabaseBehind):
                log.warning("something is away; who is to be told of what is looked at later")
            except Exception as error:  # noqa: BLE001 (the edge of a thread that must go on)
                unexpected(error, "the announcer")
            stop.wait(LOOK)
    finally:
        turn.close()


@contextmanager
def announcing(feed: Feed, look: Callable[[], None]) -> Iterator[None]:
    """With somebody who looks, in a thread of its own; of several processes one does."""
    stop = threading.Event()
    thread = threading.Thread(target=_run, args=(feed.turn(TURN), stop, look), name="announcer")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
