"""Where a rule is tried: an empty ledger on one database, and a store that may be wrong."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import psycopg
from eventsourcing.persistence import StoredEvent

from ledger import opening
from ledger.ledger import Ledger
from ledger.store import ANYWHERE, LOCK_SECONDS, Answer
from ledger.urls import sqlite_path
from tests.integration.ledger.place import Place


@dataclass(frozen=True)
class Wrong:
    """The right store with one defect."""

    says: str
    store: Callable[[Any], Any] = lambda right: right
    keys: Callable[[Any], Any] = lambda right: right
    sql: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By database: what an owner did to the tables by hand."""


REFUSED = (sqlite3.IntegrityError, psycopg.IntegrityError)
"""How either database refuses a row."""

RIGHT = Wrong("as it should be")


class House:
    """Opens stores and ledgers on one place, all with the same defect or none."""

    def __init__(self, place: Place, wrong: Wrong, stack: ExitStack) -> None:
        self.place = place
        self._wrong = wrong
        self._stack = stack

    def store(self, lock_seconds: int = LOCK_SECONDS) -> Any:
        store = self._made(self.place.url, lock_seconds, 8)
        self._stack.callback(store.close)
        return store

    def ledger(self, **settings: Any) -> Ledger:
        key_table = opening.open_key_table

        def wrong_keys(*given: Any, **how: Any) -> Any:
            return self._wrong.keys(key_table(*given, **how))

        with (
            patch.object(opening, "_store", self._made),
            patch.object(opening, "open_key_table", wrong_keys),
        ):
            ledger = self.place.open(**settings)
        self._stack.callback(ledger.close)
        return ledger

    def _made(self, *given: Any, **how: Any) -> Any:
        right = _STORE(*given, **how)
        self._stack.callback(right.close)
        self.by_hand(*self._wrong.sql.get(self.place.kind, ()))
        return self._wrong.store(right)

    def by_hand(self, *statements: str) -> None:
        """Whoever owns the database, past the store. `{}` in a name is the ledger's schema."""
        if not statements:
            return
        with self.owner() as owner:
            for statement in statements:
                owner.execute(statement.replace("{}", "" if self.sqlite else "ledger."))

    @property
    def sqlite(self) -> bool:
        return self.place.kind == "sqlite"

    @contextmanager
    def owner(self) -> Iterator[Any]:
        path = sqlite_path(self.place.url)
        connection: Any
        if path is not None:
            with closing(sqlite3.connect(path)) as connection, connection:
                yield connection
        else:
            with psycopg.connect(self.place.owner_url) as connection:
                yield connection


_STORE = opening._store


def event(stream: str, version: int, state: bytes = b"{}", topic: str = "Told:1") -> StoredEvent:
    return StoredEvent(stream, version, topic, state)


def write(store: Any, *events: StoredEvent) -> list[int]:
    """In one commit; the positions that the store says they have."""
    with store.writing((), ANYWHERE) as transaction, store.committing(transaction):
        return list(store.insert_events(events, transaction=transaction))


class _GivenUp(Exception):
    pass


def give_up(store: Any, *events: StoredEvent, answers: Sequence[Answer] = ()) -> None:
    """Insert them, and then do not commit."""
    with (
        suppress(_GivenUp),
        store.writing((), ANYWHERE) as transaction,
        store.committing(transaction),
    ):
        store.insert_events(events, transaction=transaction)
        if answers:
            store.insert_answers(answers, transaction)
        raise _GivenUp


def positions(store: Any) -> list[int]:
    """Of everything, as a reader gets them."""
    return [found.id for found in store.select_notifications(None, 10_000)]
