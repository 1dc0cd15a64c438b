"""Events a second when all views are made again, on real events of made-up people.

    python -m bench.rebuild [--postgres [--durable]] [--events 30000] [--rounds 3]

On PostgreSQL also the library's ProjectionRunner on the same events, in turn with ours.
"""

import argparse
import gc
import itertools
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import runner
from ledger.ledger import Ledger
from ledger.mapper import EventMapper
from ledger.opening import open_keys, open_ledger, prepare
from ledger.port import programme
from projections.folding import Folding
from projections.opening import open_views
from projections.postgres.store import prepare_views
from projections.rebuild import rebuild
from tests.integration.projections.programme import CALENDAR, Clock, Person, Programme
from tests.support.postgres import SERVICE, PrivatePostgres

MASTER_KEY = bytes(range(32))
PROVINCES = ("taza", "midelt")
SIDE_BY_SIDE = 10
"""People of each centre whose steps alternate, so that streams lie mixed as in real life."""
GROUP = 200
KINDS = OURS, ONE_TABLE, ALL_VIEWS = (
    "all views rebuilt",
    "ProjectionRunner, one row an event",
    "ProjectionRunner, all views",
)


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


def fill(ledger: Ledger, events: int) -> int:
    """Take people's whole ways until there are so many events; how many there are."""
    running = Programme(ledger)
    running.settle(PROVINCES)
    while ledger.head() < events:
        people = [Person(running, centre) for centre in PROVINCES for _ in range(SIDE_BY_SIDE)]
        ways = itertools.zip_longest(*(person.commands() for person in people))
        commands = [command for each in ways for command in each if command is not None]
        for start in range(0, len(commands), GROUP):
            running.record(*commands[start : start + GROUP])
    return ledger.head()


def measure(where: Place, options: argparse.Namespace) -> None:
    ledger = open_ledger(where.ledger, where.keys, MASTER_KEY, calendar=CALENDAR, clock=Clock())
    views = open_views(where.views)
    events = fill(ledger, options.events)
    print(f"{events} events")
    runner.Events.mapper_in_use = EventMapper(programme(), open_keys(where.keys, MASTER_KEY))
    runner.AllViews.new_folding = lambda: Folding(ledger, CALENDAR)
    gc.freeze()
    rates: dict[str, list[float]] = {kind: [] for kind in KINDS[: 3 if where.owner else 1]}
    for _ in range(options.rounds):
        started = time.perf_counter()
        rebuild(ledger, views, CALENDAR)
        rates[OURS].append(events / (time.perf_counter() - started))
        if where.owner:
            rates[ONE_TABLE].append(runner.events_a_second(where.owner, runner.Latest, events))
            rates[ALL_VIEWS].append(runner.events_a_second(where.owner, runner.AllViews, events))
    ours = median(rates[OURS])
    for kind, found in rates.items():
        each = " ".join(f"{rate:.0f}" for rate in found)
        rate = median(found)
        print(f"{kind:34} {rate:6.0f} events/s  ratio {ours / rate:4.1f}  (by round: {each})")
    views.close()
    ledger.close()


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
