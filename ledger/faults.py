"""What may go wrong below, in the words of `domain.errors`.

An outage is `Unavailable`: the same call may succeed later. Whatever else a database
raises is a fault of ours, and becomes `Unexpected`. Messages of exceptions are never
logged, because they quote what they stumbled over; frames and types are.
"""

import logging
import secrets
import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import psycopg
from eventsourcing import persistence
from eventsourcing.domain import EventSourcingError

from domain.errors import Param, Unavailable, Unexpected

log = logging.getLogger("jisr.ledger")

_SQLITE_OUTAGES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)
_SQLITE_PRIMARY_CODE = 0xFF
_POSTGRES_OUTAGES = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    psycopg.errors.ReadOnlySqlTransaction,
)
_POOL_OUTAGES = (
    persistence.OperationalError,
    persistence.InterfaceError,
    persistence.ConnectionPoolClosedError,
)


def is_outage(error: BaseException) -> bool:
    """Whether the same call may succeed later."""
    if isinstance(error, sqlite3.Error):
        code: int | None = getattr(error, "sqlite_errorcode", None)
        return code is not None and code & _SQLITE_PRIMARY_CODE in _SQLITE_OUTAGES
    return isinstance(error, (OSError, *_POSTGRES_OUTAGES, *_POOL_OUTAGES))


def unexpected(error: BaseException, where: str, **params: Param) -> Unexpected:
    """Log `error` once, without its message, and return what the caller may see of it."""
    reference = secrets.token_hex(4)
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("unexpected %s in %s, reference %s\n%s", _kind(error), where, reference, frames)
    return Unexpected(reference=reference, **params)


def _kind(error: BaseException) -> str:
    kinds = [type(error).__qualname__]
    cause = error.__cause__ or error.__context__
    if cause is not None:
        kinds.append(_kind(cause))
    return " from ".join(kinds)


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Raises what a database raises inside as `Unavailable` or `Unexpected`."""
    try:
        yield
    except (sqlite3.Error, psycopg.Error, EventSourcingError, OSError) as error:
        if is_outage(error):
            raise Unavailable(database=where) from error
        raise unexpected(error, where) from None


class _Closes(Protocol):
    def close(self) -> None: ...


@contextmanager
def closed_on_failure(opened: _Closes) -> Iterator[None]:
    """Closes what was opened when what is made of it inside cannot be made."""
    try:
        yield
    except BaseException:
        opened.close()
        raise


_LIBRARY_SAYS: tuple[
    tuple[tuple[type[Exception], ...], type[persistence.PersistenceError]], ...
] = (
    ((sqlite3.IntegrityError, psycopg.IntegrityError), persistence.IntegrityError),
    ((sqlite3.OperationalError, psycopg.OperationalError), persistence.OperationalError),
    ((sqlite3.Error, psycopg.Error), persistence.PersistenceError),
)


@contextmanager
def as_the_library_says() -> Iterator[None]:
    """Raises what a database raises inside as the eventsourcing library's own errors."""
    try:
        yield
    except (sqlite3.Error, psycopg.Error) as error:
        for raised, told in _LIBRARY_SAYS:
            if isinstance(error, raised):
                raise told(str(error)) from error
