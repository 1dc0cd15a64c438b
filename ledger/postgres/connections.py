"""Connections to PostgreSQL, made by who needs one and kept for the next.

The library's pool answers an outage with ten silent retries, psycopg's with a wait. Here
a refused connection is an error at once, a connection that died while it lay idle is
noticed without a round trip, and the first call after the server is back succeeds.
"""

import select
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from eventsourcing.persistence import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus

from ledger.postgres.session import options

SETTINGS: dict[str, str | int] = {
    "application_name": "jisr",
    "client_encoding": "utf8",
    "connect_timeout": 5,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""Unless the URL says otherwise. A server that vanished is noticed within seconds."""


class PostgresConnections:
    """At most `pool_size` connections, of this process; safe to use from many threads."""

    def __init__(
        self, url: str, *, pool_size: int, lock_timeout: int, read_only: bool = False
    ) -> None:
        self.lock_timeout = lock_timeout
        self.read_only = read_only
        given: dict[str, Any] = dict(conninfo_to_dict(url))
        # Whoever holds the lock and then hangs must not stop everybody for ever.
        given["options"] = options(
            given.get("options"),
            lock_timeout=f"{lock_timeout}s",
            idle_in_transaction_session_timeout=f"{3 * lock_timeout}s",
            default_transaction_read_only="on" if read_only else "off",
        )
        self.conninfo = make_conninfo("", **{**SETTINGS, **given})
        self._free = threading.Semaphore(pool_size)
        self._idle: deque[psycopg.Connection[Any]] = deque()
        self._closed = False

    def require_writing(self) -> None:
        if self.read_only:
            raise ProgrammingError("opened to be read; JISR_LEDGER_WRITE=yes lets it be written")

    @contextmanager
    def get_connection(self) -> Iterator[psycopg.Connection[Any]]:
        """An autocommit connection; a transaction left open on it is rolled back."""
        if not self._free.acquire(timeout=self.lock_timeout):
            raise psycopg.OperationalError("all connections are in use")
        try:
            connection = self._taken()
            try:
                yield connection
            finally:
                self._put_back(connection)
        finally:
            self._free.release()

    def _taken(self) -> psycopg.Connection[Any]:
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:
                break
            if _is_quiet(connection):
                return connection
            connection.close()
        if self._closed:
            raise psycopg.OperationalError("the ledger is closed")
        return psycopg.connect(self.conninfo, autocommit=True)

    def _put_back(self, connection: psycopg.Connection[Any]) -> None:
        status = connection.info.transaction_status
        if status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
            try:
                connection.rollback()
            except psycopg.Error:
                connection.close()
        if connection.info.transaction_status is not TransactionStatus.IDLE or self._closed:
            connection.close()
        else:
            self._idle.append(connection)

    def close(self) -> None:
        self._closed = True
        while self._idle:
            self._idle.pop().close()


def _is_quiet(connection: psycopg.Connection[Any]) -> bool:
    """A server that went away, or says that it will, has something to read on the socket."""
    if connection.closed:
        return False
    socket = select.poll()
    socket.register(connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
    return not socket.poll(0)
