"""Complaints, and one of them: who handles it, what was answered, by when."""

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.responses import Response

from domain.errors import Refused
from projections.views.complaints import NEWEST, Filters
from projections.views.pages import Part
from service.console.pages.known import known
from service.console.showing.links import links_on, new
from service.console.visit import Signed
from service.queries.complaints import get_complaint, list_complaints

PAGE = 50
PATH = "/complaints"
NEW = ("file-complaint",)
STATES: Mapping[str, Filters] = {
    "open": Filters(open=True),
    "unnamed": Filters(without_handler=True),
    "ended": Filters(open=False),
}
"""What the tabs of the list show."""


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


async def complaint_page(visit: Signed) -> Response:
    complaint = await visit.ask(get_complaint, visit.id_of("complaint_id"))
    name, language = complaint.complaint_id, visit.language
    steps = complaint.open_steps
    return visit.page(
        "complaint.html",
        it=complaint,
        centres=(await known(visit)).centres,
        steps=links_on(steps, steps, "complaints", name, language),
    )
