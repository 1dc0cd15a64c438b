"""What a PostgreSQL database must be before the ledger or its keys are opened on it."""

from typing import Any

import psycopg
from psycopg import sql

from domain.errors import DatabaseBehind, DatabaseUnfit
from ledger.migrations import missing, steps


def require_fit(connection: psycopg.Connection[Any]) -> None:
    """Raises `DatabaseUnfit` where names would be refused or a commit forgotten."""
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise DatabaseUnfit(because="encoding", found=encoding, needed="UTF8")
    ((waits,),) = connection.execute("SHOW synchronous_commit").fetchall()
    if waits == "off":
        raise DatabaseUnfit(because="synchronous_commit", found=waits, needed="on")


def require_prepared(connection: psycopg.Connection[Any], room: str) -> None:
    """Raises `DatabaseBehind` until `prepare` has run, and `DatabaseNewer` for an old program."""
    try:
        found = version_of(connection, room)
    except (
        psycopg.errors.UndefinedTable,
        psycopg.errors.InvalidSchemaName,
        psycopg.errors.InsufficientPrivilege,
    ) as error:
        raise DatabaseBehind(schema=room) from error
    if left := missing(steps("postgres", room), found):
        raise DatabaseBehind(schema=room, found=found, needed=left[-1].number)


def version_of(connection: psycopg.Connection[Any], room: str) -> int:
    """The last migration taken; 0 for none."""
    table = sql.Identifier(room, "schema_version")
    select = sql.SQL("SELECT coalesce(max(version), 0) FROM {}").format(table)
    ((found,),) = connection.execute(select).fetchall()
    return int(found)
