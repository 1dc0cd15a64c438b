"""Opens the views by URL."""

from ledger.urls import sqlite_path
from projections.reached import State
from projections.store import Views


def open_views(url: str) -> Views:
    """Views at `sqlite:///absolute/path/views.db` or `postgresql://…`, made when missing.

    Of this program's shape: in SQLite a file named after it, in PostgreSQL a schema.

    A PostgreSQL database must have been prepared: `DatabaseBehind` otherwise.
    """
    path = sqlite_path(url)
    if path is not None:
        from projections.sqlite.store import SqliteViews  # noqa: PLC0415 (only what is used)

        return SqliteViews(path)
    from projections.postgres.store import PostgresViews  # noqa: PLC0415 (only what is used)

    return PostgresViews(url)


def look_at_views(url: str) -> State | None:
    """How far this shape's views have come, without a trace; None where there are none.

    Raises `Unavailable` and `DatabaseDamaged`.
    """
    path = sqlite_path(url)
    if path is not None:
        from projections.sqlite.looking import state_at  # noqa: PLC0415 (only what is used)

        return state_at(path)
    from projections.postgres.looking import state_in  # noqa: PLC0415 (only what is used)

    return state_in(url)
