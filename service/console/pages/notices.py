"""What stands above the first page of somebody until it is seen to."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from projections.views.agreements import NEWEST, Filters
from projections.views.pages import Part
from service.access.table import STEPS
from service.console.choices.referred import PATH as REFERRALS
from service.console.pages.referrals import referrals_waiting
from service.console.pages.requests import PATH, waiting_for
from service.console.visit import Signed
from service.queries.agreements import list_agreements
from service.words import writing
from service.words.store import words

SIGN = "sign-agreement"


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence, and where it leads."""

    kind: str
    text: str
    href: str | None = None
    link: str = ""


async def notices(visit: Signed) -> AsyncIterator[Notice]:
    """What waits for their answer; and that no agreement is signed, to who may sign one."""
    said = words(visit.language)
    if many := await waiting_for(visit):
        text = writing.counted(said.count["requests_wait"], many, visit.language)
        yield Notice("due", text, PATH, said.page["see_requests"])
    if many := await referrals_waiting(visit):
        text = writing.counted(said.count["referrals_wait"], many, visit.language)
        yield Notice("due", text, REFERRALS, said.page["see_referrals"])
    if visit.actor.role not in STEPS[SIGN].who:
        return
    if not (await visit.ask(list_agreements, Filters(), Part(NEWEST, limit=1))).agreements:
        yield Notice("due", said.page["no_agreement_yet"], f"/steps/{SIGN}", said.step[SIGN])
