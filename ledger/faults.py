"""What may go wrong below, in the words of `domain.errors`.

An outage is `Unavailable`: the same call may succeed later. Whatever else a database
raises is a fault of ours, and becomes `Unexpected`. Messages of exceptions are never
logged, because they quote what they stumbled over; frames and types are.
"""

import errno
import logging
import secrets
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from eventsourcing import persistence
from eventsourcing.domain import EventSourcingError

from domain.errors import DatabaseDamaged, Param, Unavailable, Unexpected

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
_READ_ONLY = "25006"
"""What PostgreSQL says of a write while it only reads, as a standby does."""
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, "XX001", "XX002"})
"""What says that a file is no database, or is one no longer; PostgreSQL's codes are texts."""
_BECAUSE = {
    "disk_full": {sqlite3.SQLITE_FULL, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, "53100"},
    "read_only": {sqlite3.SQLITE_READONLY, errno.EROFS, errno.EACCES, errno.EPERM, _READ_ONLY},
}
"""Outages that last until somebody acts, by the codes of SQLite, files and PostgreSQL."""
_POOL_OUTAGES = (
    persistence.OperationalError,
    persistence.InterfaceError,
    persistence.ConnectionPoolClosedError,
)


def _drivers() -> tuple[Any, ...]:
    """The drivers whose errors there can be, each a module with the exceptions of PEP 249.

    PostgreSQL's takes a quarter of a second to load: only who opens such a database has it.
    """
    postgres = sys.modules.get("psycopg")
    return (sqlite3,) if postgres is None else (sqlite3, postgres)


def _raised(name: str) -> tuple[type[Exception], ...]:
    """The drivers' exceptions of that name."""
    return tuple(getattr(driver, name) for driver in _drivers())


def _failures() -> tuple[type[Exception], ...]:
    """Whatever a database, the library around it or its files raise."""
    return (*_raised("Error"), EventSourcingError, OSError)


def _code(error: BaseException) -> int | str | None:
    """What the error calls itself, as SQLite, the file system or PostgreSQL does."""
    if isinstance(error, sqlite3.Error):
        code: int | None = getattr(error, "sqlite_errorcode", None)
        return None if code is None else code & _SQLITE_PRIMARY_CODE
    return error.errno if isinstance(error, OSError) else getattr(error, "sqlstate", None)


def reason(error: BaseException) -> str | None:
    """Why nothing can be stored: `disk_full`, `read_only`; None for what may pass by itself."""
    files = (sqlite3.Error, OSError)
    for because, codes in _BECAUSE.items():
        code = _code(error)
        if code in codes and (isinstance(code, str) or isinstance(error, files)):
            return because
    return None


def is_outage(error: BaseException) -> bool:
    """Whether the same call may succeed later."""
    if isinstance(error, sqlite3.Error):
        return _code(error) in _SQLITE_OUTAGES
    outages = (*_raised("OperationalError"), *_raised("InterfaceError"))
    if isinstance(error, (OSError, *outages, *_POOL_OUTAGES)):
        return True
    return _code(error) == _READ_ONLY


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
    """Raises what a database raises inside as `Unavailable`, `DatabaseDamaged` or `Unexpected`."""
    try:
        yield
    except _failures() as error:
        if is_outage(error):
            because = reason(error)
            told = {"because": because} if because else {}
            raise Unavailable(database=where, **told) from error
        if _code(error) in _DAMAGED:
            raise DatabaseDamaged(database=where) from error
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


_LIBRARY_SAYS = (
    ("IntegrityError", persistence.IntegrityError),
    ("OperationalError", persistence.OperationalError),
    ("Error", persistence.PersistenceError),
)


@contextmanager
def as_the_library_says() -> Iterator[None]:
    """Raises what a database raises inside as the eventsourcing library's own errors."""
    try:
        yield
    except _raised("Error") as error:
        for name, told in _LIBRARY_SAYS:
            if isinstance(error, _raised(name)):
                raise told(str(error)) from error
