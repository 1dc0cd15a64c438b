"""Complaints, and one of them: who handles it, what was answered, by when."""

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.responses import Response

from domain.complaint.vocabulary import ComplaintStatus
from domain.errors import Refused
from domain.message import Role
from projections.views.complaints import NEWEST, Filters
from projections.views.pages import Part
from service.access.table import QUERIES
from service.console.pages.known import known
from service.console.showing.links import links_on, new
from service.console.visit import Signed
from service.queries.complaints import Complaint, get_complaint, list_complaints

PAGE = 50
PATH = "/complaints"
NEW = ("file-complaint",)
STATES: Mapping[str, Filters] = {
    "open": Filters(open=True),
    "unnamed": Filters(without_handler=True),
    "ended": Filters(open=False),
}
"""What the tabs of the list show."""


COMES_NEXT = ("name-complaint-handler", "answer-complaint", "close-complaint")
"""What it waits for, in order; the others are beside it."""


async def complaints_page(visit: Signed) -> Response:
    """Those that go on first; raises `Refused("filter_unknown")` for a tab that is none."""
    query = visit.request.query_params
    state = query.get("state", "open")
    if state not in STATES:
        raise Refused("filter_unknown")
    part = Part(NEWEST, query.get("after"), PAGE, total=True)
    page = await visit.ask(list_complaints, STATES[state], part)
    after = urlencode({"state": state, "after": page.next_cursor or ""})
    return visit.page(
        "complaints.html",
        found=page,
        state=state,
        states=list(STATES),
        centres=(await known(visit)).centres,
        several=visit.actor.centre is None,
        next=f"{PATH}?{after}" if page.next_cursor else None,
        steps=new(NEW, visit.steps, visit.language),
    )


async def complaints_waiting(visit: Signed) -> int:
    """How many the reader handles, or has to name somebody for."""
    wanted = [Filters(open=True, handler=visit.actor.id)]
    if visit.actor.role is Role.COORDINATOR:
        wanted.append(Filters(without_handler=True, of_division=False))
    if visit.actor.role is Role.DIVISION:
        wanted.append(Filters(without_handler=True, of_division=True))
    if visit.actor.role not in QUERIES["list-complaints"].who:
        return 0
    part = Part(NEWEST, limit=1, total=True)
    return sum([(await visit.ask(list_complaints, each, part)).total or 0 for each in wanted])


async def complaint_page(visit: Signed) -> Response:
    complaint = await visit.ask(get_complaint, visit.id_of("complaint_id"))
    name, language = complaint.complaint_id, visit.language
    steps = complaint.open_steps
    first = [each for each in COMES_NEXT if each in steps and _is_next(each, complaint)][:1]
    return visit.page(
        "complaint.html",
        it=complaint,
        centres=(await known(visit)).centres,
        next=next(iter(links_on(first, steps, "complaints", name, language)), None),
        steps=links_on(
            [each for each in steps if each not in first], steps, "complaints", name, language
        ),
    )


def _is_next(step: str, complaint: Complaint) -> bool:
    """Naming where nobody handles it, answering where somebody does, closing what was answered."""
    awaited = {ComplaintStatus.WAITING: 0, ComplaintStatus.HANDLED: 1, ComplaintStatus.ANSWERED: 2}
    return complaint.status in awaited and COMES_NEXT.index(step) == awaited[complaint.status]
