"""Saving a list, sharing it in the centre, and forgetting it."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import urlencode

from starlette.responses import Response

from domain.errors import NotFound, Refused
from domain.message import Role
from domain.staff.roles import BOUND_TO_A_CENTRE
from service.console.pages import caseload, today
from service.console.pages.known import known
from service.console.showing.filters import EVERYBODY, MINE, Asked
from service.console.visit import Signed

SHARE = "share"


def _of_today(visit: Signed, asked: Mapping[str, str]) -> dict[str, str]:
    return today.whose_of(visit.actor, asked).said


def _of_cases(visit: Signed, asked: Mapping[str, str]) -> dict[str, str]:
    own = MINE if visit.actor.role is Role.CASEWORKER else EVERYBODY
    return Asked.of(caseload.PATH, asked, own).said


PAGES: Mapping[str, tuple[str, Callable[[Signed, Mapping[str, str]], dict[str, str]]]] = {
    "today": (today.PATH, _of_today),
    "cases": (caseload.PATH, _of_cases),
}
"""Where each list is, and what of an address belongs to it; what is none of its codes is refused."""


async def save(visit: Signed) -> Response:
    """Keep what a page shows; its filters are judged as the page judges them."""
    form = await visit.form()
    page = form.get("page", "")
    if page not in PAGES:
        raise NotFound
    path, of = PAGES[page]
    asked = of(visit, form)
    await _require_known(visit, asked)
    share = form.get("go") == SHARE and visit.actor.role in BOUND_TO_A_CENTRE
    shared_in = visit.actor.centre or "" if share else ""
    await asyncio.to_thread(
        visit.sign_ins.saved.save, visit.actor.id, page, asked, datetime.now(UTC), shared_in
    )
    return visit.redirect(f"{path}?{urlencode(asked)}")


async def _require_known(visit: Signed, asked: Mapping[str, str]) -> None:
    """Nothing is kept, nor shown to colleagues, but codes that name something.

    Raises `Refused("filter_unknown")`.
    """
    if "centre" in asked and asked["centre"] not in (await known(visit)).centres:
        raise Refused("filter_unknown")
    if "entry" in asked:
        await caseload.entry_called(visit, asked["entry"])


async def forget(visit: Signed) -> Response:
    """One of one's own; the page comes again."""
    await asyncio.to_thread(
        visit.sign_ins.saved.forget, visit.actor.id, visit.request.path_params["saved"]
    )
    page = (await visit.form()).get("page", "")
    return visit.redirect(PAGES[page][0] if page in PAGES else today.PATH)
