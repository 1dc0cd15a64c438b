"""A long history in little time: some people's ways, decided once, and copied under other ids.

A copy holds what deciding it again would have recorded, encrypted under keys of its own. It
goes straight into the store, in groups; the commands' answers are left out.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent

from domain.message import Recorded, StreamKind, kind_of, name_of, stream_id
from ledger.at_rest.mapper import EventMapper
from ledger.keys.store import KeyStore
from ledger.ledger import Ledger
from ledger.postgres.connections import PostgresConnections
from ledger.postgres.store import PostgresStore
from ledger.sqlite.files import SqliteFile
from ledger.sqlite.store import SqliteStore
from ledger.store import ANYWHERE, LOCK_SECONDS, Store
from ledger.urls import sqlite_path
from tests.integration.projections.programme import Person, Programme

PROVINCES = ("taza", "midelt")
SIDE_BY_SIDE = 10
"""People of each centre whose steps alternate, so that streams lie mixed as in real life."""
GROUP = 200
OWN = frozenset({StreamKind.CASE, StreamKind.PROJECT, StreamKind.ORDER, StreamKind.BENEFICIARY})
"""Streams that every copy has of its own."""
SHARED: Mapping[StreamKind, int] = {
    StreamKind.SESSION: 1,
    StreamKind.CEREMONY: 1,
    StreamKind.AGREEMENT: 20,
}
"""After so many copies others of these begin, as in life: ten people on a session's or a ceremony's list, two
hundred under an agreement. The rest grow with each copy."""

Progress = Callable[[int, int], None]


def open_store(url: str) -> Store:
    """The ledger's store, below what decides."""
    path = sqlite_path(url)
    if path is not None:
        return SqliteStore(SqliteFile(path, lock_timeout=LOCK_SECONDS, pool_size=1))
    return PostgresStore(PostgresConnections(url, pool_size=1, lock_timeout=LOCK_SECONDS))


def decide_some(ledger: Ledger) -> int:
    """A programme that is settled, and some people's whole ways; where these begin."""
    running = Programme(ledger)
    running.settle(PROVINCES)
    before = ledger.head()
    people = [Person(running, centre) for centre in PROVINCES for _ in range(SIDE_BY_SIDE)]
    ways = itertools.zip_longest(*(person.commands() for person in people))
    commands = [command for each in ways for command in each if command is not None]
    for start in range(0, len(commands), GROUP):
        running.record(*commands[start : start + GROUP])
    return before


@dataclass(slots=True)
class Copies:
    """Copies of a stretch of the ledger, written behind it."""

    ledger: Ledger
    store: Store
    keys: KeyStore
    mapper: EventMapper
    _texts: dict[int, str] = field(default_factory=dict)

    def fill(self, events: int, progress: Progress) -> int:
        """Decide some, copy them until there are so many events; how many there are."""
        first = decide_some(self.ledger)
        decided = self.ledger.events(0, self.ledger.head())
        begun, pattern = decided[:first], decided[first:]
        versions = Counter(each.envelope.stream for each in decided)
        names: dict[str, str] = {}
        copies = itertools.count()
        while (head := self.ledger.head()) < events:
            progress(head, events)
            number = next(copies)
            anew = [kind for kind, many in SHARED.items() if number % many == 0]
            beginning = [each for each in begun if kind_of(each.envelope.stream) in anew]
            names |= _other_names([*beginning, *pattern], OWN.union(anew))
            self._write(list(self._copy([*beginning, *pattern], names, versions)))
        progress(head, head)
        return head

    def _copy(
        self, pattern: Sequence[Recorded], new: dict[str, str], versions: Counter[str]
    ) -> Iterator[StoredEvent]:
        of_its_own: Counter[str] = Counter()
        for recorded in pattern:
            about = recorded.envelope
            kind, name = kind_of(about.stream), name_of(about.stream)
            stream = stream_id(kind, new.get(name, name))
            counted = of_its_own if kind in OWN else versions
            counted[stream] += 1
            envelope = about._replace(
                event_id=uuid4(),
                stream=stream,
                version=counted[stream],
                subject=about.subject and UUID(new[str(about.subject)]),
            )
            event = type(recorded.event).model_validate_json(_renamed(self._text(recorded), new))
            yield self.mapper.to_stored_event(Recorded(envelope, event))

    def _text(self, recorded: Recorded) -> str:
        """An event as JSON, with which each copy of it begins."""
        position = recorded.envelope.position
        if position not in self._texts:
            self._texts[position] = recorded.event.model_dump_json()
        return self._texts[position]

    def _write(self, stored: Sequence[StoredEvent]) -> None:
        with (
            self.store.writing((), ANYWHERE) as transaction,
            self.store.committing(transaction),
        ):
            self.store.insert_events(stored, transaction=transaction)


def _other_names(pattern: Iterable[Recorded], kinds: Collection[StreamKind]) -> dict[str, str]:
    streams = {recorded.envelope.stream for recorded in pattern}
    return {name_of(each): str(uuid4()) for each in streams if kind_of(each) in kinds}


def _renamed(text: str, new: dict[str, str]) -> str:
    for old, other in new.items():
        text = text.replace(old, other)
    return text
