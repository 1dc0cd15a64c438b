"""The lines of orders, as pages tell them: for whom, what, and where it is now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.message import Role
from domain.order.vocabulary import LineStatus
from service.console.showing.gaps import Gap, Missing, missing_of
from service.queries.order_lists import NamedStock
from service.queries.orders import OrderLine


class Standing(StrEnum):
    """Where what was ordered is; each has its words and its sign."""

    AWAITED = "awaited"
    CAME = "came"
    HANDED_OVER = "handed_over"
    IN_STOCK = "in_stock"
    STOCK_AWAITED = "stock_awaited"
    INVENTORY = "inventory"
    CANCELLED = "cancelled"
    LOST = "lost"


SIGNS: Mapping[Standing, str] = {
    Standing.AWAITED: "wait",
    Standing.CAME: "scheduled",
    Standing.HANDED_OVER: "done",
    Standing.IN_STOCK: "due",
    Standing.STOCK_AWAITED: "wait",
    Standing.INVENTORY: "dash",
    Standing.CANCELLED: "struck",
    Standing.LOST: "struck",
}
PLACES: Mapping[LineStatus, Standing] = {
    LineStatus.ORDERED: Standing.AWAITED,
    LineStatus.RECEIVED: Standing.CAME,
    LineStatus.CANCELLED: Standing.CANCELLED,
    LineStatus.LOST: Standing.LOST,
    LineStatus.INVENTORY: Standing.INVENTORY,
}


@dataclass(frozen=True, slots=True)
class Whose:
    """For whom a line is, and what."""

    case_id: UUID | None
    """None where the case is not the reader's to open."""
    reference: str | Missing
    label: str | Missing


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of an order, or what an agreement pays of one; amounts in MAD."""

    line: int
    whose: Whose
    standing: Standing
    sign: str
    received_on: date | None
    given_on: date | None
    price: Decimal
    paid: Decimal

    @property
    def owed(self) -> Decimal:
        return self.price - self.paid


def whose(line: OrderLine | NamedStock, role: Role) -> Whose:
    """A line for somebody whose data is restricted says nothing of them."""
    if line.reference is None:
        untold = Missing(Gap.NOT_SHOWN)
        return Whose(None, untold, untold)
    on, lost = line.erased_on, line.key_lost
    missing = missing_of(type(line), "label", role, erased_on=on, key_lost=lost)
    return Whose(line.case_id, line.reference, line.label or missing)


def order_line(line: OrderLine, role: Role) -> ShownLine:
    standing = _standing(line.status, in_stock=line.in_stock, delivered=line.delivered)
    return _shown(line, role, standing, line.price)


def stocked_line(line: NamedStock, role: Role, *, gone: bool) -> ShownLine:
    """A line of an agreement's stock, or one that is no longer in it."""
    standing = _standing(line.status, in_stock=not gone, delivered=line.delivered)
    return _shown(line, role, standing, line.part)


def _shown(
    line: OrderLine | NamedStock, role: Role, standing: Standing, price: Decimal
) -> ShownLine:
    return ShownLine(
        line=line.line,
        whose=whose(line, role),
        standing=standing,
        sign=SIGNS[standing],
        received_on=line.received_on,
        given_on=line.given_on,
        price=price,
        paid=line.paid,
    )


def _standing(status: LineStatus, *, in_stock: bool, delivered: bool = False) -> Standing:
    if delivered and status is LineStatus.RECEIVED:
        return Standing.HANDED_OVER
    if in_stock:
        return Standing.STOCK_AWAITED if status is LineStatus.ORDERED else Standing.IN_STOCK
    return PLACES[status]
