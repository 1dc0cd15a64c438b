"""The holidays that hold now, told to the ledger where it does not know them, by a worker.

A number that is asked as known on a day of before is counted by the holidays that were known then
(`service/queries/known_days.py`), so each other table is an act of the house's upkeep. A worker
tells what its own file came to, once: two with different files do not tell in turns.
"""

import logging
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date

from domain.errors import JisrError
from domain.upkeep.vocabulary import Act, Fact
from domain.values.calendar import Calendar, Calendars
from ledger.faults import unexpected
from ledger.ledger import Ledger
from service.queries.known_days import calendar_known_on
from service.running.acts import record_act
from service.running.holidays import TABLES, table_of

log = logging.getLogger("jisr.holidays")

LOOK_SECONDS = 5.0


def tell(ledger: Ledger, calendar: Calendar) -> bool:
    """Whether it was another than the ledger knows, and is recorded now. Raises as `record_act`."""
    if calendar_known_on(ledger, ledger.head()) == calendar:
        return False
    table = table_of(TABLES[-1])
    facts = {
        Fact.VERSION: calendar.version,
        Fact.OF: TABLES[-1],
        Fact.ADDED: _listed(calendar.holidays - table),
        Fact.REMOVED: _listed(table - calendar.holidays),
    }
    record_act(ledger, Act.HOLIDAYS_ANNOUNCED, facts)
    return True


def _listed(days: Collection[date]) -> str | None:
    return " ".join(sorted(map(str, days))) or None


@contextmanager
def announcing(ledger: Ledger, calendars: Calendars) -> Iterator[None]:
    """With a thread at work that tells each table as it comes."""
    stop = threading.Event()
    thread = threading.Thread(target=_run, args=(ledger, calendars, stop), name="holidays")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _run(ledger: Ledger, calendars: Calendars, stop: threading.Event) -> None:
    told: Calendar | None = None
    while not stop.is_set():
        now = calendars.current
        if now != told:
            try:
                tell(ledger, now)
            except JisrError as error:  # such as a database that is away: told as it comes back
                log.warning("the announced holidays are not recorded yet: %s", error)
            except Exception as error:  # noqa: BLE001 (the edge of a thread that must go on)
                unexpected(error, "holidays")
            else:
                told = now
        stop.wait(LOOK_SECONDS)
