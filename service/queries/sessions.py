"""Sessions with their lists: a line is read by its case's centre, and by who sees everything."""

from collections.abc import Sequence

from sqlalchemy import Connection

from domain.errors import Refused
from domain.message import Message
from projections.views import sessions
from projections.views.pages import Part
from projections.views.session_rows import SessionRow
from service.access.reader import Reading
from service.access.scope import SeenSession, reads_restricted
from service.queries.cursors import opened, sealed
from service.queries.naming import entry_names, region_name


class NamedSession(SessionRow):
    committee_name: str | None
    """In the language asked for, as the region's."""
    region_name: str | None


class Session(NamedSession):
    lines: tuple[sessions.ListedLine, ...]
    """Those of your own cases; all of them for who sees every centre."""


class SessionPage(Message):
    sessions: tuple[NamedSession, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""


def list_sessions(
    reading: Reading, filters: sessions.Filters, part: Part | None = None
) -> SessionPage:
    part = opened(reading, part or Part(sessions.NEWEST))
    with reading.views.reading() as conn:
        page = sessions.find(conn, filters, part)
        named = _named(reading, conn, page.rows)
    cursor = sealed(reading, page.next_cursor)
    return SessionPage(sessions=named, next_cursor=cursor, total=page.total)


def _named(
    reading: Reading, conn: Connection, rows: Sequence[SessionRow]
) -> tuple[NamedSession, ...]:
    names = entry_names(reading, conn, (row.committee for row in rows))
    return tuple(
        NamedSession(
            **dict(row),
            committee_name=names.get(row.committee),
            region_name=region_name(reading, row.region),
        )
        for row in rows
    )


def get_session(reading: Reading, session: SeenSession) -> Session:
    """Raises `Refused("session_not_found")`."""
    with reading.views.reading() as conn:
        found = sessions.get(conn, session.id, session.lines_of)
        if found is None:
            raise Refused("session_not_found")
        named = _named(reading, conn, [found])[0]
        listed = sessions.list_of(conn, session.id, session.lines_of)
    return Session(**dict(named), lines=tuple(_told(reading, line) for line in listed))


UNTOLD = ("reference", "name_ar", "name_latin", "restricted_until")
"""What a line does not say of whom it is about."""


def _told(reading: Reading, line: sessions.ListedLine) -> sessions.ListedLine:
    """The line; of whom it is about nothing where the reader does not read of the restricted."""
    if line.restricted_until is None or reads_restricted(reading):
        return line
    return line.model_copy(update=dict.fromkeys(UNTOLD))
