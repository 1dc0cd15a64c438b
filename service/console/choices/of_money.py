"""Agreements: which there are, with what is left, and what came in or went under one."""

from collections.abc import Sequence
from contextlib import suppress

from domain.errors import JisrError
from domain.rules import FundingSource
from projections.views.agreements import NEWEST, AgreementRow, Filters
from projections.views.pages import Part
from service.console.choices.asking import MOST, Choosing
from service.console.choices.said import day, labelled, money, parts
from service.console.forms.questions import Options
from service.queries.agreements import Agreement, get_agreement, list_agreements
from service.queries.orders import Order

OPEN = "open"


async def agreements(asked: Choosing) -> Options:
    """Each with its season, the money and places left; without the one it is about."""
    said = asked.said.page
    own = str(asked.about.id) if asked.about else ""
    return {
        str(each.agreement_id): parts(
            asked.language,
            each.season,
            asked.said.of(each.funding_source),
            each.signed_at,
            day(each.signed_on, asked.language),
            labelled(said["form_left_in_money"], money(each.room, asked.language), asked.language),
            labelled(said["form_left_in_places"], each.places - each.places_taken, asked.language),
        )
        for each in await _of(asked)
        if str(each.agreement_id) != own
    }


async def funding_sources(asked: Choosing) -> Options:
    return {each: asked.said.of(each) for each in FundingSource}


async def _of(asked: Choosing) -> Sequence[AgreementRow]:
    """Of an order those that pay its lines, else all that are open."""
    order = asked.about.answer if asked.about else None
    if not isinstance(order, Order):
        part = Part(NEWEST, limit=MOST)
        return (await asked.visit.ask(list_agreements, Filters(status=OPEN), part)).agreements
    found: list[AgreementRow] = []
    for each in dict.fromkeys(part.agreement_id for line in order.lines for part in line.parts):
        with suppress(JisrError):
            found.append(await asked.visit.ask(get_agreement, each))
    return found


async def movements(asked: Choosing) -> Options:
    """What came in or went, that stands."""
    answer = asked.about.answer if asked.about else None
    if not isinstance(answer, Agreement):
        return {}
    return {
        str(each.movement): parts(
            asked.language,
            asked.said.of(each.kind),
            money(each.amount, asked.language),
            day(each.on, asked.language),
            each.reference,
        )
        for each in answer.funds
        if not each.reversed
    }


async def tranches(asked: Choosing) -> Options:
    answer = asked.about.answer if asked.about else None
    if not isinstance(answer, Agreement):
        return {}
    return {
        str(number): parts(
            asked.language,
            f"{number}.",
            money(each.amount, asked.language),
            day(each.planned_on, asked.language),
        )
        for number, each in enumerate(answer.tranches, 1)
    }
