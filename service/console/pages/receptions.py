"""Who came without a case: how many, for what, and the last of them."""

from collections import Counter
from datetime import date, timedelta

from starlette.responses import Response

from projections.views.pages import Part
from projections.views.receptions import NEWEST, Filters
from service.console.pages.known import known
from service.console.showing.links import form_at, new
from service.console.visit import Signed
from service.queries.receptions import count_receptions, list_receptions

PAGE = 20
PATH = "/receptions"
NEW = ("record-reception",)
TAKING_BACK = "cancel-reception"


async def receptions_page(visit: Signed) -> Response:
    """Counted since the first of the month before, which a report asks for."""
    since = _month_before(visit.today)
    after = visit.request.query_params.get("after")
    page = await visit.ask(list_receptions, Filters(), Part(NEWEST, after, PAGE))
    counted = await visit.ask(count_receptions, Filters(since=since))
    sums = Counter[str]()
    for row in counted.rows:
        sums[row.reason] += row.receptions
    return visit.page(
        "receptions.html",
        found=page,
        since=since,
        sums=sums.most_common(),
        total=counted.total,
        centres=(await known(visit)).centres,
        several=visit.actor.centre is None,
        takes_back={
            each.reception_id: form_at(TAKING_BACK, "receptions", each.reception_id)
            for each in page.receptions
            if TAKING_BACK in visit.steps
        },
        next=f"{PATH}?after={page.next_cursor}" if page.next_cursor else None,
        steps=new(NEW, visit.steps, visit.language),
    )


def _month_before(today: date) -> date:
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
