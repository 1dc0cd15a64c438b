"""Orders and stock, as the views have them: by following and by a rebuild."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.case.steps import ConfirmCaseRequest
from domain.message import Command, Step, StreamKind
from domain.order.steps import (
    CancelPayment,
    LineOrdered,
    LineSum,
    PayInvoice,
    PlaceOrder,
    ReceiveLines,
    RecordIncident,
)
from domain.order.vocabulary import IncidentKind
from domain.tracks.self_employment.steps import ConfirmDelivery, EndApproval
from domain.values.findings import FindingCode
from projections.projector import Projector
from projections.store import Views
from projections.views import findings, orders
from projections.views.order_rows import OrderRow
from projections.views.orders import Filters
from tests.integration.projections.contents import catch_up, contents
from tests.integration.projections.programme import DIVISION, LAST_DAY, Person, Programme


def towards(person: Person, until: type) -> list[Command]:
    """Their way up to the first step of this kind."""
    way = [*person.intake(), *person.towards_approval(), *person.towards_delivery()]
    upto = next(at for at, each in enumerate(way) if isinstance(each.step, until))
    return way[:upto]


def lines_wanted(person: Person) -> tuple[LineOrdered, ...]:
    (step,) = (each.step for each in person.towards_delivery() if isinstance(each.step, PlaceOrder))
    return step.lines


def found(views: Views, filters: Filters | None = None) -> list[OrderRow]:
    with views.reading() as conn:
        return list(orders.find(conn, filters or Filters()).rows)


def test_an_order_is_listed_with_what_it_came_to(
    programme: Programme, projector: Projector, views: Views
) -> None:
    placed, paid = Person(programme), Person(programme, centre="midelt")
    programme.record(*towards(placed, PayInvoice), *paid.commands())
    catch_up(projector)
    one, other = found(views, Filters(centre="taza")), found(views, Filters(state="done"))
    assert [row.order_id for row in one] == [placed.order_id]
    assert [row.order_id for row in other] == [paid.order_id]
    (row,) = one
    assert (row.state, row.lines, row.awaited) == ("open", 2, 0)
    assert (row.price, row.paid, row.received) == (
        placed.way.goods,
        Decimal("0.00"),
        placed.way.goods,
    )
    assert other[0].paid == paid.way.goods
    of_agreement = Filters(agreement_id=programme.agreements["taza"], state="open")
    assert found(views, of_agreement) == one
    assert found(views, Filters(supplier="nobody")) == []
    assert {row.order_id for row in found(views)} == {placed.order_id, paid.order_id}


def test_an_order_is_counted_by_the_lines_of_the_reader(
    programme: Programme, projector: Projector, views: Views
) -> None:
    """One that is done for a centre may be open for another."""
    here, there = Person(programme), Person(programme, centre="midelt")
    programme.record(*towards(here, PlaceOrder), *towards(there, PlaceOrder))
    (first, _), both = (lines_wanted(person) for person in (here, there))
    order_id = programme.new_id()

    def take(step: Step) -> None:
        programme.record(programme.order(StreamKind.ORDER, order_id, step, DIVISION))

    take(here.way.step(PlaceOrder).model_copy(update={"lines": (first, *both)}))
    take(ReceiveLines(occurred_on=LAST_DAY, lines=(1,)))
    sums = (LineSum(line=1, amount=first.price),)
    take(PayInvoice(occurred_on=LAST_DAY, invoice="F-9", lines=sums))
    catch_up(projector)
    (mine,), (theirs,) = (found(views, Filters(reader=each)) for each in ("taza", "midelt"))
    assert (mine.state, mine.lines, mine.awaited) == ("done", 1, 0)
    assert mine.price == mine.paid == mine.received == first.price
    assert (theirs.state, theirs.lines, theirs.awaited) == ("open", 2, 2)
    assert (theirs.price, theirs.received) == (there.way.goods, Decimal("0.00"))
    assert found(views, Filters(reader="taza", state="open")) == []
    assert found(views, Filters(reader="midelt", state="open")) == [theirs]
    assert found(views, Filters(reader="midelt", state="done")) == []
    (whole,) = found(views, Filters(state="open"))
    assert (whole.lines, whole.awaited) == (3, 2)
    wrong = IncidentKind.DAMAGED
    take(RecordIncident(occurred_on=LAST_DAY, lines=(1,), kind=wrong, explanation="Bent."))
    catch_up(projector)
    (amiss,) = found(views, Filters(reader="taza", state="open"))
    assert amiss.order_id == order_id


def test_stock_is_what_was_ordered_for_an_approval_that_was_ended(
    programme: Programme, projector: Projector, views: Views
) -> None:
    """Whatever was handed over of it is no stock, and what is paid of it goes on."""
    person, other = Person(programme), Person(programme)
    programme.record(*towards(person, PayInvoice), *other.commands())
    agreement = programme.agreements["taza"]
    catch_up(projector)
    with views.reading() as conn:
        assert orders.stock_of(conn, agreement) == []
    end = person.way.step(EndApproval).model_copy(update={"occurred_on": date(2024, 8, 20)})
    confirm = ConfirmCaseRequest(occurred_on=date(2024, 8, 20))
    programme.record(person.step(end), person.step(confirm))
    catch_up(projector)
    with views.reading() as conn:
        stock = orders.stock_of(conn, agreement)
        assert orders.stock_of(conn, agreement, "taza") == stock
        assert orders.stock_of(conn, agreement, "midelt") == []
        lines = orders.beside(conn, person.order_id)
        handed_over = orders.beside(conn, other.order_id)
    assert [(each.order_id, each.line, each.case_id) for each in stock] == [
        (person.order_id, number, person.case_id) for number in (1, 2)
    ]
    assert [each.paid for each in stock] == [Decimal("0.00")] * 2
    assert [each.in_stock for each in lines.values()] == [True, True]
    assert [(each.delivered, each.in_stock) for each in handed_over.values()] == [(True, False)] * 2
    pay = next(each for each in person.towards_delivery() if isinstance(each.step, PayInvoice))
    programme.record(pay)
    catch_up(projector)
    live = contents(views)
    with views.reading() as conn:
        paid = orders.stock_of(conn, agreement)
    assert sum(each.paid for each in paid) == person.way.goods
    projector.rebuild()
    assert contents(views) == live


def test_one_invoice_in_two_orders_is_found_and_ends_when_a_payment_is_cancelled(
    programme: Programme, projector: Projector, views: Views
) -> None:
    people = [Person(programme), Person(programme)]
    for person in people:
        programme.record(*towards(person, ConfirmDelivery))
    catch_up(projector)
    invoices = findings.Filters(code=FindingCode.INVOICE_TWICE)
    with views.reading() as conn:
        (finding,) = findings.find(conn, invoices).rows
    assert finding.open
    assert [each.stream for each in finding.rests_on] == [
        f"{StreamKind.ORDER}/{person.order_id}" for person in people
    ]
    assert [each.case_id for each in finding.rests_on] == [each.case_id for each in people]
    cancel = CancelPayment(occurred_on=date(2024, 8, 20), payment=1, explanation="Paid twice.")
    programme.record(people[1].step(cancel, actor=programme.coordinator("taza")))
    catch_up(projector)
    live = contents(views)
    with views.reading() as conn:
        (ended,) = findings.find(conn, invoices).rows
        assert findings.find(conn, replace(invoices, open=True)).rows == []
        assert findings.find(conn, replace(invoices, open=False)).rows == [ended]
    day = ended.until
    assert ended == finding.model_copy(
        update={"open": False, "until": day, "rests_on": ended.rests_on}
    )
    assert [each.until for each in ended.rests_on] == [None, day]
    assert day is not None
    projector.rebuild()
    assert contents(views) == live
