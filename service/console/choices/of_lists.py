"""Sessions and ceremonies, and who stands on their lists."""

from projections.views import ceremonies as ceremonies_view
from projections.views import sessions as sessions_view
from projections.views.pages import Part
from service.console.choices.asking import MOST, Choosing, as_id
from service.console.choices.said import day, parts, region_or_committee
from service.console.forms.questions import Options
from service.queries.ceremonies import Ceremony, Line, LineStanding, get_ceremony, list_ceremonies
from service.queries.sessions import list_sessions
from service.words.language import Language

WAITING = frozenset({LineStanding.LISTED, LineStanding.READY})
HELD_ONES = frozenset({"add-missing-line"})
"""Steps on the list of a ceremony that was held."""


async def sessions(asked: Choosing) -> Options:
    """Without the cancelled ones, and those that were held and have their minutes."""
    part = Part(sessions_view.NEWEST, limit=MOST)
    page = await asked.visit.ask(list_sessions, sessions_view.Filters(), part)
    return {
        str(each.session_id): parts(
            asked.language,
            region_or_committee(each, asked.language),
            day(each.meets_on, asked.language),
            each.minutes,
        )
        for each in page.sessions
        if each.status != "cancelled"
    }


async def ceremonies(asked: Choosing) -> Options:
    part = Part(ceremonies_view.NEWEST, limit=MOST)
    page = await asked.visit.ask(list_ceremonies, ceremonies_view.Filters(), part)
    wanted = "held" if asked.step in HELD_ONES else "scheduled"
    return {
        str(each.ceremony_id): parts(
            asked.language, each.city, each.site_name, day(each.held_on, asked.language)
        )
        for each in page.ceremonies
        if each.status == wanted
    }


async def on_the_ceremony(asked: Choosing) -> Options:
    """Whose line waits: by their case."""
    answer = asked.about.answer if asked.about else None
    return _waiting(asked, answer) if isinstance(answer, Ceremony) else {}


async def off_the_ceremony(asked: Choosing) -> Options:
    """Whose line waits on the list of the ceremony that is chosen."""
    chosen = as_id(asked.typed.get("ceremony_id", ""))
    return {} if chosen is None else _waiting(asked, await asked.visit.ask(get_ceremony, chosen))


def _waiting(asked: Choosing, ceremony: Ceremony) -> Options:
    return {
        str(each.case_id): _said(asked, each) for each in ceremony.lines if each.state in WAITING
    }


def _said(asked: Choosing, line: Line) -> str:
    names = (line.name_latin, line.name_ar)
    in_order = names[::-1] if asked.language is Language.ARABIC else names
    return parts(asked.language, *in_order, line.reference) or str(line.case_id)
