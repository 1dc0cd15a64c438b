"""The ledger as known on a position, walked for an event log."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from domain.agreement.events import AgreementSigned
from domain.folds.mended import Mended, ended_by
from domain.folds.order import place
from domain.message import Recorded, StreamKind, name_of
from ledger.ledger import Ledger
from service.exchange.outward import OPENED_IN, THINGS, Pseudonyms, Thing, Told, outward, told

READ = 1000
"""Events read at a time."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases a log tells of, and as known when."""

    known_on: int
    """The position of the last entry that counts."""
    centre: str | None = None
    """Those opened in this centre."""
    since: date | None = None
    """Those opened on this day or later."""
    until: date | None = None
    """Those opened on this day or before."""
    season: str | None = None
    """Those that an agreement of this season pays for."""

    @property
    def is_all(self) -> bool:
        return self == Wanted(self.known_on)

    def has(self, opening: Told) -> bool:
        """Whether a case whose first entry this is belongs to it."""
        return (
            self.centre in (None, opening.fields.get(OPENED_IN))
            and (self.since is None or opening.day >= self.since)
            and (self.until is None or opening.day <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a case, and what became of it."""

    told: Told
    ended_by: int | None
    """The version of the entry by which it does not count any more."""

    @property
    def counts(self) -> bool:
        return self.ended_by is None


def cases(ledger: Ledger, names: Pseudonyms, wanted: Wanted) -> Iterator[list[Entry]]:
    """Each case's entries by their days, those of a day as they were recorded; by the cases' ids."""
    paying = _of_season(ledger, wanted)
    for events in _streams(ledger, StreamKind.CASE, wanted.known_on):
        trace = in_order(events, names)
        if wanted.has(opening_of(trace)) and (paying is None or _are_named(paying, trace)):
            yield trace


def _of_season(ledger: Ledger, wanted: Wanted) -> set[Thing] | None:
    """The agreements of the season asked for; None where none is."""
    if wanted.season is None:
        return None
    return {
        Thing(StreamKind.AGREEMENT, name_of(each.envelope.stream))
        for events in _streams(ledger, StreamKind.AGREEMENT, wanted.known_on)
        for each in events
        if isinstance(each.event, AgreementSigned) and each.event.season.label == wanted.season
    }


def _are_named(things: set[Thing], trace: Iterable[Entry]) -> bool:
    return any(each.counts and not things.isdisjoint(each.told.names) for each in trace)


def in_order(events: Iterable[Recorded], names: Pseudonyms) -> list[Entry]:
    """A stream's entries, those that do not count any more too, in the order of what happened."""
    seen = outward(events)
    out, unread = ended_by(seen), _of_wrong_person(seen)
    seen.sort(key=lambda each: (place(each) > 1, each.envelope.occurred_on, place(each)))
    return [Entry(told(each, names, unread), out.get(each.envelope.version)) for each in seen]


def opening_of(trace: Iterable[Entry]) -> Told:
    """The first of a case's entries that counts."""
    return next(each.told for each in trace if each.counts)


def steps(ledger: Ledger, names: Pseudonyms, wanted: Wanted) -> Iterator[list[Told]]:
    """What each step recorded, step by step as they were recorded; of what is no thing, nothing.

    Where not all cases are wanted: what is about them, and what is about no case and about
    something that their entries name, such as the agreement that pays them.
    """
    chosen, around = (None, None) if wanted.is_all else _chosen(ledger, names, wanted)
    for events in _commands(ledger, wanted.known_on):
        found = [told(each, names) for each in outward(events) if each.event.stream in THINGS]
        if chosen is not None and around is not None:
            found = _cut(found, chosen, around)
        if found:
            yield found


def _chosen(ledger: Ledger, names: Pseudonyms, wanted: Wanted) -> tuple[set[Thing], set[Thing]]:
    """The cases that are wanted, and what their entries name."""
    chosen, around = set[Thing](), set[Thing]()
    for trace in cases(ledger, names, wanted):
        chosen.add(trace[0].told.thing)
        around.update(thing for each in trace for thing in each.told.names)
    return chosen, around


def _cut(found: list[Told], chosen: set[Thing], around: set[Thing]) -> list[Told]:
    every = {each.thing for each in found}.union(*(each.names for each in found))
    if chosen.isdisjoint(every) and any(each.kind is StreamKind.CASE for each in every):
        return []
    kept = chosen | around
    return [
        replace(each, names=tuple(thing for thing in each.names if thing in kept))
        for each in found
        if each.thing in kept
    ]


def _commands(ledger: Ledger, known_on: int) -> Iterator[list[Recorded]]:
    """What a step records stands together."""
    for _, events in groupby(_all(ledger, known_on), key=lambda each: each.envelope.command_id):
        yield list(events)


def _all(ledger: Ledger, known_on: int) -> Iterator[Recorded]:
    at = 0
    while at < known_on and (events := ledger.events(at, min(READ, known_on - at))):
        yield from events
        at = events[-1].envelope.position


def _streams(ledger: Ledger, kind: StreamKind, known_on: int) -> Iterator[list[Recorded]]:
    stretches = ledger.stretches(f"{kind}/", f"{kind}0", up_to=known_on, limit=READ)
    every = (each for stretch in stretches for each in stretch)
    for _, events in groupby(every, key=lambda each: each.envelope.stream):
        yield list(events)


def _of_wrong_person(events: Iterable[Recorded]) -> frozenset[int]:
    """The versions of what was told in a case that is another person's."""
    return frozenset(
        version
        for each in events
        if isinstance(each.event, Mended) and getattr(each.event, "wrong_person", None)
        for version in each.event.entries_mended()
    )
