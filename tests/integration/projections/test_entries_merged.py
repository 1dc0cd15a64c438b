"""Two entries of the registry that are one are one for whatever is found by them, and only while they are."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import takewhile
from typing import Any, cast

import pytest

from domain.example.beside import record_minutes, schedule_session
from domain.example.ordering import troubled
from domain.example.registered import register_entries
from domain.example.way import Way
from domain.message import Command, StreamKind, name_of
from domain.order.state import OrderState
from domain.order.steps import PayInvoice, PlaceOrder, RecordLoss
from domain.registry.state import REGISTRY
from domain.registry.steps import MergeEntries, UndoEntryMerge
from domain.staff.decide import FOUNDING_ADMINISTRATOR
from domain.values.codes import EntryKind
from domain.values.findings import FindingCode
from domain.values.money import total
from projections.projector import Projector
from projections.store import Views
from projections.views import cohorts, entry_totals, sessions
from projections.views.findings import Filters
from tests.integration.projections.contents import catch_up, contents
from tests.integration.projections.programme import DIVISION, Person, Programme
from tests.integration.projections.test_findings import found

DAY = date(2024, 6, 30)
KNOWN = {each.kind: each.entry for each in reversed(register_entries(Way(province="taza")))}
SUPPLIER, COMMITTEE = KNOWN[EntryKind.SUPPLIER], KNOWN[EntryKind.COMMITTEE]
INVOICES, MINUTES = (
    Filters(code=FindingCode.INVOICE_TWICE),
    Filters(code=FindingCode.MINUTES_TWICE),
)

pytestmark = pytest.mark.parametrize("place", ["sqlite"], indirect=True)
"""No query of another form than those that run on both databases."""


def again(programme: Programme, *names: str, kind: EntryKind = EntryKind.SUPPLIER) -> None:
    first = next(each for each in register_entries() if each.kind is kind)
    _take(programme, *(first.model_copy(update={"entry": name}) for name in names))


def merge(programme: Programme, entry: str, goes_by: str) -> None:
    _take(
        programme, MergeEntries(occurred_on=DAY, entry=entry, goes_by=goes_by, explanation="One.")
    )


def part(programme: Programme, entry: str) -> None:
    _take(programme, UndoEntryMerge(occurred_on=DAY, entry=entry, explanation="Two."))


def _take(programme: Programme, *steps: Any) -> None:
    name = name_of(REGISTRY)
    for step in steps:
        programme.record(programme.order(StreamKind.REGISTRY, name, step, FOUNDING_ADMINISTRATOR))


def paid(person: Person, supplier: str) -> Sequence[Command]:
    """Their way to a payment of the same invoice as everybody else's."""
    way = [*person.intake(), *person.towards_approval(), *person.towards_delivery()]
    until = next(at for at, each in enumerate(way) if isinstance(each.step, PayInvoice))
    return [_by(each, supplier) for each in way[: until + 1]]


def _by(command: Command, supplier: str) -> Command:
    if not isinstance(command.step, PlaceOrder):
        return command
    step = command.step.model_copy(update={"supplier": supplier})
    return command.model_copy(update={"step": step})


def test_an_invoice_is_one_of_suppliers_that_are_one_and_for_as_long_as_they_are(
    programme: Programme, projector: Projector, views: Views
) -> None:
    """Merged before the order or after it, in a chain, and parted again."""
    one, other = Person(programme), Person(programme)
    again(programme, "s-2", "s-3", "s-4")
    merge(programme, "s-2", "s-3")
    programme.record(*paid(one, SUPPLIER), *paid(other, "s-2"))
    merge(programme, "s-3", "s-4")
    catch_up(projector)
    assert found(views, INVOICES) == []
    turns: list[tuple[Callable[[], None], int]] = [
        (lambda: merge(programme, SUPPLIER, "s-4"), 1),
        (lambda: part(programme, "s-3"), 0),
        (lambda: merge(programme, "s-4", "s-3"), 1),
        (lambda: part(programme, "s-2"), 1),
        (lambda: part(programme, "s-4"), 0),
    ]
    for turn, many in turns:
        turn()
        catch_up(projector)
        assert [each.open for each in found(views, INVOICES)] == [True] * many
        if many:
            live = contents(views)
            projector.rebuild()
            assert contents(views) == live


def test_minutes_are_of_one_committee_and_lists_are_asked_for_by_either_code(
    programme: Programme, projector: Projector, views: Views
) -> None:
    again(programme, "c-2", kind=EntryKind.COMMITTEE)
    example = Way(centre="taza", province="taza")
    name = programme.new_id()
    scheduled = schedule_session(example).model_copy(update={"committee": "c-2"})
    for step in (scheduled, record_minutes(example)):
        programme.record(programme.order(StreamKind.SESSION, name, step, DIVISION))
    catch_up(projector)
    assert found(views, MINUTES) == []
    merge(programme, "c-2", COMMITTEE)
    catch_up(projector)
    (finding,) = found(views, MINUTES)
    assert finding.open
    with views.reading() as conn:
        for code in ("c-2", COMMITTEE):
            listed = sessions.find(conn, sessions.Filters(committee=code)).rows
            assert {each.committee for each in listed} == {"c-2", COMMITTEE}
        assert cohorts.find(conn, cohorts.Filters(provider="c-2")).rows == []


def test_totals_agree_with_the_orders_to_the_centime_corrected_merged_and_parted(
    programme: Programme, projector: Projector, views: Views
) -> None:
    one, other = Person(programme), Person(programme)
    again(programme, "s-2")
    programme.record(*paid(one, SUPPLIER))
    way = paid(other, "s-2")
    placed = next(at for at, each in enumerate(way) if isinstance(each.step, PlaceOrder))
    trouble = takewhile(lambda each: not isinstance(each, RecordLoss), troubled(other.way))
    programme.record(*way[: placed + 1], *map(other.step, trouble))

    def summed(*people: Person) -> list[tuple[Decimal, ...]]:
        """By what the orders themselves have come to."""
        orders = [_order(programme, each) for each in people]
        payments = [each for order in orders for each in order.payments.values()]
        refunds = [each for order in orders for each in order.refunds.values()]
        return [
            (
                total(each.price for each in orders),
                total(_sum(each.lines) for each in payments if each.undone is None),
                total(_sum(each.lines) for each in refunds if not each.reversed),
            )
        ]

    def told(entry: str) -> list[tuple[Decimal, ...]]:
        catch_up(projector)
        with views.reading() as conn:
            asked = entry_totals.Filters(EntryKind.SUPPLIER, entry=entry)
            found = entry_totals.totals(conn, asked)
        return [(each.ordered, each.paid, each.refunded) for each in found]

    assert told("s-2") == summed(other)
    assert told("s-2")[0][2] > 0, "something was paid back"
    merge(programme, "s-2", SUPPLIER)
    assert told("s-2") == told(SUPPLIER) == summed(one, other)
    part(programme, "s-2")
    assert (told(SUPPLIER), told("s-2")) == (summed(one), summed(other))


def _order(programme: Programme, person: Person) -> OrderState:
    return cast("OrderState", programme.ledger.state(f"order/{person.order_id}"))


def _sum(lines: Mapping[int, Decimal]) -> Decimal:
    return total(lines.values())
