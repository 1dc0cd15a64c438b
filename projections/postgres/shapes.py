"""The schemas of views, by shape: each release has its own, beside another's while both are at work.

Whoever has views open shares a lock on their shape, which ends with its connection. The tables of
another shape that nobody has open are dropped, for they have names and nobody keeps them up. Their
schemas are the owner's, and go with the next `jisr database prepare`.
"""

import logging
from collections.abc import Collection

from psycopg import sql

from projections.postgres.writing import (
    LIVE,
    NEXT,
    NEXT_SUFFIX,
    OPEN_LOCK,
    PREFIX,
    Raw,
    number_of,
    tables_in,
)
from projections.views.table import shape

log = logging.getLogger("jisr.projections")

_SCHEMAS = "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s) ORDER BY nspname"


def hold(connection: Raw) -> None:
    """Have this shape's views open, for as long as the connection lasts."""
    wanted = OPEN_LOCK, number_of(shape())
    connection.execute("SELECT pg_advisory_lock_shared(%s, %s)", wanted)


def others(connection: Raw) -> list[str]:
    """The other shapes of which there are tables."""
    live = [each for each in _schemas(connection) if not each.endswith(NEXT_SUFFIX)]
    return [each.removeprefix(PREFIX) for each in live if tables_in(connection, each)]


def retire(connection: Raw, idle: Collection[str]) -> list[str]:
    """As of `Views`."""
    return [
        each for each in others(connection) if _is_idle(connection, each, remove_it=each in idle)
    ]


def _is_idle(connection: Raw, other: str, *, remove_it: bool) -> bool:
    wanted = OPEN_LOCK, number_of(other)
    if connection.execute("SELECT pg_try_advisory_lock(%s, %s)", wanted).fetchone() != (True,):
        return False
    if remove_it:
        for schema in (f"{PREFIX}{other}{NEXT_SUFFIX}", f"{PREFIX}{other}"):
            drop_all(connection, schema)
        log.info("%s%s is emptied: no release has these views open any more", PREFIX, other)
    connection.execute("SELECT pg_advisory_unlock(%s, %s)", wanted)
    return True


def drop_empty(connection: Raw) -> None:
    """Drop the schemas of other shapes without tables; as their owner."""
    for schema in _schemas(connection):
        if not tables_in(connection, schema):
            connection.execute(sql.SQL("DROP SCHEMA {}").format(sql.Identifier(schema)))


def drop_all(connection: Raw, schema: str) -> None:
    for table in tables_in(connection, schema):
        connection.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(schema, table)))


def _schemas(connection: Raw) -> list[str]:
    """Those of other shapes."""
    found = connection.execute(_SCHEMAS, (PREFIX,)).fetchall()
    return [name for (name,) in found if name not in (LIVE, NEXT)]
