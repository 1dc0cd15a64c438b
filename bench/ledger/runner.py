"""The library's own way to views: a ProjectionRunner over the same events, on PostgreSQL.

Events are decoded by the ledger's mapper, as for our own views, and what follows from one
is written with the tracking, in the transaction that the runner wants for each event. Once
as little as can be, one row of one table; once what our projector writes, all views.
"""

import time
from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, ClassVar
from urllib.parse import urlsplit

import psycopg
from eventsourcing.application import Application
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Mapper, StoredEvent, Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL, Composed, Identifier, Placeholder

from domain.message import Recorded
from ledger.at_rest.mapper import EventMapper
from projections.folding import Folding
from projections.postgres import writing as postgres_writing
from projections.view import View

LOT = 1000
SCHEMA = "library"
SECONDS = 600
_TABLE = b"""CREATE TABLE library.latest (
    stream text PRIMARY KEY, version bigint, type text, occurred_on date, recorded_at timestamptz)"""
_WRITE = b"""INSERT INTO library.latest VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (stream) DO UPDATE SET version = excluded.version, type = excluded.type,
    occurred_on = excluded.occurred_on, recorded_at = excluded.recorded_at"""
_EVENTS = """SELECT originator_id, originator_version, topic, state
    FROM ledger.stored_events ORDER BY position LIMIT %s"""


class Events(Application[str]):
    """The ledger's events, in a recorder of the library's own."""

    name = "events"
    mapper_in_use: ClassVar[EventMapper]

    def construct_mapper(self) -> Mapper[str]:
        return self.mapper_in_use


class Tables(PostgresTrackingRecorder):
    """Where both projections write."""

    @contextmanager
    def moving(self, tracking: Tracking) -> Iterator[psycopg.Cursor[Any]]:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            yield cursor


class EachEvent(Projection[Tables]):
    """What the two have in common."""

    def process_event(self, domain_event: DomainEventProtocol[Any], tracking: Tracking) -> None:
        if not isinstance(domain_event, Recorded):
            raise TypeError(type(domain_event))
        self.write(domain_event, tracking)

    @abstractmethod
    def write(self, recorded: Recorded, tracking: Tracking) -> None: ...


class Latest(EachEvent):
    """The last event of each stream."""

    name = "latest"

    def write(self, recorded: Recorded, tracking: Tracking) -> None:
        about = recorded.envelope
        row = (about.stream, about.version, about.event_type, about.occurred_on, about.recorded_at)
        with self.view.moving(tracking) as cursor:
            cursor.execute(_WRITE, row, prepare=True)


class AllViews(EachEvent):
    """Every row that our projector would write."""

    name = "views"
    new_folding: ClassVar[Callable[[], Folding]]

    def __init__(self, view: Tables) -> None:
        super().__init__(view)
        self._folding = type(self).new_folding()

    def write(self, recorded: Recorded, tracking: Tracking) -> None:
        changes = self._folding.take([recorded])
        with self.view.moving(tracking) as cursor, cursor.connection.pipeline():
            for view, owners in changes.gone.items():
                cursor.execute(_delete(view), (owners,), prepare=True)
            for view, rows in changes.rows.items():
                for row in view.cells(rows):
                    cursor.execute(_insert(view), row, prepare=True)


@cache
def _delete(view: View[Any]) -> Composed:
    names = Identifier(SCHEMA, view.name), Identifier(view.owner)
    return SQL("DELETE FROM {} WHERE {} = ANY(%s)").format(*names)


@cache
def _insert(view: View[Any]) -> Composed:
    cells = SQL(",").join([Placeholder()] * len(view.names))
    columns = SQL(",").join(map(Identifier, view.names))
    insert = SQL("INSERT INTO {} ({}) VALUES ({})")
    return insert.format(Identifier(SCHEMA, view.name), columns, cells)


@contextmanager
def _prepared(owner_url: str, events: int) -> Iterator[dict[str, str]]:
    """A schema with the first events and empty tables; what the library wants to know of it."""
    parts = urlsplit(owner_url)
    environment = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": parts.path.lstrip("/"),
        "POSTGRES_HOST": parts.hostname or "",
        "POSTGRES_PORT": str(parts.port),
        "POSTGRES_USER": parts.username or "",
        "POSTGRES_PASSWORD": "none",
        "POSTGRES_SCHEMA": SCHEMA,
        "ORIGINATOR_ID_TYPE": "text",
        "POSTGRES_POOL_SIZE": "5",
    }
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(SCHEMA)))
        try:
            with postgres_writing.connect(owner_url, SCHEMA) as views:
                postgres_writing.create(views, indexed=True, made=True)
            connection.execute(_TABLE)
            rows = connection.execute(_EVENTS, (events,)).fetchall()
            application = Events(environment)
            for start in range(0, len(rows), LOT):
                stored = [StoredEvent(*row) for row in rows[start : start + LOT]]
                application.recorder.insert_events(stored)
            application.close()
            yield environment
        finally:
            connection.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(SCHEMA)))


def events_a_second(owner_url: str, projection: type[EachEvent], events: int) -> float:
    """How fast the library projects so many of them."""
    with _prepared(owner_url, events) as environment:
        started = time.perf_counter()
        with ProjectionRunner(
            application_class=Events,
            projection_class=projection,
            view_class=Tables,
            env=environment,
        ) as runner:
            runner.wait(events, timeout=SECONDS)
        return events / (time.perf_counter() - started)
