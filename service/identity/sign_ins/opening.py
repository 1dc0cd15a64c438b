"""Opens the store of sign-ins by URL, and makes its place."""

import fcntl
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect, make_url, text
from sqlalchemy.schema import CreateIndex, CreateTable

from domain.errors import DatabaseBehind
from ledger.faults import closed_on_failure
from ledger.sqlite.wholeness import is_damaged
from ledger.urls import sqlite_path
from projections.store import translated
from service.identity.sign_ins.tables import SCHEMA, metadata

log = logging.getLogger(__name__)

LOCK_SECONDS = 5
OWNER_ONLY = 0o600
SIGN_INS = "sign_ins"
"""The table by which the file is known."""
BESIDE = ("-wal", "-shm", "-journal")
GRANTS = (
    "GRANT USAGE ON SCHEMA {schema} TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
)


def open_engine(url: str) -> Engine:
    """The store at `sqlite:///absolute/path.db`, made when missing, or `postgresql+psycopg://…`.

    Raises `Unavailable`, and `DatabaseBehind` where PostgreSQL was not prepared.
    """
    path = sqlite_path(url)
    with translated("sign_ins"):
        return _postgres(url) if path is None else _sqlite(path)


def _sqlite(path: Path) -> Engine:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(
        "sqlite://", creator=lambda: _connected(path), isolation_level="AUTOCOMMIT"
    )
    with _alone(path):
        if is_damaged(path, SIGN_INS):
            log.warning("%s is damaged: it is made anew, and people sign in again", path.name)
            for each in (path, *(path.with_name(path.name + end) for end in BESIDE)):
                each.unlink(missing_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY))
        with engine.connect() as connection:
            _make_tables(connection)
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


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=LOCK_SECONDS, check_same_thread=False)
    with closed_on_failure(connection):
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
    return connection


def _postgres(url: str) -> Engine:
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        pool_pre_ping=True,
        connect_args={"options": f"-c search_path={SCHEMA}"},
    )
    missing = metadata.tables.keys() - set(inspect(engine).get_table_names(SCHEMA))
    if missing:
        engine.dispose()
        raise DatabaseBehind(missing=", ".join(sorted(missing)))
    return engine


def prepare_sign_ins(owner_url: str, service_role: str) -> None:
    """Make the schema and its tables in PostgreSQL for the service's role. Can be repeated."""
    engine = create_engine(make_url(owner_url).set(drivername="postgresql+psycopg"))
    named = {
        "schema": SCHEMA,
        "role": engine.dialect.identifier_preparer.quote(service_role),
    }
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        connection.execute(text(f"SET LOCAL search_path TO {SCHEMA}"))
        _make_tables(connection)
        for grant in GRANTS:
            connection.execute(text(grant.format(**named)))
    engine.dispose()


def _make_tables(connection: Connection) -> None:
    for table in metadata.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))
        for index in sorted(table.indexes, key=lambda each: str(each.name)):
            connection.execute(CreateIndex(index, if_not_exists=True))
