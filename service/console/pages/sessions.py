"""Sessions, and one with its list: what was put to it, and what was decided of each line."""

from dataclasses import dataclass
from uuid import UUID

from starlette.responses import Response

from domain.errors import NotFound
from domain.project.vocabulary import DecisionKind
from projections.views.pages import Part
from projections.views.sessions import NEWEST, Filters, ListedLine
from service.console.visit import Signed
from service.queries.sessions import NamedSession, get_session, list_sessions
from service.words import writing
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


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """A line of the list."""

    case_id: UUID
    reference: str
    names: tuple[writing.Name, ...]
    decision: str
    """Empty while it is not decided."""
    line: ListedLine


async def sessions_page(visit: Signed) -> Response:
    after = visit.request.query_params.get("after")
    page = await visit.ask(list_sessions, Filters(), Part(NEWEST, after, PAGE))
    return visit.page(
        "sessions.html",
        sessions=[_card(row, visit.language) for row in page.sessions],
        next=f"{PATH}?after={page.next_cursor}" if page.next_cursor else None,
    )


async def session_page(visit: Signed) -> Response:
    try:
        session_id = UUID(visit.request.path_params["session_id"])
    except ValueError:
        raise NotFound from None
    session = await visit.ask(get_session, session_id)
    lines = sorted(session.lines, key=lambda line: line.reference or "")
    return visit.page(
        "session.html",
        session=_card(session, visit.language),
        lines=[_line(each, visit.language) for each in lines],
    )


def _card(row: NamedSession, language: Language) -> SessionCard:
    said = words(language)
    return SessionCard(
        session_id=row.session_id,
        title=said.of(row.body),
        whose=row.committee_name or row.region_name or row.committee or "",
        row=row,
        status=said.page[f"session_{row.status}"],
    )


def _line(line: ListedLine, language: Language) -> DecidedLine:
    decision = words(language).of(DecisionKind(line.decision)) if line.decision else ""
    return DecidedLine(
        case_id=line.case_id,
        reference=line.reference or str(line.case_id)[:8],
        names=writing.names(line.name_ar, line.name_latin, language),
        decision=decision,
        line=line,
    )
