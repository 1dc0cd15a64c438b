"""Referrals between centres: those that wait for an answer, and what became of the others."""

from typing import Annotated

from fastapi import FastAPI, Query
from starlette.responses import Response

from domain.case.referral.vocabulary import ReferralOutcome
from domain.values.codes import Code
from projections.views import answered_referrals
from projections.views.answered_referrals import LAST_ANSWERED
from projections.views.referrals import FIRST_REFERRED, Filters
from service.api.asking import Asker, add_query
from service.api.parameter_kinds import Counted, Paged
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


class AnsweredParameters(Paged, Counted):
    outcome: ReferralOutcome | None = None


AnsweredFilters = Annotated[AnsweredParameters, Query()]


async def list_answered_referrals(asker: Asker, given: AnsweredFilters) -> Response:
    """What became of referrals, and of what a centre asked for by a number, the last answered first.

    A centre's own staff see what was referred or asked by their centre, or of it. Who asked by a number
    is told the answer, and neither case nor reference.
    """
    await asker.caught_up(given.at_least)
    part = given.part(LAST_ANSWERED, total=given.total)
    filters = answered_referrals.Filters(**given.filters)
    return await asker.answer(referrals.list_answered_referrals, filters, part)


def add_referral_queries(app: FastAPI) -> None:
    add_query(
        app, "list-referrals", "/v1/referrals", "cases", list_referrals, referrals.ReferralPage
    )
    path, page = "/v1/referrals/answered", referrals.AnsweredReferralPage
    add_query(app, "list-answered-referrals", path, "cases", list_answered_referrals, page)
