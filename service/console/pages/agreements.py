"""Agreements: their terms in force, and where their money and places stand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from starlette.responses import Response

from domain.agreement.territory import Territory, TerritoryReach
from domain.message import StreamKind
from domain.values.money import NOTHING
from projections.views.agreements import NEWEST, AgreementRow, Filters
from projections.views.pages import Part
from projections.views.requests import FIRST_ASKED
from projections.views.requests import Filters as Requests
from service.console.showing.agreement import funded_project, idle_since, tranche_lines
from service.console.showing.bars import bars_of
from service.console.showing.closing import obstacles
from service.console.showing.links import links_on, new
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


IF_OPEN = frozenset(
    {"amend-agreement", "allow-more-places", "declare-shortfall", "close-agreement"}
)
IF_CLOSED = frozenset({"reopen-agreement"})
"""Steps that are taken only on an open, and only on a closed one."""


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
        steps=new(("sign-agreement",), visit.steps, visit.language),
    )


async def agreement_page(visit: Signed) -> Response:
    name = visit.id_of("agreement_id")
    found = await visit.ask(get_agreement, name)
    waiting = await visit.ask(list_requests, Requests(about=name), Part(FIRST_ASKED))
    steps = visit.steps_of(StreamKind.AGREEMENT)
    return visit.page(
        "agreement.html",
        it=found,
        territory=territory_of(found.territory, visit.language),
        sums=dict(sums_of(found)),
        waiting=len(waiting.requests),
        bars=list(bars_of(found)),
        days_left=max((found.ends_on - visit.today).days, 0),
        obstacles=list(obstacles(found, steps, visit.language)),
        steps=links_on(_open(steps, found), steps, "agreements", name, visit.language),
        projects=[funded_project(each, visit.language) for each in found.projects],
        tranches=list(tranche_lines(found)),
        idle_since=idle_since(found, visit.today),
    )


def _open(steps: Iterable[str], row: AgreementRow) -> list[str]:
    """Those that its state leaves open; requests are answered on a page of their own."""
    closed = IF_OPEN if row.status == "closed" else IF_CLOSED
    return [each for each in steps if each not in closed and not each.endswith("-request")]


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
