"""Orders, and one with its lines and money; and what an agreement has in stock."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from starlette.responses import Response

from domain.errors import NotAllowed, Refused
from domain.message import StreamKind
from domain.order.vocabulary import LineStatus
from projections.views.order_rows import State
from projections.views.orders import NEWEST, Filters
from projections.views.pages import Part
from service.console.pages.agreements import territory_of
from service.console.pages.known import known
from service.console.showing.links import StepLink, links_on, new
from service.console.showing.order import ShownLine, order_line, stocked_line
from service.console.visit import Signed
from service.queries.agreements import get_agreement
from service.queries.order_lists import NamedStock, list_agreement_stock, list_orders
from service.queries.orders import Order, get_order

PATH = "/orders"
PAGE = 50
STATES: tuple[State, ...] = ("open", "done")
NAMES = ("state", "agreement", "project", "supplier")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: a state, ids of an agreement or a project, a supplier's code."""

    state: str = ""
    agreement: str = ""
    project: str = ""
    supplier: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        asked = cls(*(query.get(name, "") for name in NAMES))
        if asked.state not in ("", *STATES):
            raise Refused("filter_unknown")
        return asked

    @property
    def filters(self) -> Filters:
        """Raises `Refused("filter_unknown")` for an id that is none."""
        try:
            agreement, project = (UUID(it) if it else None for it in (self.agreement, self.project))
        except ValueError:
            raise Refused("filter_unknown") from None
        state = cast("State", self.state) if self.state else None
        supplier = self.supplier or None
        return Filters(agreement_id=agreement, project_id=project, state=state, supplier=supplier)

    def address(self, **other: str) -> str:
        named = {name: getattr(self, name) for name in NAMES}
        given = {name: value for name, value in (named | other).items() if value}
        return f"{PATH}?{urlencode(given)}" if given else PATH


@dataclass(frozen=True, slots=True)
class Paying:
    """An agreement that pays, by its name."""

    agreement_id: UUID
    season: str
    territory: str


async def orders_page(visit: Signed) -> Response:
    query = visit.request.query_params
    asked = Asked.of(query)
    filters = asked.filters
    page = await visit.ask(list_orders, filters, Part(NEWEST, query.get("after"), PAGE))
    agreement = filters.agreement_id
    return visit.page(
        "orders.html",
        orders=page.orders,
        asked=asked,
        states=STATES,
        agreement=await _paying(visit, agreement) if agreement else None,
        centres=(await known(visit)).centres,
        next=asked.address(after=page.next_cursor) if page.next_cursor else None,
        steps=new(("place-order",), visit.steps, visit.language),
    )


async def order_page(visit: Signed) -> Response:
    order: Order = await visit.ask(get_order, visit.id_of("order_id"))
    paying = {part.agreement_id for line in order.lines for part in line.parts}
    return visit.page(
        "order.html",
        it=order,
        lines=[order_line(each, visit.actor.role) for each in order.lines],
        agreements=[each async for each in _all_paying(visit, sorted(paying))],
        centres=(await known(visit)).centres,
        steps=_steps(visit, order),
    )


def _steps(visit: Signed, order: Order) -> tuple[StepLink, ...]:
    """What can be recorded of the order, as far as its lines and payments leave room for it."""
    awaited = any(line.status is LineStatus.ORDERED for line in order.lines)
    room = {
        "receive-lines": awaited,
        "record-incident": True,
        "resolve-incident": any(not each.resolved for each in order.incidents),
        "pay-invoice": order.paid < order.price,
        **dict.fromkeys(("cancel-payment", "reverse-payment"), bool(order.payments)),
        "correct-payment": bool(order.payments),
        "record-refund": bool(order.payments),
        "reverse-refund": bool(order.refunds),
        "cancel-line": awaited,
        **dict.fromkeys(
            ("assign-line", "keep-in-inventory"), any(line.in_stock for line in order.lines)
        ),
        "reverse-loss": any(line.status is LineStatus.LOST for line in order.lines),
        "correct-receipt": any(line.received_on is not None for line in order.lines),
    }
    own = [each for each in visit.steps_of(StreamKind.ORDER) if not each.endswith("-request")]
    takes = [each for each in own if room.get(each, True)]
    return links_on(takes, takes, "orders", order.order_id, visit.language)


async def stock_page(visit: Signed) -> Response:
    agreement_id = visit.id_of("agreement_id")
    stock = await visit.ask(list_agreement_stock, agreement_id)
    return visit.page(
        "stock.html",
        agreement=await _paying(visit, agreement_id),
        stock=list(_stocked(visit, stock.lines, gone=False)),
        gone=list(_stocked(visit, stock.gone, gone=True)),
    )


def _stocked(
    visit: Signed, lines: tuple[NamedStock, ...], *, gone: bool
) -> Iterator[tuple[NamedStock, ShownLine]]:
    for line in lines:
        yield line, stocked_line(line, visit.actor.role, gone=gone)


async def _paying(visit: Signed, agreement_id: UUID) -> Paying:
    found = await visit.ask(get_agreement, agreement_id)
    return Paying(agreement_id, found.season, territory_of(found.territory, visit.language))


async def _all_paying(visit: Signed, agreements: Iterable[UUID]) -> AsyncIterator[Paying]:
    """Those that the reader may read: one may stand beside another centre's alone."""
    for each in agreements:
        with suppress(NotAllowed):
            yield await _paying(visit, each)
