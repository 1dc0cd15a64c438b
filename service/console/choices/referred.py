"""A case that another centre refers: what an answer to it is given on, and no more of the case."""

from uuid import UUID

from domain.errors import Refused
from domain.message import StreamKind
from projections.views.pages import Part
from projections.views.referrals import FIRST_REFERRED, Filters
from service.console.choices.about import About
from service.console.visit import Signed
from service.queries.referrals import list_referrals

PATH = "/referrals"


async def referred_to(visit: Signed, case_id: UUID) -> About:
    """Raises `Refused` where no referral of it waits for the asker's centre."""
    filters = Filters(to_centre=visit.actor.centre, case_id=case_id)
    found = (await visit.ask(list_referrals, filters, Part(FIRST_REFERRED, limit=1))).referrals
    if not found:
        raise Refused("no_referral_pending")
    return About(StreamKind.CASE, case_id, 0, found[0], PATH, found[0].reference, lent=True)
