"""The key store's rows, taken out and put back behind Jisr's back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from tests.faults.house import House
from tests.support.postgres import OWNER


def wrapped_key(house: House, subject: UUID) -> bytes:
    """As it is stored; empty where there is none."""
    rows = _run(house, "SELECT wrapped FROM subject_keys WHERE subject = ?", subject)
    return bytes(rows[0][0]) if rows else b""


def lose_key(house: House, subject: UUID) -> bytes:
    """As if the key store were a copy from before there was that key; what was stored."""
    wrapped = wrapped_key(house, subject)
    _run(house, "DELETE FROM subject_keys WHERE subject = ?", subject)
    return wrapped


def bring_back(house: House, subject: UUID, wrapped: bytes) -> None:
    _run(house, "INSERT INTO subject_keys (subject, wrapped) VALUES (?, ?)", subject, wrapped)


def _run(house: House, query: str, subject: UUID, *more: bytes) -> list[Any]:
    with _opened(house) as connection:
        if isinstance(connection, sqlite3.Connection):
            return connection.execute(query, (subject.bytes, *more)).fetchall()
        text = query.replace("?", "%s").replace(" subject_keys", " keys.subject_keys")
        done = connection.execute(sql.SQL(text), (subject, *more))
        return done.fetchall() if done.description else []


@contextmanager
def _opened(house: House) -> Iterator[Any]:
    """As whoever owns the tables: the service's role may take no key away."""
    if house.postgres is None:
        with closing(sqlite3.connect(house.data / "keys.db")) as keys, keys:
            yield keys
    else:
        with psycopg.connect(house.postgres.url("jisr", OWNER)) as connection:
            yield connection
