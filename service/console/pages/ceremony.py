"""Ceremonies, and one: is it ready, and what came of it, line by line."""

from collections import Counter
from itertools import groupby

from starlette.responses import Response

from domain.message import StreamKind
from projections.views.ceremonies import NEWEST, Filters
from projections.views.pages import Part
from service.access.table import centre_bound
from service.console.showing.ceremony import CONFIRMING, TAGS, ListLine, list_lines
from service.console.showing.holding import list_at
from service.console.showing.links import links_on, new
from service.console.showing.listing import PLACING, people_at
from service.console.visit import Signed
from service.queries.ceremonies import Ceremony, LineStanding, get_ceremony, list_ceremonies
from service.words import writing

PATH = "/ceremonies"
PAGE = 50
AFTER = (
    LineStanding.TOLD,
    LineStanding.LATER,
    LineStanding.ABSENT,
    LineStanding.REPLACED,
)
"""What came of lines, as it is told once the ceremony was held."""


async def ceremonies_page(visit: Signed) -> Response:
    part = Part(NEWEST, visit.request.query_params.get("after"), PAGE)
    page = await visit.ask(list_ceremonies, Filters(), part)
    return visit.page(
        "ceremonies.html",
        rows=[(each, writing.province(each.province, visit.language)) for each in page.ceremonies],
        next=f"{PATH}?after={page.next_cursor}" if page.next_cursor else None,
        steps=new(("schedule-ceremony",), visit.steps, visit.language),
    )


async def ceremony_page(visit: Signed) -> Response:
    ceremony_id = visit.id_of("ceremony_id")
    ceremony = await visit.ask(get_ceremony, ceremony_id)
    may = visit.steps if ceremony.status != "cancelled" else ()
    whose = visit.actor.role, centre_bound(visit.actor)
    lines = list_lines(ceremony.lines, *whose, visit.language, may)
    is_open = ceremony.status == "scheduled"
    steps = visit.steps_of(StreamKind.CEREMONY) if is_open else ()
    counts = Counter(line.state for line in lines)
    return visit.page(
        "ceremony.html",
        ceremony=ceremony,
        province=writing.province(ceremony.province, visit.language),
        lines=lines,
        ready=counts[LineStanding.READY],
        waiting=sum(line.waits for line in lines),
        hold=_hold(visit, ceremony),
        people_at=people_at(ceremony_id) if is_open and PLACING in visit.steps else None,
        steps=links_on(steps, steps, "ceremonies", ceremony_id, visit.language),
        standing=[(state, sign, counts[state]) for state, sign in TAGS.items() if counts[state]],
        parts=[(state, counts[state]) for state in AFTER if counts[state]],
        parted=[(state, list(some)) for state, some in groupby(lines, key=_state)],
    )


def _state(line: ListLine) -> LineStanding:
    return line.state


def _hold(visit: Signed, ceremony: Ceremony) -> str | None:
    """Where its lines are told one by one, once its day has come."""
    is_open = ceremony.status == "scheduled" and ceremony.held_on <= visit.today
    may = CONFIRMING in visit.steps and bool(ceremony.lines)
    return list_at(ceremony.ceremony_id) if is_open and may else None
