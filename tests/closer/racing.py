"""Three processes at one programme at once, on a real ledger; then it is closed."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing as closed
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from multiprocessing.synchronize import Barrier
from random import Random
from uuid import UUID

from domain.message import StreamKind, kind_of, name_of
from ledger.ledger import Ledger
from ledger.port import programme
from tests.closer.books import FIRST_DAY, Glances, InLedger
from tests.closer.closing import close_all
from tests.closer.founding import found, sign_some
from tests.closer.oracle import Oracle
from tests.closer.outside import Outside
from tests.closer.programme import go_on
from tests.closer.site import DoesNotAddUpError, Site, Staff
from tests.integration.ledger.place import Place
from tests.support.paper import Paper
from tests.support.processes import OTHERS

RIVALS = 3
PEOPLE = 4
TRIES = 14
"""Of each rival, for each person."""
AT_A_TIME = 10
"""Tries after which a rival looks for what the others have ordered, called and announced."""

together: Barrier


def still() -> datetime:
    """The clock of all of them."""
    return Paper().now


def opened(place: Place) -> Ledger:
    """With the programme's rules."""
    return place.open(domain=programme(), clock=still)


@dataclass(frozen=True)
class Share:
    """What one of the rivals is given."""

    place: Place
    staff: Staff
    cases: list[UUID]
    agreements: list[UUID]
    before: frozenset[str]
    """Orders, sessions and ceremonies of the programmes before it."""
    seed: int


def race_and_close(place: Place, seeds: Sequence[int]) -> int:
    """A programme for each seed, one after another; how many steps the closer took.

    The ledger's clock stands still, years after the programme began: each rival has days of its
    own, and all they enter is of the past.
    """
    barrier = OTHERS.Barrier(RIVALS)
    with (
        closed(opened(place)) as ledger,
        ProcessPoolExecutor(
            RIVALS, mp_context=OTHERS, initializer=_remember, initargs=(barrier,)
        ) as rivals,
    ):
        staff, people = found(InLedger(ledger), PEOPLE * len(seeds))
        books, oracle, taken = InLedger(ledger), Oracle(), 0
        oracle.hear(books.news())
        for number, seed in enumerate(seeds):
            some, before = people[number * PEOPLE :][:PEOPLE], frozenset(_made(ledger))
            books.today = FIRST_DAY
            site = Site(books, Random(seed), staff, some, oracle=oracle)
            sign_some(site)
            shares = [
                Share(place, staff, some, site.agreements, before, RIVALS * seed + n)
                for n in range(RIVALS)
            ]
            site.outside = _united(rivals.map(_go_on_there, shares))
            _hear_all(books, oracle)
            look_around(site, ledger, before)
            site.wait_until(still().date())
            site.require_sums(site.agreements, "what the rivals did")
            taken += close_all(site)
        return taken


def _hear_all(books: InLedger, oracle: Oracle) -> None:
    """What the rivals did, commit by commit."""
    for _, commit in groupby(books.news(), key=lambda each: each.envelope.command_id):
        for agreement_id in oracle.hear(commit):
            if broken := oracle.broken(agreement_id):
                raise DoesNotAddUpError(broken)


def _remember(barrier: Barrier) -> None:
    global together  # noqa: PLW0603 - how a pool hands something to its processes
    together = barrier


def _go_on_there(share: Share) -> Outside:
    with closed(opened(share.place)) as ledger:
        books, random = Glances(ledger), Random(share.seed)
        site = Site(books, random, share.staff, share.cases, share.agreements)
        site.oracle = None
        together.wait(60)
        for number in range(TRIES * len(share.cases)):
            if number % AT_A_TIME == 0:
                look_around(site, ledger, share.before)
            books.seen.clear()
            go_on(site, 1)
        return site.outside


def look_around(site: Site, ledger: Ledger, before: frozenset[str]) -> None:
    """The orders, sessions and ceremonies that anybody made since."""
    made = [each for each in _made(ledger) if each not in before]
    site.orders, site.sessions, site.ceremonies = (
        [UUID(name_of(each)) for each in made if kind_of(each) is kind] for kind in MADE
    )


MADE = (StreamKind.ORDER, StreamKind.SESSION, StreamKind.CEREMONY)


def _made(ledger: Ledger) -> Iterator[str]:
    for kind in MADE:
        yield from (stream for stream, _ in ledger.streams(kind))


def _united(each: Iterator[Outside]) -> Outside:
    """What happened before any of them."""
    one = Outside()
    for other in each:
        for name, facts in vars(other).items():
            getattr(one, name).update(facts)
    return one
