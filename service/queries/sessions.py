"""Sessions with their lists: a line is read by its case's centre, and by who sees everything."""

from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from sqlalchemy import Connection

from domain.case.state import CaseState
from domain.errors import Refused
from domain.message import Message, StreamKind, stream_id
from domain.project.state import ProjectState
from domain.tracks.self_employment.state import SelfEmployment
from domain.tracks.self_employment.vocabulary import OpinionKind
from domain.values.trades import Trade
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


class PutLine(sessions.ListedLine):
    """A line with what was put to the session; amounts in MAD."""

    trade: Trade | None
    province: str | None
    asked: Decimal
    """Of those who fund it: its items, without the holder's own part, and the cash to start with."""
    recommended: Decimal | None
    """By the study."""
    opinion: OpinionKind | None
    changed_since_study: bool
    """Whether its items cost something else than when it was studied."""


class Session(NamedSession):
    lines: tuple[PutLine, ...]
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
    return Session(
        **dict(named), lines=tuple(_put(reading, _told(reading, line)) for line in listed)
    )


def _put(reading: Reading, line: sessions.ListedLine) -> PutLine:
    """As the project and its study stand now."""
    ledger = reading.ledger
    project = cast("ProjectState", ledger.state(stream_id(StreamKind.PROJECT, line.project_id)))
    case = cast("CaseState", ledger.state(stream_id(StreamKind.CASE, line.case_id)))
    track = next(
        (
            each
            for each in case.tracks.values()
            if isinstance(each, SelfEmployment) and line.project_id in each.proposals
        ),
        None,
    )
    studied = track is not None and track.studied is not None
    return PutLine(
        **dict(line),
        trade=project.trade,
        province=project.province,
        asked=project.estimated_cost - project.own_contribution + project.start_up_cash,
        recommended=track.recommended if track else None,
        opinion=track.opinion if track else None,
        changed_since_study=studied and track is not None and track.cost != track.studied_cost,
    )


UNTOLD = ("reference", "name_ar", "name_latin", "restricted_until")
"""What a line does not say of whom it is about."""


def _told(reading: Reading, line: sessions.ListedLine) -> sessions.ListedLine:
    """The line; of whom it is about nothing where the reader does not read of the restricted."""
    if line.restricted_until is None or reads_restricted(reading):
        return line
    return line.model_copy(update=dict.fromkeys(UNTOLD))
