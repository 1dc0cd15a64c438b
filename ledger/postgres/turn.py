"""Whose turn it is, by an advisory lock of a connection of its own."""

import threading
from typing import Any

import psycopg

from ledger.faults import translated
from ledger.postgres.schema import LOCK

_TRY = "SELECT pg_try_advisory_lock(%s, hashtext(%s))"


class PostgresTurn:
    """`ledger.following.turn.Turn` among all processes of a database.

    The lock is the connection's: whoever lost that lost the turn too, and finds out by asking.
    """

    def __init__(self, conninfo: str, name: str) -> None:
        self._conninfo = conninfo
        self._name = name
        self._asking = threading.Lock()
        self._connection: psycopg.Connection[Any] | None = None

    def hold(self) -> bool:
        with self._asking, translated("ledger"):
            if self._connection is None:
                self._connection = self._locked()
            else:
                self._require_alive(self._connection)
            return self._connection is not None

    def _locked(self) -> psycopg.Connection[Any] | None:
        connection = psycopg.connect(self._conninfo, autocommit=True)
        try:
            if connection.execute(_TRY, (LOCK, self._name)).fetchone() == (True,):
                return connection
        except BaseException:
            connection.close()
            raise
        connection.close()
        return None

    def _require_alive(self, connection: psycopg.Connection[Any]) -> None:
        try:
            connection.execute("SELECT 1")
        except psycopg.Error:
            self._connection = None
            connection.close()
            raise

    def close(self) -> None:
        with self._asking:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
