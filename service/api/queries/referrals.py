"""Referrals between centres that wait for an answer."""

from typing import Annotated

from fastapi import FastAPI, Query
from starlette.responses import Response

from domain.values.codes import Code
from projections.views.referrals import FIRST_REFERRED, Filters
from service.api.asking import Asker, add_query
from service.api.parameters import Counted, Paged
from service.queries import referrals


class ReferralParameters(Paged, Counted):
    to_centre: Code | None = None
    from_centre: Code | None = None


ReferralFilters = Annotated[ReferralParameters, Query()]


async def list_referrals(asker: Asker, given: ReferralFilters) -> Response:
    """Cases that one centre refers to another and that wait for its answer, the first first.

    A centre's own staff see what is referred to their centre, without a name, and what it refers.
    """
    await asker.caught_up(given.at_least)
    part = given.part(FIRST_REFERRED, total=given.total)
    return await asker.answer(referrals.list_referrals, Filters(**given.filters), part)


def add_referral_queries(app: FastAPI) -> None:
    path, page = "/v1/referrals", referrals.ReferralPage
    add_query(app, "list-referrals", path, "cases", list_referrals, page)
