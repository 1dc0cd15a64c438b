"""Who is at work on a ledger in PostgreSQL: a row each, which says again now and then that they live."""

import logging
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID, uuid4

import psycopg

from ledger.faults import translated
from ledger.ground.living import Alive
from ledger.postgres.connections import PostgresConnections

log = logging.getLogger("jisr.ledger")

BEAT_SECONDS = 20.0
SILENT_SECONDS = 60
"""Who said nothing for so long is not at work any more."""

_SAY = """INSERT INTO ledger.processes (id, part, place, reads) VALUES (%s, %s, %s, %s)
    ON CONFLICT (id) DO UPDATE SET seen_at = clock_timestamp()"""
_LEAVE = "DELETE FROM ledger.processes WHERE id = %s"
_CLEAR = "DELETE FROM ledger.processes WHERE seen_at < clock_timestamp() - interval '1 day'"
_EVERYBODY = """SELECT part, place, reads FROM ledger.processes
    WHERE seen_at > clock_timestamp() - make_interval(secs => %s) ORDER BY part, place"""


class PostgresLiving:
    """`ledger.ground.living.Living` in a prepared database."""

    def __init__(self, connections: PostgresConnections) -> None:
        self._connections = connections

    @contextmanager
    def at_work(self, part: str, reads: int) -> Iterator[None]:
        me = uuid4()
        row = (me, part, f"process {os.getpid()} on {socket.gethostname()}", reads)
        with translated("ledger"):
            self._execute(_CLEAR)
            self._execute(_SAY, row)
        left = threading.Event()
        saying = threading.Thread(target=self._say, args=(row, left), name="living", daemon=True)
        saying.start()
        try:
            yield
        finally:
            left.set()
            saying.join()
            with suppress(psycopg.Error):
                self._execute(_LEAVE, (me,))

    def _say(self, row: tuple[UUID, str, str, int], left: threading.Event) -> None:
        while not left.wait(BEAT_SECONDS):
            try:
                self._execute(_SAY, row)
            except psycopg.Error:
                log.warning("the database is away: nobody is told that this process lives")

    def _execute(self, statement: str, given: tuple[object, ...] = ()) -> None:
        with self._connections.get_connection() as connection:
            connection.execute(statement, given)

    def everybody(self) -> list[Alive]:
        with translated("ledger"), self._connections.get_connection() as connection:
            rows = connection.execute(_EVERYBODY, (SILENT_SECONDS,)).fetchall()
        return [Alive(*row) for row in rows]

    def close(self) -> None:
        self._connections.close()
