"""Events a second when all views are made again, on real events of made-up people.

    python -m bench.rebuild [--postgres [--durable]] [--events 30000] [--rounds 3]

Some people's ways are decided, the others are copies of them. The bare part, in turn with a
rebuild, is the library's own reading of the same rows: its recorder selects them, its transcoder
decodes them, and nothing is deciphered, folded or written. On PostgreSQL also the library's
ProjectionRunner on the first of the same events.
"""

import argparse
import gc
import resource
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

from eventsourcing.persistence import JSONTranscoder

from bench import history, runner
from bench.findings import POSTGRESQL, SQLITE, Finding, ranged
from ledger.keys.master import MasterKeys
from ledger.mapper import EventMapper
from ledger.opening import open_keys, open_ledger
from ledger.port import programme
from ledger.postgres.schema import prepare
from ledger.store import Store
from projections.folding import Folding
from projections.opening import open_views
from projections.postgres.store import prepare_views
from projections.rebuild import rebuild
from tests.integration.projections.programme import CALENDAR, Clock
from tests.support.postgres import SERVICE, PrivatePostgres

MASTER_KEYS = MasterKeys.single(bytes(range(32)))
LIBRARY_EVENTS = 2000
"""The library's runner takes so many at most: it is measured by the event, and is slow."""
TELL_SECONDS = 2.0
READ = 1000
"""Rows at a time, in the bare part."""
OURS = "all views rebuilt"
BARE = "read and decoded by the library"
PROJECTIONS: dict[str, type[runner.EachEvent]] = {
    "ProjectionRunner, one row an event": runner.Latest,
    "ProjectionRunner, all views": runner.AllViews,
}


@dataclass
class Taken:
    """Rounds of one kind: seconds and CPU seconds of this process."""

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @contextmanager
    def round(self) -> Iterator[None]:
        started, spent = time.perf_counter(), time.process_time()
        yield
        self.seconds.append(time.perf_counter() - started)
        self.cpu.append(time.process_time() - spent)

    def microseconds(self, events: int) -> list[float]:
        """CPU an event, by round."""
        return [spent / events * 1e6 for spent in self.cpu]


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
    ours, bare = Taken(), Taken()
    library: dict[str, list[float]] = {kind: [] for kind in PROJECTIONS if where.owner}
    for number in range(1, options.rounds + 1):
        with bare.round():
            read_bare(store, Told(f"round {number}, {BARE}"), events)
        with ours.round():
            rebuild(ledger, views, CALENDAR, Told(f"round {number}, {OURS}"))
        for kind, rates in library.items():
            told, many = Told(f"round {number}, {kind}"), min(events, LIBRARY_EVENTS)
            rates.append(runner.events_a_second(where.owner, PROJECTIONS[kind], many))
            told(many, many)
    database = POSTGRESQL if where.owner else SQLITE
    for found in findings(ours, bare, library, events):
        replace(found, database=database).note()
    for each in (views, ledger, store, keys):
        each.close()


def read_bare(store: Store, told: Told, events: int) -> None:
    """Every row, as an application of the library's would read it before its own work began."""
    transcoder, done = JSONTranscoder(), 0
    while rows := store.select_notifications(done + 1, READ):
        for row in rows:
            transcoder.decode(row.state)
        done = rows[-1].id
        told(done, events)


def findings(
    ours: Taken, bare: Taken, library: Mapping[str, Sequence[float]], events: int
) -> Iterator[Finding]:
    """Without their database."""
    rates = [events / seconds for seconds in ours.seconds]
    rebuilt = f"{ranged(rates, '.0f')} of {events:,}"
    yield Finding("events a second rebuilt", "", rebuilt, "at least 15,000; 10,000")
    cpu = [ranged(each.microseconds(events), ".0f") for each in (ours, bare)]
    yield Finding("CPU a rebuilt event, µs", "", f"{cpu[0]}; bare: {cpu[1]}")
    ratios = [mine / theirs for mine, theirs in zip(ours.cpu, bare.cpu, strict=True)]
    yield Finding(f"CPU of a rebuild to {BARE}", "", ranged(ratios, ".1f"))
    for kind, found in library.items():
        ratio = median(rates) / median(found)
        yield Finding(f"events a second to the library's {kind}", "", f"{ratio:.0f}")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield Finding("memory of a rebuild at most, MB", "", str(most))


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
