"""Agreements: their terms in force, and where their money and places stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from starlette.responses import Response

from domain.agreement.territory import Territory, TerritoryReach
from domain.errors import NotFound
from domain.values.money import NOTHING
from projections.views.agreements import NEWEST, AgreementRow, Filters
from projections.views.pages import Part
from projections.views.requests import FIRST_ASKED
from projections.views.requests import Filters as Requests
from service.console.visit import Signed
from service.queries.agreements import get_agreement, list_agreements
from service.queries.requests import list_requests
from service.words import writing
from service.words.language import Language
from service.words.store import words

PATH = "/agreements"
PAGE = 50
ALWAYS = ("envelope", "room", "in_hand", "received", "committed", "contracted", "spent", "to_come")
"""The sums that every agreement has, in the order in which money goes."""
WHERE_ANY = (
    "carried_in",
    "cash_paid",
    "delivered",
    "repaid",
    "carried_out",
    "shortfall",
    "lacking",
)
"""Those that are told where there is something."""


@dataclass(frozen=True, slots=True)
class Line:
    """An agreement in the list."""

    row: AgreementRow
    territory: str


async def agreements_page(visit: Signed) -> Response:
    part = Part(NEWEST, visit.request.query_params.get("after"), PAGE)
    page = await visit.ask(list_agreements, Filters(), part)
    return visit.page(
        "agreements.html",
        lines=[
            Line(each, territory_of(each.territory, visit.language)) for each in page.agreements
        ],
        next=f"{PATH}?after={page.next_cursor}" if page.next_cursor else None,
    )


async def agreement_page(visit: Signed) -> Response:
    try:
        name = UUID(visit.request.path_params["agreement_id"])
    except ValueError:
        raise NotFound from None
    found = await visit.ask(get_agreement, name)
    waiting = await visit.ask(list_requests, Requests(about=name), Part(FIRST_ASKED))
    return visit.page(
        "agreement.html",
        it=found,
        territory=territory_of(found.territory, visit.language),
        sums=dict(sums_of(found)),
        waiting=len(waiting.requests),
    )


def sums_of(row: AgreementRow) -> Iterator[tuple[str, Decimal]]:
    """By the names of their words."""
    for name in ALWAYS:
        yield name, getattr(row, name)
    for name in WHERE_ANY:
        if getattr(row, name) != NOTHING:
            yield name, getattr(row, name)


def territory_of(territory: Territory, language: Language) -> str:
    """By name: its provinces, its region, or that it is the country."""
    match territory.reach:
        case TerritoryReach.PROVINCES:
            return " · ".join(writing.province(code, language) for code in territory.provinces)
        case TerritoryReach.REGION:
            return writing.region(territory.region, language)
        case TerritoryReach.COUNTRY:
            return words(language).code[TerritoryReach.__name__][TerritoryReach.COUNTRY]
