"""Sessions, and one with its list: what was put to it, and what was decided of each line."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from starlette.responses import Response

from domain.errors import NotAllowed
from domain.message import StreamKind
from projections.views.pages import Part
from projections.views.sessions import NEWEST, Filters
from service.console.showing.links import links_on, new
from service.console.showing.session import DECIDE, file_lines, left_if_all_pass
from service.console.visit import Signed
from service.queries.agreements import Agreement, get_agreement
from service.queries.sessions import NamedSession, Session, get_session, list_sessions
from service.words.language import Language
from service.words.store import words

PAGE = 50
PATH = "/sessions"


@dataclass(frozen=True, slots=True)
class SessionCard:
    """A session as a list says it."""

    session_id: UUID
    title: str
    whose: str
    """Of which committee or region; empty for the commission."""
    row: NamedSession
    status: str


async def sessions_page(visit: Signed) -> Response:
    after = visit.request.query_params.get("after")
    page = await visit.ask(list_sessions, Filters(), Part(NEWEST, after, PAGE))
    return visit.page(
        "sessions.html",
        sessions=[_card(row, visit.language) for row in page.sessions],
        next=f"{PATH}?after={page.next_cursor}" if page.next_cursor else None,
        steps=new(("schedule-session",), visit.steps, visit.language),
    )


async def session_page(visit: Signed) -> Response:
    session_id = visit.id_of("session_id")
    session = await visit.ask(get_session, session_id)
    steps = visit.steps_of(StreamKind.SESSION)
    decides = session.status == "held" and DECIDE in visit.steps
    agreements = [each async for each in _agreements(visit, session)]
    language, role = visit.language, visit.actor.role
    return visit.page(
        "session.html",
        session=_card(session, language),
        lines=file_lines(session.lines, role, decides=decides, language=language),
        left=list(left_if_all_pass(session.lines, agreements)),
        steps=links_on(
            steps if session.status == "scheduled" else (), steps, "sessions", session_id, language
        ),
    )


async def _agreements(visit: Signed, session: Session) -> AsyncIterator[Agreement]:
    """Under which the files are put, those that the reader may read."""
    for each in dict.fromkeys(line.agreement_id for line in session.lines):
        with suppress(NotAllowed):
            yield await visit.ask(get_agreement, each)


def _card(row: NamedSession, language: Language) -> SessionCard:
    said = words(language)
    return SessionCard(
        session_id=row.session_id,
        title=said.of(row.body),
        whose=row.committee_name or row.region_name or row.committee or "",
        row=row,
        status=said.page[f"session_{row.status}"],
    )
