"""Event logs for process mining, and a case's provenance, as whoever asks them for is answered.

Bounded: a log of everything goes into a file, by the command line.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.message import StreamKind, stream_id
from ledger.ledger import Ledger
from service.access.reader import Reading
from service.access.things import SeenCase
from service.exchange import logs, ocel, provenance, xes
from service.exchange.outward import USE, Pseudonyms, Told
from service.problems.problem import Rejected
from service.queries.known_on import Known, position_of

Bound = Callable[[Iterator[list[Any]]], Iterator[list[Any]]]
"""What ends a log that grows too large."""

MOST = 50_000
"""Entries, or steps, in a log that is answered."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which cases a log tells of, and as known when; where nothing is said, as known now."""

    known_on: Known | None = None
    centre: str | None = None
    since: date | None = None
    until: date | None = None
    season: str | None = None


def get_event_log(reading: Reading, filters: Filters) -> str:
    """Raises `Rejected("log_too_large")`, as all below, and `Rejected("position_unknown")`."""
    _, pieces = written_as_xes(reading.ledger, filters, _answered_to(reading))
    return "".join(pieces)


def get_object_log(reading: Reading, filters: Filters) -> str:
    _, pieces = written_as_ocel(reading.ledger, filters, _answered_to(reading))
    return "".join(pieces)


def get_case_provenance(reading: Reading, case: SeenCase, known_on: Known | None = None) -> str:
    return provenance_of(reading.ledger, case.id, position_of(reading.ledger, known_on))


def written_as_xes(
    ledger: Ledger, filters: Filters, bound: Bound = iter
) -> tuple[int, Iterator[str]]:
    """As known on which position, and the document in pieces."""
    wanted, names = wanted_of(ledger, filters), pseudonyms(ledger)
    return wanted.known_on, xes.written(bound(logs.cases(ledger, names, wanted)), names, wanted)


def written_as_ocel(
    ledger: Ledger, filters: Filters, bound: Bound = iter
) -> tuple[int, Iterator[str]]:
    """In the same way."""
    wanted, names = wanted_of(ledger, filters), pseudonyms(ledger)
    steps = bound(logs.steps(ledger, names, wanted))
    return wanted.known_on, ocel.Writing(names).document(steps)


def provenance_of(ledger: Ledger, case_id: UUID, known_on: int) -> str:
    names, events = pseudonyms(ledger), ledger.history(stream_id(StreamKind.CASE, case_id))
    known = [each for each in events if each.envelope.position <= known_on]
    return provenance.written(logs.in_order(known, names), names)


def wanted_of(ledger: Ledger, filters: Filters) -> logs.Wanted:
    known_on = position_of(ledger, filters.known_on)
    return logs.Wanted(known_on, filters.centre, filters.since, filters.until, filters.season)


def pseudonyms(ledger: Ledger) -> Pseudonyms:
    return Pseudonyms(ledger.derived(USE))


def _answered_to(reading: Reading) -> Bound:
    """Ends a log that grows too large; whose traces are in it is written down as read."""

    def bound(found: Iterator[list[Any]]) -> Iterator[list[Any]]:
        many = 0
        for each in found:
            many += len(each)
            if many > MOST:
                raise Rejected("log_too_large", log_entries=MOST)
            for one in each:
                reading.saw.update(_persons(one.told if isinstance(one, logs.Entry) else one))
            yield each

    return bound


def _persons(told: Told) -> Iterator[UUID]:
    for thing in (told.thing, *told.names):
        if thing.kind is StreamKind.BENEFICIARY:
            yield UUID(thing.name)
