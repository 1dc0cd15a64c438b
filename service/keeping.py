"""Opens a small store of what is no event by URL, and makes its place: in SQLite a file of its own,
in PostgreSQL a schema.
"""

import fcntl
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import (
    Connection,
    Engine,
    MetaData,
    QueuePool,
    create_engine,
    inspect,
    make_url,
    text,
)
from sqlalchemy.schema import CreateIndex, CreateTable

from domain.errors import DatabaseBehind, DatabaseDamaged
from ledger.faults import closed_on_failure
from ledger.sqlite.wholeness import is_damaged
from ledger.urls import sqlite_path
from projections.store import translated

log = logging.getLogger(__name__)

LOCK_SECONDS = 5
OWNER_ONLY = 0o600
BESIDE = ("-wal", "-shm", "-journal")
GRANTS = (
    "GRANT USAGE ON SCHEMA {schema} TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept together: a file's name, or a schema's."""

    name: str
    metadata: MetaData
    known_by: str
    """The table by which a file is known."""
    is_made_again: bool
    """Whether a damaged file is taken away and made anew: what is in it may be lost."""


def open_engine(url: str, kept: Kept) -> Engine:
    """The store at `sqlite:///absolute/path.db`, made when missing, or `postgresql+psycopg://…`.

    Raises `Unavailable`, `DatabaseDamaged`, and `DatabaseBehind` where PostgreSQL was not prepared.
    """
    path = sqlite_path(url)
    with translated(kept.name):
        return _postgres(url, kept) if path is None else _sqlite(path, kept)


def _sqlite(path: Path, kept: Kept) -> Engine:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(
        "sqlite://",
        creator=lambda: _connected(path, durable=not kept.is_made_again),
        isolation_level="AUTOCOMMIT",
        poolclass=QueuePool,  # the one for memory closes others' connections at the sixth thread
    )
    with _alone(path):
        if is_damaged(path, kept.known_by):
            if not kept.is_made_again:
                raise DatabaseDamaged(database=str(path))
            log.warning("%s is damaged: it is made anew", path.name)
            for each in (path, *(path.with_name(path.name + end) for end in BESIDE)):
                each.unlink(missing_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY))
        with engine.connect() as connection:
            _make_tables(connection, kept)
    return engine


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Of several that start on a damaged file one takes it away, and none the new one."""
    lock = path.with_name(f"{path.name}.lock")
    descriptor = os.open(lock, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, OWNER_ONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _connected(path: Path, *, durable: bool) -> sqlite3.Connection:
    """`durable`: what was kept survives the loss of power at once, and not from some later moment on."""
    kept = "FULL" if durable else "NORMAL"
    connection = sqlite3.connect(path, timeout=LOCK_SECONDS, check_same_thread=False)
    with closed_on_failure(connection):
        for pragma in ("journal_mode=WAL", f"synchronous={kept}", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
    return connection


def _postgres(url: str, kept: Kept) -> Engine:
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        pool_pre_ping=True,
        connect_args={"options": f"-c search_path={kept.name}"},
    )
    missing = kept.metadata.tables.keys() - set(inspect(engine).get_table_names(kept.name))
    if missing:
        engine.dispose()
        raise DatabaseBehind(missing=", ".join(sorted(missing)))
    return engine


def prepare_kept(owner_url: str, service_role: str, kept: Kept) -> None:
    """Make the schema and its tables in PostgreSQL for the service's role. Can be repeated."""
    engine = create_engine(make_url(owner_url).set(drivername="postgresql+psycopg"))
    named = {
        "schema": kept.name,
        "role": engine.dialect.identifier_preparer.quote(service_role),
    }
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {kept.name}"))
        connection.execute(text(f"SET LOCAL search_path TO {kept.name}"))
        _make_tables(connection, kept)
        for grant in GRANTS:
            connection.execute(text(grant.format(**named)))
    engine.dispose()


def _make_tables(connection: Connection, kept: Kept) -> None:
    for table in kept.metadata.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))
        for index in sorted(table.indexes, key=lambda each: str(each.name)):
            connection.execute(CreateIndex(index, if_not_exists=True))
