"""The rows of orders and of their lines, and of what projects have on order. Amounts in MAD."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from domain.message import Message, StreamKind
from domain.order.state import Line, OrderState
from domain.order.vocabulary import LineStatus
from domain.values.money import total
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated

State = Literal["open", "done"]
"""Open while a line is awaited, something is owed, or an incident has not ended."""


class OrderRow(Message):
    """An order, and what it came to for whoever funds it; amounts in MAD."""

    order_id: UUID
    centre: str | None
    """The centre that placed it; null for the division's own."""
    supplier: str
    contract: str
    placed_on: date
    state: State
    lines: int
    awaited: int
    """Of the lines, those that have not come."""
    price: Decimal
    """What it costs now, fees of cancelled lines included."""
    paid: Decimal
    """Less what was paid back."""
    received: Decimal
    """The price of what came in."""
    version: int


class OrderPart(Message):
    """What of a line is paid under one agreement; amounts in MAD."""

    order_id: UUID
    line: int
    agreement_id: UUID
    project_id: UUID
    case_id: UUID
    item: int
    part: Decimal
    paid: Decimal
    """Less what was paid back."""
    refunded: Decimal
    """What the supplier paid back."""
    status: LineStatus
    received_on: date | None
    given_on: date | None
    """The day it went to another holder, out of the stock."""
    open: bool
    """Whether it is awaited, something of it is owed, or an incident with the line has not ended."""


class ItemOnOrder(Message):
    """What a project says of an item on order, for one of the agreements that pay it."""

    project_id: UUID
    item: int
    agreement_id: UUID
    order_id: UUID
    line: int
    delivered: bool
    """Whether the holder has it."""
    ended: bool
    """Whether the agreement's approval of the project was ended, or the item came back since."""


orders = View(
    "orders",
    OrderRow,
    key=["order_id"],
    owner="order_id",
    indexes=[["placed_on", "order_id"], ["centre", "placed_on", "order_id"]],
)
parts = View(
    "order_parts",
    OrderPart,
    key=["order_id", "line", "agreement_id"],
    owner="order_id",
    indexes=[["agreement_id", "status"]],
)
on_order = View(
    "items_on_order",
    ItemOnOrder,
    key=["order_id", "line", "agreement_id"],
    owner="project_id",
    indexes=[["project_id"]],
)
_row = unvalidated(OrderRow)
_part = unvalidated(OrderPart)
_item = unvalidated(ItemOnOrder)


def _rows(name: str, folds: Folds) -> Iterable[OrderRow]:
    state = folds.order(name).state
    if state.supplier is None or state.contract is None or state.begun_on is None:
        return
    lines = state.lines.values()
    yield _row(
        order_id=UUID(name),
        centre=state.centre,
        supplier=state.supplier,
        contract=state.contract,
        placed_on=state.begun_on,
        state=_state(state),
        lines=len(lines),
        awaited=sum(line.status is LineStatus.ORDERED for line in lines),
        price=state.price,
        paid=state.paid,
        received=total(
            part for line in lines if line.received_on is not None for part in line.parts.values()
        ),
        version=state.seen,
    )


def _state(state: OrderState) -> State:
    amiss = _amiss(state)
    is_open = (number in amiss or _is_open(line) for number, line in state.lines.items())
    return "open" if any(is_open) else "done"


def _amiss(state: OrderState) -> frozenset[int]:
    """The lines with which something is wrong."""
    incidents = (each for each in state.incidents.values() if not each.resolved)
    return frozenset(line for each in incidents for line in each.lines)


def _is_open(line: Line) -> bool:
    """Whether it is awaited, or something of it is owed."""
    return line.status is LineStatus.ORDERED or any(line.owed(each) > 0 for each in line.parts)


def _part_rows(name: str, folds: Folds) -> Iterable[OrderPart]:
    state = folds.order(name).state
    amiss = _amiss(state)
    for number, line in state.lines.items():
        yield from _parts_of(UUID(name), number, line, state, amiss=number in amiss)


def _parts_of(
    order_id: UUID, number: int, line: Line, state: OrderState, *, amiss: bool
) -> Iterable[OrderPart]:
    for agreement_id, part in line.parts.items():
        yield _part(
            order_id=order_id,
            line=number,
            agreement_id=agreement_id,
            project_id=line.project_id,
            case_id=line.case_id,
            item=line.item,
            part=part,
            paid=line.paid_by(agreement_id),
            refunded=state.refunded(number, agreement_id),
            status=line.status,
            received_on=line.received_on,
            given_on=line.given_on,
            open=amiss or _is_open(line),
        )


def counted_by(order: OrderRow, theirs: Collection[OrderPart]) -> OrderRow:
    """The order, as these parts of its lines make it alone."""
    came = (each.part for each in theirs if each.received_on is not None)
    awaited = {each.line for each in theirs if each.status is LineStatus.ORDERED}
    counted = {
        "state": "open" if any(each.open for each in theirs) else "done",
        "lines": len({each.line for each in theirs}),
        "awaited": len(awaited),
        "price": total(each.part for each in theirs),
        "paid": total(each.paid for each in theirs),
        "received": total(came),
    }
    return order.model_copy(update=counted)


def _item_rows(name: str, folds: Folds) -> Iterable[ItemOnOrder]:
    state = folds.project(name).state
    for number, item in state.items.items():
        if item.order_id is None or item.line is None:
            continue
        for agreement_id in item.parts:
            granted = state.granted.get(agreement_id)
            yield _item(
                project_id=UUID(name),
                item=number,
                agreement_id=agreement_id,
                order_id=item.order_id,
                line=item.line,
                delivered=item.in_hands,
                ended=granted is None or granted.ended or item.back is not None,
            )


ORDERS = Derived(orders, StreamKind.ORDER, _rows)
PARTS = Derived(parts, StreamKind.ORDER, _part_rows)
ON_ORDER = Derived(on_order, StreamKind.PROJECT, _item_rows)
