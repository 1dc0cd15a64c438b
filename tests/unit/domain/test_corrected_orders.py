"""What was entered wrongly of an order: undone, or as it really was, with its money in one commit."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid5

import pytest

from domain.agreement import steps as ag
from domain.errors import NotAllowed
from domain.example.person import EXAMPLE
from domain.message import Step, StreamKind, stream_id
from domain.order import steps as o
from domain.values.money import NOTHING
from tests.support.paper import DIVISION, ROOT
from tests.unit.domain.conftest import House
from tests.unit.domain.test_orders import (
    FIRST,
    SECOND,
    TODAY,
    agreement,
    end_approval,
    hand_over,
    lose,
    money,
    order,
    pay,
    project,
    receive,
    refund,
    refused,
)

WHY = "Another order's invoice."


@pytest.fixture
def ordered(house: House) -> House:
    """Both items on order, nothing received."""
    house.walk(house.way.steps(), until=o.PlaceOrder)
    order(house, (1, FIRST), (2, SECOND))
    return house


def reverse(house: House, payment: int = 1) -> None:
    step = o.ReversePayment(occurred_on=TODAY, payment=payment, explanation=WHY)
    house.take(step, house.coordinator)


def correct(house: House, *lines: tuple[int, Decimal], **told: object) -> None:
    sums = tuple(o.LineSum(line=line, amount=amount) for line, amount in lines)
    step = o.CorrectPayment(
        occurred_on=TODAY, payment=1, invoice="F-1", lines=sums, explanation=WHY
    )
    house.take(step.model_copy(update=told), house.coordinator)


def reverse_refund(house: House, number: int = 1) -> None:
    step = o.ReverseRefund(occurred_on=TODAY, refund=number, explanation=WHY)
    house.take(step, house.coordinator)


def on_agreement(house: House, step: Step) -> None:
    house.paper.take(stream_id(StreamKind.AGREEMENT, house.way.agreement_id), step, DIVISION)


def funded(house: House, amount: Decimal = EXAMPLE.cost) -> None:
    on_agreement(house, ag.RecordFundsReceived(occurred_on=TODAY, amount=amount, reference="V"))


class TestAPaymentEnteredWrongly:
    def test_is_undone_in_order_project_and_agreement(self, ordered: House) -> None:
        before = agreement(ordered).in_hand
        pay(ordered, (1, FIRST), (2, SECOND))
        reverse(ordered)
        assert (money(ordered).paid, project(ordered).paid) == (NOTHING, NOTHING)
        assert agreement(ordered).in_hand == before
        assert not ordered.order.invoices
        pay(ordered, (1, FIRST), (2, SECOND))
        assert money(ordered).paid == EXAMPLE.goods

    def test_is_entered_as_it_was_in_one_commit(self, ordered: House) -> None:
        pay(ordered, (1, FIRST))
        correct(ordered, (2, SECOND), invoice="F-2")
        wrong, right = ordered.order.payments[1], ordered.order.payments[2]
        assert wrong.reversed
        assert not wrong.cancelled
        assert (right.corrects, right.invoice) == (1, "F-2")
        assert [line.owed(ordered.way.agreement_id) for line in ordered.order.lines.values()] == [
            FIRST,
            NOTHING,
        ]
        assert money(ordered).paid == SECOND

    def test_keeps_its_number_and_cheque_where_the_amount_alone_was_wrong(
        self, ordered: House
    ) -> None:
        sums = (o.LineSum(line=1, amount=Decimal(100)),)
        ordered.take(o.PayInvoice(occurred_on=TODAY, invoice="F-1", cheque="Q", lines=sums))
        correct(ordered, (1, FIRST), cheque="Q")
        assert money(ordered).paid == FIRST
        pay(ordered, (2, SECOND), invoice="F-2")
        refused(
            "cheque_already_used",
            lambda: correct(ordered, (2, SECOND), payment=3, cheque="Q", invoice="F-2"),
        )

    def test_is_no_more_than_its_lines_cost(self, ordered: House) -> None:
        pay(ordered, (1, FIRST))
        refused("payment_exceeds_line", lambda: correct(ordered, (1, FIRST + 1)))
        assert money(ordered).paid == FIRST, "nothing half done"

    def test_is_undone_once(self, ordered: House) -> None:
        pay(ordered, (1, FIRST))
        reverse(ordered)
        refused("payment_already_reversed", lambda: reverse(ordered))
        refused("payment_already_reversed", lambda: correct(ordered, (1, FIRST)))
        cancel = o.CancelPayment(occurred_on=TODAY, payment=1, explanation=WHY)
        refused("payment_already_reversed", lambda: ordered.take(cancel, ordered.coordinator))
        refused("payment_unknown", lambda: reverse(ordered, 2))

    def test_is_the_coordinators_to_undo(self, ordered: House) -> None:
        pay(ordered, (1, FIRST))
        step = o.ReversePayment(occurred_on=TODAY, payment=1, explanation=WHY)
        with pytest.raises(NotAllowed):
            ordered.take(step, ordered.caseworker)

    def test_stays_while_a_refund_rests_on_it(self, ordered: House) -> None:
        pay(ordered, (1, FIRST))
        refund(ordered, 1, Decimal(500))
        refused("refund_rests_on_payment", lambda: reverse(ordered))
        reverse_refund(ordered)
        reverse(ordered)
        assert (money(ordered).paid, money(ordered).contracted) == (NOTHING, EXAMPLE.goods)

    def test_by_the_funder_did_not_come_in_either(self, ordered: House) -> None:
        before = agreement(ordered).received
        sums = (o.LineSum(line=1, amount=FIRST),)
        ordered.take(o.PayInvoice(occurred_on=TODAY, invoice="F-1", by_funder=True, lines=sums))
        correct(ordered, (1, FIRST - 1), by_funder=True)
        assert agreement(ordered).received == before + FIRST - 1
        correct(ordered, (1, FIRST), payment=2)
        assert (agreement(ordered).received, money(ordered).paid) == (before, FIRST)

    def test_of_what_never_came_is_owed_no_more(self, ordered: House) -> None:
        pay(ordered, (1, Decimal(10000)))
        lose(ordered, 1)
        reverse(ordered)
        assert (money(ordered).contracted, money(ordered).spent) == (SECOND, NOTHING)
        assert not any(ordered.order.lines[1].parts.values())

    def test_of_an_ended_approval_frees_what_never_came(self, ordered: House) -> None:
        pay(ordered, (1, Decimal(10000)))
        end_approval(ordered)
        lose(ordered, 1)
        before = agreement(ordered).room
        reverse(ordered)
        assert agreement(ordered).room == before + 10000

    def test_is_undone_after_the_agreement_closed_and_what_is_over_goes_back(
        self, ordered: House
    ) -> None:
        receive(ordered, 1, 2)
        hand_over(ordered, 1, 2, cash=EXAMPLE.cash)
        pay(ordered, (1, FIRST), (2, SECOND))
        funded(ordered)
        on_agreement(ordered, ag.CloseAgreement(occurred_on=TODAY, explanation="All done."))
        correct(ordered, (1, FIRST), (2, SECOND - 100))
        assert agreement(ordered).closed
        assert agreement(ordered).in_hand == 100
        assert agreement(ordered).over_since is not None


class TestARefundEnteredWrongly:
    def test_is_owed_and_paid_again(self, ordered: House) -> None:
        pay(ordered, (1, FIRST))
        refund(ordered, 1, Decimal(700))
        reverse_refund(ordered)
        assert ordered.order.refunds[1].reversed
        assert (money(ordered).spent, money(ordered).contracted) == (FIRST, EXAMPLE.goods)
        assert project(ordered).paid == FIRST
        refused("refund_already_reversed", lambda: reverse_refund(ordered))
        refused("refund_unknown", lambda: reverse_refund(ordered, 2))

    def test_takes_its_saving_back_where_there_is_room(self, ordered: House) -> None:
        receive(ordered, 1, 2)
        hand_over(ordered, 1, 2, cash=EXAMPLE.cash)
        pay(ordered, (1, FIRST), (2, SECOND))
        before = agreement(ordered).room
        refund(ordered, 1, Decimal(700))
        assert agreement(ordered).room == before + 700
        reverse_refund(ordered)
        assert agreement(ordered).room == before
        assert money(ordered).to_come == NOTHING

    def test_stays_where_the_saving_was_spent_again(self, ordered: House) -> None:
        """Nothing half done: an amendment first."""
        receive(ordered, 1, 2)
        hand_over(ordered, 1, 2, cash=EXAMPLE.cash)
        pay(ordered, (1, FIRST), (2, SECOND))
        refund(ordered, 1, Decimal(700))
        funded(ordered, agreement(ordered).envelope)
        spent = agreement(ordered).room - 1
        on_agreement(ordered, ag.RepayFunds(occurred_on=TODAY, amount=spent, reference="V"))
        refused("correction_without_room", lambda: reverse_refund(ordered))
        assert not ordered.order.refunds[1].reversed
        assert money(ordered).freed == 700

    def test_stays_where_the_approval_was_ordered_out_since(self, ordered: House) -> None:
        pay(ordered, (1, FIRST))
        refund(ordered, 1, FIRST)
        ordered.take(
            o.CancelLine(occurred_on=TODAY, line=1, explanation="Gone."), ordered.coordinator
        )
        first = ordered.way
        ordered.way = replace(first, order_id=uuid5(ROOT, "elsewhere"))
        order(ordered, (1, FIRST))
        ordered.way = first
        refused("correction_exceeds_approval", lambda: reverse_refund(ordered))

    def test_of_a_closed_agreement_raises_what_is_spent_and_waits_for_its_reopening(
        self, ordered: House
    ) -> None:
        receive(ordered, 1, 2)
        hand_over(ordered, 1, 2, cash=EXAMPLE.cash)
        pay(ordered, (1, FIRST), (2, SECOND))
        refund(ordered, 1, Decimal(700))
        funded(ordered, EXAMPLE.cost - 700)
        on_agreement(ordered, ag.CloseAgreement(occurred_on=TODAY, explanation="All done."))
        refused("agreement_closed_to_spending", lambda: reverse_refund(ordered))
