"""Events a second when all views are made again, on real events of made-up people.

    python -m bench.ledger.rebuild [--postgres [--durable]] [--events 100000] [--rounds 2] [--processes 2]

Some people's ways are decided, the others are copies of them. Each round is a process of its own
that rebuilds as `jisr rebuild views` does, on all cores. The bare part, in turn with it, is the
library's own reading of the same rows, on one: its recorder selects them, its transcoder decodes
them, and nothing is deciphered, folded or written. On PostgreSQL also the library's
ProjectionRunner on the first of the same events.
"""

import argparse
import gc
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import psutil
from eventsourcing.persistence import JSONTranscoder

from bench.findings import POSTGRESQL, SQLITE, Finding, ranged
from bench.ledger import history, runner
from ledger.at_rest.mapper import EventMapper
from ledger.keys.master import MasterKeys
from ledger.ledger import Ledger
from ledger.opening import open_keys, open_ledger
from ledger.port import programme
from ledger.postgres.schema import prepare
from projections.folding import Folding
from projections.opening import open_views
from projections.postgres.store import prepare_views
from projections.rebuilding.rebuild import rebuild
from service.running.hands import cores, forked
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


class Taken(NamedTuple):
    """What one round took."""

    seconds: float
    cpu: float
    """Seconds, with those of its children."""
    memory: tuple[int, int]
    """MB at most: its own, and of the largest of its children."""


class Place(NamedTuple):
    """Where the ledger, its keys and the views are."""

    ledger: str
    keys: str
    views: str
    owner: str = ""

    def opened(self) -> closing[Ledger]:
        ledger = open_ledger(self.ledger, self.keys, MASTER_KEYS, calendar=CALENDAR, clock=Clock())
        return closing(ledger)


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


def aside(work: Callable[..., Any], *arguments: Any) -> Any:
    """What `work` returns, done in a process of its own: nothing is open here, nor left."""
    here, there = get_context("fork").Pipe()
    process = get_context("fork").Process(target=lambda: there.send(work(*arguments)))
    process.start()
    there.close()
    try:
        return here.recv()
    finally:
        process.join()


def fill(where: Place, events: int) -> int:
    """Make a history; how many events it has."""
    keys = open_keys(where.keys, MASTER_KEYS)
    store = history.open_store(where.ledger)
    with where.opened() as ledger, closing(keys), closing(store):
        mapper = EventMapper(programme(), keys)
        return history.Copies(ledger, store, keys, mapper).fill(events, Told("history"))


def rebuilt(where: Place, processes: int, told: Told) -> Taken:
    gc.freeze()
    began, spent = time.perf_counter(), cpu_seconds()
    with (
        forked(processes, where.opened, "bench.ledger.rebuild: folds") as hands,
        where.opened() as ledger,
        closing(open_views(where.views)) as views,
    ):
        rebuild(ledger, views, CALENDAR, told, hands)
    return taken(began, spent)


def read_bare(where: Place, told: Told, events: int) -> Taken:
    """Every row, as an application of the library's would read it before its own work began."""
    began, spent = time.perf_counter(), cpu_seconds()
    transcoder, done = JSONTranscoder(), 0
    with closing(history.open_store(where.ledger)) as store:
        while rows := store.select_notifications(done + 1, READ):
            for row in rows:
                transcoder.decode(row.state)
            done = rows[-1].id
            told(done, events)
    return taken(began, spent)


def cpu_seconds() -> float:
    """Of this process, and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def taken(began: float, spent: float) -> Taken:
    own, largest = (
        resource.getrusage(who).ru_maxrss // 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return Taken(time.perf_counter() - began, cpu_seconds() - spent, (own, largest))


def server_seconds() -> float:
    """CPU of the PostgreSQL server that was started here, and of what it has ended."""
    found = psutil.Process().children(recursive=True)
    return sum(sum(each.cpu_times()[:4]) for each in found if each.name() == "postgres")


def library_rate(where: Place, kind: str, events: int) -> float:
    """Events a second by one of the library's runners."""
    with where.opened() as ledger, closing(open_keys(where.keys, MASTER_KEYS)) as keys:
        runner.Events.mapper_in_use = EventMapper(programme(), keys)
        runner.AllViews.new_folding = lambda: Folding(ledger, CALENDAR)
        return runner.events_a_second(where.owner, PROJECTIONS[kind], events)


def measure(where: Place, options: argparse.Namespace) -> None:
    events = aside(fill, where, options.events)
    ours, bare, server = list[Taken](), list[Taken](), list[float]()
    library: dict[str, list[float]] = {kind: [] for kind in PROJECTIONS if where.owner}
    for number in range(1, options.rounds + 1):
        bare.append(aside(read_bare, where, Told(f"round {number}, {BARE}"), events))
        before = server_seconds()
        told = Told(f"round {number}, {OURS}")
        ours.append(aside(rebuilt, where, options.processes, told))
        server.append(server_seconds() - before)
    for kind, rates in library.items():
        told, many = Told(kind), min(events, LIBRARY_EVENTS)
        rates.append(aside(library_rate, where, kind, many))
        told(many, many)
    database = POSTGRESQL if where.owner else SQLITE
    for found in findings(ours, bare, server, library, events):
        replace(found, database=database).note()


def findings(
    ours: Sequence[Taken],
    bare: Sequence[Taken],
    server: Sequence[float],
    library: Mapping[str, Sequence[float]],
    events: int,
) -> Iterator[Finding]:
    """Without their database."""
    rates = [events / each.seconds for each in ours]
    rebuilt = f"{ranged(rates, '.0f')} of {events:,}"
    yield Finding("events a second rebuilt", "", rebuilt, "at least 15,000; 10,000")
    cpu = [ranged([each.cpu / events * 1e6 for each in kind], ".0f") for kind in (ours, bare)]
    if library:
        cpu[0] += f" and the server's {ranged([each / events * 1e6 for each in server], '.0f')}"
    yield Finding("CPU a rebuilt event, µs", "", f"{cpu[0]}; bare: {cpu[1]}")
    ratios = [mine.cpu / theirs.cpu for mine, theirs in zip(ours, bare, strict=True)]
    yield Finding(f"CPU of a rebuild to {BARE}", "", ranged(ratios, ".1f"))
    for kind, found in library.items():
        ratio = median(rates) / median(found)
        yield Finding(f"events a second to the library's {kind}", "", f"{ratio:.0f}")
    own, largest = (max(each.memory[which] for each in ours) for which in (0, 1))
    yield Finding("memory of a rebuild at most, MB", "", f"{own}, and {largest} a process it has")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="and the library beside")
    parser.add_argument("--durable", action="store_true", help="let PostgreSQL flush to the disk")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--processes", type=int, default=cores(), help="1: all in one")
    return parser.parse_args()


if __name__ == "__main__":
    options = arguments()
    with place(postgres=options.postgres, durable=options.durable) as where:
        measure(where, options)
