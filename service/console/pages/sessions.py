"""Sessions, and one with its list: what was put to it, and what was decided of each line."""

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from starlette.responses import Response

from domain.errors import NotAllowed
from domain.message import StreamKind
from projections.views.caseload import Filters as Cases
from projections.views.pages import Part
from projections.views.sessions import NEWEST, Filters
from service.console.hand_made.session_lines import minutes_of
from service.console.showing.links import links_on, new
from service.console.visit import Signed
from service.queries.caseload import count_cases
from service.queries.sessions import NamedSession, list_sessions
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
    minutes = await minutes_of(visit, visit.id_of("session_id"))
    session, language = minutes.session, visit.language
    steps = visit.steps_of(StreamKind.SESSION)
    name = session.session_id
    return visit.page(
        "session.html",
        session=_card(session, language),
        minutes=minutes,
        without_study=0 if minutes.lines else await _without_study(visit),
        steps=links_on(
            steps if session.status == "scheduled" else (), steps, "sessions", name, language
        ),
    )


async def _without_study(visit: Signed) -> int:
    """How many projects that the reader may read of wait for one."""
    with suppress(NotAllowed):
        return (await visit.ask(count_cases, Cases(waits_for_study=True))).total
    return 0


def _card(row: NamedSession, language: Language) -> SessionCard:
    said = words(language)
    return SessionCard(
        session_id=row.session_id,
        title=said.of(row.body),
        whose=row.committee_name or row.region_name or row.committee or "",
        row=row,
        status=said.page[f"session_{row.status}"],
    )
