"""What the registry's entries come to: a supplier's orders and money, whom others took. In MAD.

What named an entry that was merged into another is the other's: the totals of several that are one are
what they would be had there been one from the beginning, and come apart again when that is undone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, case, func, select
from sqlalchemy.sql.elements import ColumnElement

from domain.message import Message
from domain.values.codes import EntryKind
from domain.values.money import NOTHING
from projections.columns import Mad
from projections.views.caseload_rows import caseload
from projections.views.entry_uses import EntryUse, entry_uses
from projections.views.order_rows import orders, parts
from projections.views.registry import entries, group


@dataclass(frozen=True, slots=True)
class Filters:
    """Which entries; and of which centre's cases, where not of all."""

    kind: EntryKind
    entry: str | None = None
    centre: str | None = None


class Taken(Message):
    """People at an entry, each counted once."""

    use: EntryUse
    people: int
    still: int
    """Of them, those who still are."""


class EntryTotals(Message):
    """What one entry comes to, with all that goes by it; amounts in MAD."""

    entry: str
    orders: int
    lines: int
    ordered: Decimal
    """What its lines cost their funders now."""
    paid: Decimal
    refunded: Decimal
    taken: tuple[Taken, ...]


def totals(conn: Connection, filters: Filters) -> list[EntryTotals]:
    """Of the entries of that kind that come to anything, by code."""
    money = {row.goes_by: row for row in conn.execute(_money(filters))}
    taken: dict[str, list[Taken]] = {}
    for row in conn.execute(_taken(filters)):
        each = Taken(use=row.use, people=row.people, still=row.still)
        taken.setdefault(row.goes_by, []).append(each)
    return [
        _of(entry, money.get(entry), taken.get(entry, ()))
        for entry in sorted(money.keys() | taken.keys())
    ]


def _of(entry: str, money: Any, taken: Sequence[Taken]) -> EntryTotals:
    net, back = (money.net, money.back) if money else (NOTHING, NOTHING)
    return EntryTotals(
        entry=entry,
        orders=money.orders if money else 0,
        lines=money.lines if money else 0,
        ordered=money.ordered if money else NOTHING,
        paid=net + back,
        refunded=back,
        taken=tuple(sorted(taken, key=lambda each: each.use)),
    )


def _money(filters: Filters) -> Select[Any]:
    """By supplier; a line that several agreements pay is one line."""
    amounts = (
        func.sum(parts.c[name], type_=Mad).label(name) for name in ("part", "paid", "refunded")
    )
    line = (
        select(entries.c.goes_by, parts.c.order_id, parts.c.line, *amounts)
        .join_from(parts.table, orders.table, orders.c.order_id == parts.c.order_id)
        .join(entries.table, entries.c.entry == orders.c.supplier)
        .join(caseload.table, caseload.c.case_id == parts.c.case_id)
        .where(*_conditions(filters))
        .group_by(entries.c.goes_by, parts.c.order_id, parts.c.line)
        .subquery("one_line")
    )
    return select(
        line.c.goes_by,
        func.count(line.c.order_id.distinct()).label("orders"),
        func.count().label("lines"),
        func.sum(line.c.part, type_=Mad).label("ordered"),
        func.sum(line.c.paid, type_=Mad).label("net"),
        func.sum(line.c.refunded, type_=Mad).label("back"),
    ).group_by(line.c.goes_by)


def _taken(filters: Filters) -> Select[Any]:
    person = entry_uses.c.beneficiary_id
    still = case((entry_uses.c.running == True, person))  # noqa: E712 (a column)
    return (
        select(
            entries.c.goes_by,
            entry_uses.c.use,
            func.count(person.distinct()).label("people"),
            func.count(still.distinct()).label("still"),
        )
        .join_from(entry_uses.table, entries.table, entries.c.entry == entry_uses.c.entry)
        .join(caseload.table, caseload.c.case_id == entry_uses.c.case_id)
        .where(*_conditions(filters))
        .group_by(entries.c.goes_by, entry_uses.c.use)
    )


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    yield entries.c.kind == filters.kind
    if filters.entry is not None:
        yield entries.c.entry.in_(group(filters.entry))
    if filters.centre is not None:
        yield caseload.c.centre == filters.centre
