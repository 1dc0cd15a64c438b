"""Events a second when all views are made again, on real events of made-up people.

    python -m bench.rebuild [--postgres [--durable]] [--events 30000] [--rounds 3]

Some people's ways are decided, the others are copies of them. On PostgreSQL also the library's
ProjectionRunner on the first of the same events, in turn with ours.
"""

import argparse
import gc
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import history, runner
from bench.findings import POSTGRESQL, SQLITE, Finding, ranged
from ledger.keys.master import MasterKeys
from ledger.ledger import Ledger
from ledger.mapper import EventMapper
from ledger.opening import open_keys, open_ledger
from ledger.port import programme
from ledger.postgres.schema import prepare
from projections.folding import Folding
from projections.opening import open_views
from projections.postgres.store import prepare_views
from projections.rebuild import rebuild
from projections.store import Views
from tests.integration.projections.programme import CALENDAR, Clock
from tests.support.postgres import SERVICE, PrivatePostgres

MASTER_KEYS = MasterKeys.single(bytes(range(32)))
LIBRARY_EVENTS = 2000
"""The library's runner takes so many at most: it is measured by the event, and is slow."""
TELL_SECONDS = 2.0
OURS = "all views rebuilt"
PROJECTIONS: dict[str, type[runner.EachEvent]] = {
    "ProjectionRunner, one row an event": runner.Latest,
    "ProjectionRunner, all views": runner.AllViews,
}
KINDS = (OURS, *PROJECTIONS)


@dataclass(frozen=True)
class Place:
    """Where the ledger, its keys and the views are."""

    ledger: str
    keys: str
    views: str
    owner: str = ""


@contextmanager
def place(*, postgres: bool, durable: bool) -> Iterator[Place]:
    with ExitStack() as stack:
        if postgres:
            database = stack.enter_context(PrivatePostgres(durable=durable)).create_database(
                "bench"
            )
            prepare(database.owner_url, SERVICE)
            prepare_views(database.owner_url, SERVICE)
            yield Place(*(database.service_url,) * 3, database.owner_url)
        else:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jisr-bench-")))
            yield Place(*(f"sqlite://{folder}/{name}.db" for name in ("ledger", "keys", "views")))


class Told:
    """Says how far something is, every two seconds and at its end."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._since = self._told = time.perf_counter()

    def __call__(self, done: int, of: int) -> None:
        now = time.perf_counter()
        if done == of or now - self._told > TELL_SECONDS:
            self._told = now
            print(f"  {self._what}: {done} of {of} events, {now - self._since:.0f} s", flush=True)


def measure(where: Place, options: argparse.Namespace) -> None:
    ledger = open_ledger(where.ledger, where.keys, MASTER_KEYS, calendar=CALENDAR, clock=Clock())
    views = open_views(where.views)
    keys = open_keys(where.keys, MASTER_KEYS)
    mapper = EventMapper(programme(), keys)
    store = history.open_store(where.ledger)
    events = history.Copies(ledger, store, keys, mapper).fill(options.events, Told("history"))
    runner.Events.mapper_in_use = mapper
    runner.AllViews.new_folding = lambda: Folding(ledger, CALENDAR)
    gc.freeze()
    rates: dict[str, list[float]] = {kind: [] for kind in KINDS[: 3 if where.owner else 1]}
    for number in range(1, options.rounds + 1):
        rates[OURS].append(ours(ledger, views, events, Told(f"round {number}, {OURS}")))
        for kind in KINDS[1 : len(rates)]:
            told = Told(f"round {number}, {kind}")
            many = min(events, LIBRARY_EVENTS)
            rates[kind].append(runner.events_a_second(where.owner, PROJECTIONS[kind], many))
            told(many, many)
    for found in findings(rates, events, POSTGRESQL if where.owner else SQLITE):
        found.note()
    for each in (views, ledger, store, keys):
        each.close()


def ours(ledger: Ledger, views: Views, events: int, told: Told) -> float:
    started = time.perf_counter()
    rebuild(ledger, views, CALENDAR, told)
    return events / (time.perf_counter() - started)


def findings(rates: dict[str, list[float]], events: int, database: str) -> Iterator[Finding]:
    rebuilt = f"{ranged(rates[OURS], '.0f')} of {events:,}"
    yield Finding("events a second rebuilt", database, rebuilt, "at least 15,000; 10,000")
    for kind, found in rates.items():
        if kind != OURS:
            ratio = median(rates[OURS]) / median(found)
            yield Finding(f"the same to the library's {kind}", database, f"{ratio:.0f}")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield Finding("memory of a rebuild at most, MB", database, str(most))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="and the library beside")
    parser.add_argument("--durable", action="store_true", help="let PostgreSQL flush to the disk")
    parser.add_argument("--events", type=int, default=30_000)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    options = arguments()
    with place(postgres=options.postgres, durable=options.durable) as where:
        measure(where, options)
