"""A list that was chosen on the caseload, kept for the form that asks what is to be done with it.

It is noted beside the sign-in for half an hour, as what is looked for is: no reference and no name
stands in an address.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode

from starlette.responses import Response

from domain.batch.steps import MOST_LINES
from domain.message import Role
from projections.views.pages import Part
from service.console.pages.caseload import PATH
from service.console.pages.noted import LIST
from service.console.showing.filters import BY_CODE, EVERYBODY, MINE, Asked
from service.console.visit import Signed
from service.queries.batches import Batch, list_batch_lines
from service.queries.caseload import list_cases

AT_A_TIME = 200
A_PAGE, MOST_COMPARED = 500, 3_000
"""Lines; longer lists are not compared each time that somebody looks at them."""
FILTERED = "?"
"""Begins the line that says by which filters the others were found."""
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
        filtered = _codes(form)
        found = await found_by(visit, filtered)
        chosen = [f"{FILTERED}{filtered}", *found] if found else []
    else:
        chosen = [value for name, value in form.items() if name.startswith(TICKED)]
    if not chosen:
        return visit.redirect(PATH)
    now = datetime.now(UTC)
    text = "\n".join(chosen)
    noted = await asyncio.to_thread(visit.sign_ins.note, visit.sign_in, LIST, text, now)
    return visit.redirect(f"/batches/new?{urlencode({'list': noted})}")


def _codes(form: Mapping[str, str]) -> str:
    """The filters that are set, as an address has them."""
    return urlencode({name: form[name] for name in ("whose", *BY_CODE) if form.get(name)})


async def found_by(visit: Signed, filtered: str) -> list[str]:
    """The references of all that these filters leave just now."""
    whose = MINE if visit.actor.role is Role.CASEWORKER else EVERYBODY
    asked = Asked.of(PATH, dict(parse_qsl(filtered)), whose)
    filters = asked.filters(visit.actor.id, None)
    found: list[str] = []
    after: str | None = None
    while len(found) < MOST_LINES:
        page = await visit.ask(list_cases, filters, Part("overdue", after, AT_A_TIME))
        found += [each.reference for each in page.cases]
        after = page.next_cursor
        if after is None:
            break
    return found


@dataclass(frozen=True, slots=True)
class Changed:
    """How the list that filters leave now differs from the one that was looked at."""

    came: int
    went: int


async def changed(visit: Signed, batch: Batch) -> Changed | None:
    """None where nothing has; only whoever's filters they are finds the same list by them."""
    own = batch.author == visit.actor.id
    if batch.filtered is None or not own or batch.count > MOST_COMPARED:
        return None
    there: set[str] = set()
    after: int | None = 0
    while after is not None:
        page = await visit.ask(list_batch_lines, batch.batch_id, after, A_PAGE)
        there |= {each.reference for each in page.lines if each.reference}
        after = page.next_after
    now = set(await found_by(visit, batch.filtered))
    return Changed(len(now - there), len(there - now)) if now != there else None
