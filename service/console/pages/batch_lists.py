"""A list that was chosen on the caseload, kept for the form that asks what is to be done with it.

It is noted beside the sign-in for half an hour, as what is looked for is: no reference and no name
stands in an address.
"""

import asyncio
from datetime import UTC, datetime
from urllib.parse import urlencode

from starlette.responses import Response

from domain.batch.steps import MOST_LINES
from domain.message import Role
from projections.views.pages import Part
from service.console.pages.noted import LIST
from service.console.showing.filters import EVERYBODY, MINE, Asked
from service.console.visit import Signed
from service.queries.caseload import list_cases

AT_A_TIME = 200
TICKED = "case-"
ALL = "all"


async def listed_in(visit: Signed, name: str) -> str | None:
    """The references that were chosen, a line each; None where nothing is kept under the name."""
    if not name:
        return None
    now = datetime.now(UTC)
    return await asyncio.to_thread(visit.sign_ins.noted, visit.sign_in, LIST, name, now)


async def choose(visit: Signed) -> Response:
    """Keep the rows that were ticked, or all that the filters leave just now."""
    form = await visit.form()
    if form.get("go") == ALL:
        chosen = await _all(visit, form)
    else:
        chosen = [value for name, value in form.items() if name.startswith(TICKED)]
    if not chosen:
        return visit.redirect("/")
    now = datetime.now(UTC)
    text = "\n".join(chosen)
    noted = await asyncio.to_thread(visit.sign_ins.note, visit.sign_in, LIST, text, now)
    return visit.redirect(f"/batches/new?{urlencode({'list': noted})}")


async def _all(visit: Signed, form: dict[str, str]) -> list[str]:
    whose = MINE if visit.actor.role is Role.CASEWORKER else EVERYBODY
    filters = Asked.of("/", form, whose).filters(visit.actor.id, None)
    found: list[str] = []
    after: str | None = None
    while len(found) < MOST_LINES:
        page = await visit.ask(list_cases, filters, Part("overdue", after, AT_A_TIME))
        found += [each.reference for each in page.cases]
        after = page.next_cursor
        if after is None:
            break
    return found
