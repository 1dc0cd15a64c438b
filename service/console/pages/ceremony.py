"""Ceremonies, and one: is it ready, and what came of it, line by line."""

from collections import Counter
from collections.abc import Collection

from starlette.responses import Response

from domain.message import StreamKind
from projections.views.ceremonies import NEWEST, Filters
from projections.views.pages import Part
from service.access.table import centre_bound
from service.console.showing.ceremony import CONFIRMING, TAGS, WAITING, list_lines
from service.console.showing.holding import list_at
from service.console.showing.links import links_on, new
from service.console.visit import Signed
from service.queries.ceremonies import Ceremony, LineStanding, get_ceremony, list_ceremonies
from service.words import writing

PATH = "/ceremonies"
PAGE = 50


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
    centre = centre_bound(visit.actor)
    may = visit.steps_of(StreamKind.CASE) if ceremony.status != "cancelled" else ()
    lines = list_lines(ceremony.lines, visit.actor.role, centre, visit.language, may)
    steps = visit.steps_of(StreamKind.CEREMONY) if ceremony.status == "scheduled" else ()
    counts = Counter(line.state for line in lines)
    return visit.page(
        "ceremony.html",
        ceremony=ceremony,
        province=writing.province(ceremony.province, visit.language),
        lines=lines,
        ready=sum(line.state is LineStanding.READY for line in lines),
        waiting=sum(line.state in WAITING for line in lines),
        hold=_hold(visit, ceremony, may, ready=any(line.state in WAITING for line in lines)),
        steps=links_on(steps, steps, "ceremonies", ceremony_id, visit.language),
        standing=[(state, sign, counts[state]) for state, sign in TAGS.items() if counts[state]],
    )


def _hold(visit: Signed, ceremony: Ceremony, may: Collection[str], *, ready: bool) -> str | None:
    """Where its lines are told one by one, once its day has come and somebody waits."""
    is_open = ceremony.status == "scheduled" and ceremony.held_on <= visit.today
    return list_at(ceremony.ceremony_id) if is_open and ready and CONFIRMING in may else None
