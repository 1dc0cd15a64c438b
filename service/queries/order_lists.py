"""Lists of orders, and of what agreements have in stock. Amounts are in MAD."""

from typing import Annotated

from domain.message import FieldClass, Message
from projections.views import orders
from projections.views.order_rows import OrderRow
from projections.views.pages import Part
from service.access.reader import Reading
from service.access.things import SeenAgreement
from service.queries.cursors import opened, sealed
from service.queries.item_labels import item_labels, told_of
from service.queries.naming import called


class NamedOrder(OrderRow):
    supplier_name: str | None
    """As it was called on the day of the order, in the language asked for."""


class NamedStock(orders.InStock):
    supplier_name: str | None
    """As it was called on the day of the order, in the language asked for."""
    label: Annotated[str | None, FieldClass.PERSONAL]
    """What the item is."""


class OrderPage(Message):
    orders: tuple[NamedOrder, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""


class Stock(Message):
    lines: tuple[NamedStock, ...]
    """Those of the cases that you may read."""
    gone: tuple[NamedStock, ...]
    """In the same way, what another holder got out of the stock, or the inventory."""


def list_orders(reading: Reading, filters: orders.Filters, part: Part | None = None) -> OrderPage:
    part = opened(reading, part or Part(orders.NEWEST))
    with reading.views.reading() as conn:
        page = orders.find(conn, filters, part)
    name = called(reading)
    named = (
        NamedOrder(**dict(row), supplier_name=name(row.supplier, row.placed_on))
        for row in page.rows
    )
    cursor = sealed(reading, page.next_cursor)
    return OrderPage(orders=tuple(named), next_cursor=cursor, total=page.total)


def list_agreement_stock(reading: Reading, agreement: SeenAgreement) -> Stock:
    with reading.views.reading() as conn:
        stock = orders.stock_of(conn, agreement.id, agreement.lines_of)
        gone = orders.gone_from_stock(conn, agreement.id, agreement.lines_of)
    labels = item_labels(reading, {line.project_id for line in (*stock, *gone)})

    name = called(reading)

    def named(line: orders.InStock) -> NamedStock:
        label = labels.get(line.project_id, {}).get(line.item)
        supplier = name(line.supplier, line.placed_on)
        return told_of(reading, NamedStock(**dict(line), supplier_name=supplier, label=label))

    return Stock(lines=tuple(map(named, stock)), gone=tuple(map(named, gone)))
