"""What a PostgreSQL database must be before the ledger or its keys are opened on it."""

from typing import Any

import psycopg
from psycopg import sql

from domain.errors import DatabaseBehind, DatabaseUnfit
from ledger.store import SCHEMA_VERSION


def require_fit(connection: psycopg.Connection[Any]) -> None:
    """Raises `DatabaseUnfit` where names would be refused or a commit forgotten."""
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise DatabaseUnfit(because="encoding", found=encoding, needed="UTF8")
    ((waits,),) = connection.execute("SHOW synchronous_commit").fetchall()
    if waits == "off":
        raise DatabaseUnfit(because="synchronous_commit", found=waits, needed="on")


def require_prepared(connection: psycopg.Connection[Any], schema: str) -> None:
    """Raises `DatabaseBehind` unless `prepare` of this version has run."""
    version = sql.Identifier(schema, "schema_version")
    try:
        row = connection.execute(sql.SQL("SELECT version FROM {}").format(version)).fetchone()
    except (
        psycopg.errors.UndefinedTable,
        psycopg.errors.InvalidSchemaName,
        psycopg.errors.InsufficientPrivilege,
    ) as error:
        raise DatabaseBehind(schema=schema, needed=SCHEMA_VERSION) from error
    found = int(row[0]) if row else None
    if found != SCHEMA_VERSION:
        raise DatabaseBehind(schema=schema, found=found, needed=SCHEMA_VERSION)
