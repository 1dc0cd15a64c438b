"""Referrals that wait for an answer: those to one's own centre, and those from it."""

from starlette.responses import Response

from projections.views.pages import Part
from projections.views.referrals import FIRST_REFERRED, Filters
from service.console.choices.referred import PATH
from service.console.pages.known import known
from service.console.showing.referral import ANSWERS, shown_referral
from service.console.visit import Signed
from service.queries.referrals import list_referrals

PAGE = 50


async def referrals_page(visit: Signed) -> Response:
    """First what waits for the reader's answer, then the others, the first referred first."""
    query = visit.request.query_params
    part = Part(FIRST_REFERRED, query.get("after"), PAGE)
    page = await visit.ask(list_referrals, Filters(), part)
    centres = (await known(visit)).centres
    shown = [shown_referral(each, visit, centres) for each in page.referrals]
    return visit.page(
        "referrals.html",
        referrals=sorted(shown, key=lambda each: not each.waits),
        next=f"{PATH}?after={page.next_cursor}" if page.next_cursor else None,
    )


async def referrals_waiting(visit: Signed) -> int:
    """How many wait for whoever is signed in."""
    centre = visit.actor.centre
    if ANSWERS[0] not in visit.steps or centre is None:
        return 0
    part = Part(FIRST_REFERRED, limit=1, total=True)
    return (await visit.ask(list_referrals, Filters(to_centre=centre), part)).total or 0
