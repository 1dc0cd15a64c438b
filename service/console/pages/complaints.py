"""Complaints, and one of them: who handles it, what was answered, by when."""

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.responses import Response

from domain.complaint.vocabulary import ComplaintStatus
from domain.errors import Refused
from projections.views.complaints import FIRST_FILED, NEWEST, Filters
from projections.views.pages import Part
from service.access.table import QUERIES, STEPS
from service.console.pages.known import known
from service.console.showing.links import links_on, new
from service.console.visit import Signed
from service.queries.complaints import Complaint, get_complaint, list_complaints

PAGE = 50
PATH = "/complaints"
NEW = ("file-complaint",)
DOERS = STEPS["answer-complaint"].who
YOURS = "yours"
STATES: Mapping[str, Filters] = {
    YOURS: Filters(),
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
    filters, sort = STATES[state], NEWEST
    if state == YOURS:
        filters, sort = Filters(waiting=visit.today), FIRST_FILED
    part = Part(sort, query.get("after"), PAGE, total=True)
    page = await visit.ask(list_complaints, filters, part)
    after = urlencode({"state": state, "after": page.next_cursor or ""})
    return visit.page(
        "complaints.html",
        found=page,
        state=state,
        states=[each for each in STATES if each != YOURS or visit.actor.role in DOERS],
        centres=(await known(visit)).centres,
        several=visit.actor.centre is None,
        next=f"{PATH}?{after}" if page.next_cursor else None,
        steps=new(NEW, visit.steps, visit.language),
    )


async def complaints_waiting(visit: Signed) -> int:
    """How many wait for the reader."""
    if visit.actor.role not in QUERIES["list-complaints"].who:
        return 0
    part = Part(NEWEST, limit=1, total=True)
    return (await visit.ask(list_complaints, Filters(waiting=visit.today), part)).total or 0


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
