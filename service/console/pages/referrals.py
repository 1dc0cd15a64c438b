"""Referrals: those that wait, to one's own centre and from it; what is to be referred; the answers."""

from starlette.responses import Response

from projections.views.answered_referrals import LAST_ANSWERED
from projections.views.answered_referrals import Filters as Answered
from projections.views.pages import Part
from projections.views.referrals import FIRST_REFERRED, Filters
from service.access.table import QUERIES
from service.console.choices.referred import PATH
from service.console.pages.known import known
from service.console.showing.referral import ANSWERS, shown_answer, shown_referral, to_refer
from service.console.visit import Signed
from service.queries.absences import list_left_cases
from service.queries.referrals import list_answered_referrals, list_referrals

PAGE, ANSWERS_SHOWN = 50, 20
TO_REFER = "list-left-cases"


async def referrals_page(visit: Signed) -> Response:
    """First what waits for the reader's answer, then the others, the first referred first."""
    query = visit.request.query_params
    part = Part(FIRST_REFERRED, query.get("after"), PAGE)
    page = await visit.ask(list_referrals, Filters(), part)
    centres = (await known(visit)).centres
    shown = [shown_referral(each, visit, centres) for each in page.referrals]
    later = query.get("answered")
    told = Part(LAST_ANSWERED, later, ANSWERS_SHOWN)
    answers = await visit.ask(list_answered_referrals, Answered(), told)
    left = await visit.ask(list_left_cases) if visit.actor.role in QUERIES[TO_REFER].who else None
    return visit.page(
        "referrals.html",
        groups=to_refer(left, centres, visit.language) if left else (),
        answers=[shown_answer(each, visit, centres) for each in answers.answered],
        more=f"{PATH}?answered={answers.next_cursor}" if answers.next_cursor else None,
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
