"""An order: of one project or of many, within what was approved, and however it goes wrong."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid5

import pytest

from domain.agreement.money import Money
from domain.agreement.state import AgreementState
from domain.agreement.steps import CloseAgreement
from domain.case.steps import CloseCase
from domain.case.vocabulary import Outcome
from domain.errors import NotAllowed, Refused
from domain.example.beside import register_beneficiary
from domain.example.person import EXAMPLE
from domain.example.way import Way
from domain.message import Role, StreamKind, stream_id
from domain.order import steps as o
from domain.order.vocabulary import LineStatus
from domain.project.items import CashInstalment, ItemEstimate, ItemHandover
from domain.project.state import ProjectState
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.state import SelfEmployment, find_track
from domain.values.money import NOTHING
from tests.support.paper import DIVISION, ROOT
from tests.unit.domain.conftest import House, convene, decided, die, hire

TODAY = date(2026, 3, 2)
SECOND = EXAMPLE.items[1].price
FIRST = EXAMPLE.items[0].price


@pytest.fixture
def approved(house: House) -> House:
    """Approved and signed, nothing ordered yet."""
    house.walk(house.way.steps(), until=o.PlaceOrder)
    return house


def agreement(house: House) -> AgreementState:
    state = house.paper.state(stream_id(StreamKind.AGREEMENT, house.way.agreement_id))
    assert isinstance(state, AgreementState)
    return state


def money(house: House) -> Money:
    return agreement(house).approvals[house.project_id].money


def project(house: House) -> ProjectState:
    state = house.paper.state(stream_id(StreamKind.PROJECT, house.project_id))
    assert isinstance(state, ProjectState)
    return state


def track(house: House) -> SelfEmployment:
    found = find_track(house.case)
    assert found is not None
    return found


def order(
    house: House, *lines: tuple[int, Decimal], own: Decimal = NOTHING, on: date = TODAY
) -> None:
    """Place an order of these items at these prices."""
    ordered = tuple(
        o.LineOrdered(project_id=house.project_id, item=item, price=price, own_extra=own)
        for item, price in lines
    )
    house.take(o.PlaceOrder(occurred_on=on, supplier=EXAMPLE.supplier, contract="C", lines=ordered))


def receive(house: House, *lines: int) -> None:
    house.take(o.ReceiveLines(occurred_on=TODAY, lines=lines))


def pay(house: House, *lines: tuple[int, Decimal], invoice: str = "F-1") -> None:
    sums = tuple(o.LineSum(line=line, amount=amount) for line, amount in lines)
    house.take(o.PayInvoice(occurred_on=TODAY, invoice=invoice, lines=sums))


def refund(house: House, line: int, amount: Decimal) -> None:
    back = (o.LineSum(line=line, amount=amount),)
    step = o.RecordRefund(occurred_on=TODAY, reference="R", lines=back)
    house.take(step, house.coordinator)


def cancel(house: House, line: int, fee: Decimal = NOTHING) -> None:
    step = o.CancelLine(occurred_on=TODAY, line=line, fee=fee, explanation="Gone.")
    house.take(step, house.coordinator)


def lose(house: House, line: int, on: date = TODAY) -> None:
    house.by_two(o.RecordLoss(occurred_on=on, line=line, explanation="Stolen from the store."))


def hand_over(house: House, *items: int, cash: Decimal = NOTHING) -> None:
    parts = (CashInstalment(amount=cash, cheque="Q"),) if cash else ()
    given = tuple(ItemHandover(item=item) for item in items)
    house.take(s.ConfirmDelivery(occurred_on=TODAY, items=given, cash=parts))


def drop(house: House, *items: int, cash: bool = False) -> None:
    step = s.DropItems(occurred_on=TODAY, items=items, cash=cash, explanation="Not wanted.")
    house.take(step, house.coordinator)


def end_approval(house: House) -> None:
    house.by_two(s.EndApproval(occurred_on=TODAY, explanation="She died."))


def refused(code: str, take: Callable[[], object]) -> None:
    with pytest.raises(Refused, match=code):
        take()


class TestPrices:
    def test_below_the_approval_leave_a_saving_once_all_is_handed_over(
        self, approved: House
    ) -> None:
        """It is free for somebody else, and the agreement can be closed."""
        order(approved, (1, FIRST - 1000), (2, SECOND))
        receive(approved, 1, 2)
        assert money(approved).freed == NOTHING
        hand_over(approved, 1, 2, cash=EXAMPLE.cash)
        assert money(approved).freed == Decimal(1000)
        assert agreement(approved).room == agreement(approved).envelope - EXAMPLE.cost + 1000
        pay(approved, (1, FIRST - 1000), (2, SECOND))
        assert money(approved).to_come == NOTHING

    def test_above_it_are_the_holders_own_or_another_items(self, approved: House) -> None:
        refused("order_exceeds_approval", lambda: order(approved, (1, EXAMPLE.goods + 1)))
        refused("price_above_plan", lambda: order(approved, (1, FIRST + 500)))
        refused("own_extra_without_need", lambda: order(approved, (1, FIRST), own=Decimal(1)))
        order(approved, (1, FIRST + 500), own=Decimal(500))
        assert (money(approved).contracted, project(approved).items[1].price) == (
            FIRST,
            FIRST + 500,
        )

    def test_above_it_take_what_a_dropped_item_leaves(self, approved: House) -> None:
        drop(approved, 2)
        order(approved, (1, FIRST + 500))
        assert money(approved).contracted == FIRST + 500

    def test_are_shared_with_the_holders_own_part(self, house: House) -> None:
        """Own part 14,000 of 35,000, grant 21,000: all of it is ordered."""
        own = ItemEstimate(label="oven", estimated=Decimal(35000), own_cash=Decimal(14000))
        for step in house.way.steps():
            if isinstance(step, o.PlaceOrder):
                break
            if isinstance(step, s.ProposeProject):
                house.take(step.model_copy(update={"items": (own,)}))
            elif isinstance(step, s.RecordDecision):
                house.take(decided(house.way, Decimal(21000), NOTHING))
            else:
                house.take(step)
        refused("payer_not_approved|item_unknown", lambda: order(house, (2, Decimal(1))))
        order(house, (1, Decimal("34999.99")))
        assert money(house).contracted == Decimal("21000.00")
        assert project(house).items[1].price - money(house).contracted == Decimal("13999.99")


class TestItems:
    def test_are_ordered_one_after_the_other_and_the_first_is_handed_over_meanwhile(
        self, approved: House
    ) -> None:
        order(approved, (1, FIRST))
        receive(approved, 1)
        hand_over(approved, 1)
        assert track(approved).delivered is None
        assert not project(approved).complete
        approved.way = replace(approved.way, order_id=uuid5(ROOT, "the second order"))
        order(approved, (2, SECOND))
        receive(approved, 1)
        hand_over(approved, 2, cash=EXAMPLE.cash)
        assert track(approved).delivered is not None
        assert project(approved).complete
        assert agreement(approved).approvals[approved.project_id].settled

    def test_stand_on_one_order_at_a_time(self, approved: House) -> None:
        order(approved, (1, FIRST))
        approved.way = replace(approved.way, order_id=uuid5(ROOT, "the second order"))
        refused("item_already_ordered", lambda: order(approved, (1, FIRST)))
        refused("item_repeated", lambda: order(approved, (2, SECOND), (2, SECOND)))

    def test_given_up_settle_the_approval_with_what_was_given(self, approved: House) -> None:
        order(approved, (1, FIRST))
        receive(approved, 1)
        refused("item_on_order", lambda: drop(approved, 1))
        hand_over(approved, 1)
        drop(approved, 2, cash=True)
        assert track(approved).delivered is not None
        assert money(approved).committed == FIRST

    def test_all_given_up_are_an_approval_ended(self, approved: House) -> None:
        refused("end_approval_instead", lambda: drop(approved, 1, 2))


class TestSuppliers:
    def test_that_fail_pay_back_and_the_item_is_ordered_elsewhere(self, approved: House) -> None:
        order(approved, (1, FIRST), (2, SECOND))
        pay(approved, (1, Decimal(10000)))
        refused("refund_missing", lambda: cancel(approved, 1))
        refund(approved, 1, Decimal(7000))
        cancel(approved, 1, fee=Decimal(3000))
        assert (money(approved).spent, money(approved).contracted) == (Decimal(3000), SECOND + 3000)
        approved.way = replace(approved.way, order_id=uuid5(ROOT, "elsewhere"))
        refused("order_exceeds_approval", lambda: order(approved, (1, FIRST)))
        order(approved, (1, FIRST - 3000))
        assert money(approved).orderable == NOTHING

    def test_lose_an_item_that_is_ordered_anew_no_earlier_than_that(self, approved: House) -> None:
        """Entered late, before the day its first line came to nothing, it would have been on two."""
        order(approved, (1, FIRST))
        approved.paper.pass_days(5)
        cancelled = o.CancelLine(occurred_on=TODAY + timedelta(days=5), line=1, explanation="Gone.")
        approved.take(cancelled, approved.coordinator)
        approved.way = replace(approved.way, order_id=uuid5(ROOT, "elsewhere"))
        refused("date_before_earlier_step", lambda: order(approved, (1, FIRST)))
        order(approved, (1, FIRST), on=TODAY + timedelta(days=5))
        assert track(approved).equipment.ordered == {1}

    def test_send_another_thing_no_earlier_than_it_took_the_others_place(
        self, approved: House
    ) -> None:
        """Nor is it given up earlier: the case would have waited for it for ever."""
        approved.paper.pass_days(5)
        by = ItemEstimate(label="used machine", estimated=FIRST)
        replaced = s.ReplaceItem(
            occurred_on=TODAY + timedelta(days=5), item=1, by=by, explanation="Not made any more."
        )
        approved.take(replaced, approved.coordinator)
        refused("date_before_earlier_step", lambda: order(approved, (3, FIRST)))
        refused("date_before_earlier_step", lambda: drop(approved, 3))

    def test_are_not_to_blame_for_what_was_lost_after_it_came(self, approved: House) -> None:
        """So the loss is no earlier than the receiving, and the case does not call it received."""
        order(approved, (1, FIRST))
        approved.paper.pass_days(5)
        came = o.ReceiveLines(occurred_on=TODAY + timedelta(days=5), lines=(1,))
        approved.take(came)
        refused("date_before_earlier_step", lambda: lose(approved, 1))
        lose(approved, 1, on=TODAY + timedelta(days=5))
        assert track(approved).equipment.received == frozenset()

    def test_that_are_gone_leave_a_loss(self, approved: House) -> None:
        """What was paid is spent; what was not is not owed any more."""
        order(approved, (1, FIRST))
        pay(approved, (1, Decimal(10000)))
        lose(approved, 1)
        assert approved.order.lines[1].status is LineStatus.LOST
        assert (money(approved).contracted, money(approved).spent) == (
            Decimal(10000),
            Decimal(10000),
        )
        assert track(approved).equipment.to_order == {1, 2}

    def test_pay_back_after_all_was_handed_over_and_it_is_freed(self, approved: House) -> None:
        order(approved, (1, FIRST), (2, SECOND))
        receive(approved, 1, 2)
        hand_over(approved, 1, 2, cash=EXAMPLE.cash)
        pay(approved, (1, FIRST), (2, SECOND))
        before = agreement(approved).room
        refund(approved, 2, Decimal(250))
        assert agreement(approved).room == before + 250
        assert money(approved).to_come == NOTHING

    def test_are_paid_no_more_than_their_lines_cost_and_an_invoice_once(
        self, approved: House
    ) -> None:
        order(approved, (1, FIRST), (2, SECOND))
        refused("payment_exceeds_line", lambda: pay(approved, (2, SECOND + 1)))
        pay(approved, (1, FIRST), (2, SECOND))
        refused("invoice_already_paid", lambda: pay(approved, (1, FIRST), invoice="f 1"))
        refused("payment_exceeds_line", lambda: pay(approved, (1, Decimal(1)), invoice="F-2"))

    def test_are_paid_again_after_a_cheque_was_cancelled(self, approved: House) -> None:
        order(approved, (1, FIRST))
        pay(approved, (1, FIRST))
        reverse = o.CancelPayment(occurred_on=TODAY, payment=1, explanation="Lost in the post.")
        approved.take(reverse, approved.coordinator)
        assert (money(approved).paid, project(approved).paid) == (NOTHING, NOTHING)
        pay(approved, (1, FIRST))
        assert money(approved).paid == FIRST

    def test_paid_by_the_funder_are_received_and_paid_at_once(self, approved: House) -> None:
        order(approved, (1, FIRST))
        before = agreement(approved).received
        sums = (o.LineSum(line=1, amount=FIRST),)
        approved.take(o.PayInvoice(occurred_on=TODAY, invoice="F", by_funder=True, lines=sums))
        assert agreement(approved).received == before + FIRST
        assert money(approved).paid == FIRST


class TestStock:
    def test_takes_what_is_on_order_when_an_approval_ends(self, approved: House) -> None:
        """An advance, then a death: the case closes, and the money finds its way."""
        order(approved, (1, FIRST), (2, SECOND))
        pay(approved, (1, Decimal(10000)))
        end_approval(approved)
        assert agreement(approved).places_taken == 0
        assert money(approved).committed == FIRST + SECOND
        die(approved, TODAY)
        approved.take(CloseCase(occurred_on=TODAY, outcome=Outcome.DECEASED), approved.coordinator)
        receive(approved, 1)
        pay(approved, (1, FIRST - 10000), invoice="F-2")
        cancel(approved, 2)
        assert money(approved).to_come == NOTHING
        keep = o.KeepInInventory(occurred_on=TODAY, lines=(1,), explanation="For the workshop.")
        approved.take(keep, approved.coordinator)
        assert approved.order.lines[1].status is LineStatus.INVENTORY

    def test_keeps_the_place_of_whom_something_was_handed_to(self, approved: House) -> None:
        order(approved, (1, FIRST))
        receive(approved, 1)
        hand_over(approved, 1)
        end_approval(approved)
        assert agreement(approved).places_taken == 1
        assert money(approved).committed == FIRST
        assert track(approved).first_delivery is not None

    def test_goes_to_another_holder_by_a_sessions_decision(self, approved: House) -> None:
        """What it cost moves with it; the agreement's room stays as it is."""
        order(approved, (1, FIRST))
        receive(approved, 1)
        pay(approved, (1, Decimal(10000)))
        end_approval(approved)
        other = somebody_else(approved)
        room, before = agreement(approved).room, money(other)
        assign = o.AssignLine(
            occurred_on=TODAY,
            line=1,
            project_id=other.project_id,
            item=1,
            session_id=other.way.session_id,
        )
        elsewhere = assign.model_copy(update={"session_id": uuid5(ROOT, "no session")})
        refused("session_not_found", lambda: approved.take(elsewhere, approved.coordinator))
        approved.take(assign, approved.coordinator)
        assert agreement(approved).room == room
        assert money(approved).committed == NOTHING
        assert money(other).committed == before.committed + FIRST
        assert money(other).paid == Decimal(10000)
        assert project(other).paid == Decimal(10000)
        hand_over(other, 1)
        pay(approved, (1, FIRST - 10000), invoice="F-2")
        assert (money(other).paid, money(approved).paid) == (FIRST, NOTHING)
        refused("line_not_in_stock", lambda: approved.take(assign, approved.coordinator))

    def test_that_went_to_another_centre_is_that_centres_to_receive_and_pay(
        self, approved: House
    ) -> None:
        order(approved, (1, FIRST), (2, SECOND))
        end_approval(approved)
        other = somebody_else(approved)
        assign = o.AssignLine(
            occurred_on=TODAY,
            line=1,
            project_id=other.project_id,
            item=1,
            session_id=other.way.session_id,
        )
        approved.take(assign, approved.coordinator)
        register_elsewhere = Way(centre="ifrane", province="ifrane")
        approved.paper.found(register_elsewhere)
        theirs = hire(approved.paper, "ifrane-2", Role.COORDINATOR, "ifrane")
        case = stream_id(StreamKind.CASE, other.case_id)
        approved.paper.states[case] = replace(other.case, centre="ifrane")
        came = o.ReceiveLines(occurred_on=TODAY, lines=(1,))
        with pytest.raises(NotAllowed, match="line_of_another_centre"):
            approved.take(came, approved.coordinator)
        approved.take(came, theirs)
        own = o.ReceiveLines(occurred_on=TODAY, lines=(2,))
        with pytest.raises(NotAllowed, match="other_centre"):
            approved.take(own, theirs)
        approved.take(own, approved.coordinator)

    def test_has_nothing_that_is_still_somebodys(self, approved: House) -> None:
        order(approved, (1, FIRST))
        receive(approved, 1)
        keep = o.KeepInInventory(occurred_on=TODAY, lines=(1,), explanation="No.")
        refused("line_not_in_stock", lambda: approved.take(keep, approved.coordinator))


class TestChanges:
    def test_put_another_thing_in_an_items_place_for_no_more_money(self, approved: House) -> None:
        other = ItemEstimate(label="used machine", estimated=FIRST + 500, own_cash=Decimal(500))
        replaced = s.ReplaceItem(occurred_on=TODAY, item=1, by=other, explanation="Not made.")
        dearer = ItemEstimate(label="new machine", estimated=FIRST + 1)
        refused(
            "replacement_above_approval",
            lambda: approved.take(replaced.model_copy(update={"by": dearer}), approved.coordinator),
        )
        approved.take(replaced, approved.coordinator)
        assert track(approved).equipment.to_order == {2, 3}
        order(approved, (3, FIRST + 500))
        assert money(approved).contracted == FIRST
        paid = s.RecordOwnPart(occurred_on=TODAY, amount=Decimal(500), reference="R")
        approved.take(paid)
        refused("own_part_exceeded", lambda: approved.take(paid))

    def test_give_back_what_the_holder_paid_too_much(self, approved: House) -> None:
        other = ItemEstimate(label="used machine", estimated=FIRST + 500, own_cash=Decimal(500))
        replaced = s.ReplaceItem(occurred_on=TODAY, item=1, by=other, explanation="Not made.")
        approved.take(replaced, approved.coordinator)
        approved.take(s.RecordOwnPart(occurred_on=TODAY, amount=Decimal(500), reference="R"))
        back = s.GiveBackOwnPart(occurred_on=TODAY, amount=Decimal(300), reference="R")
        refused("own_part_not_overpaid", lambda: approved.take(back, approved.coordinator))
        cheaper = ItemEstimate(label="another", estimated=FIRST + 200, own_cash=Decimal(200))
        again = s.ReplaceItem(occurred_on=TODAY, item=3, by=cheaper, explanation="Sold.")
        approved.take(again, approved.coordinator)
        assert project(approved).own_due == -300
        with pytest.raises(NotAllowed):
            approved.take(back, approved.caseworker)
        approved.take(back, approved.coordinator)
        assert project(approved).own_due == NOTHING
        refused("own_part_not_overpaid", lambda: approved.take(back, approved.coordinator))


def somebody_else(house: House) -> House:
    """Somebody else of the centre, approved and signed under the same agreement."""
    person, session = uuid5(ROOT, "somebody else"), uuid5(ROOT, "another session")
    paper = house.paper
    registered = register_beneficiary(card=str(person))
    paper.take(stream_id(StreamKind.BENEFICIARY, person), registered, house.caseworker)
    way = replace(
        house.way,
        beneficiary_id=person,
        session_id=session,
        order_id=uuid5(ROOT, "the order of somebody else"),
    )
    other = House(paper, house.caseworker, house.coordinator, way, uuid5(ROOT, "another case"))
    convene(paper, session)
    other.walk(way.steps(), until=o.PlaceOrder)
    return other


class TestAList:
    """One order, and one invoice, for several people."""

    @pytest.fixture
    def other(self, approved: House) -> House:
        return somebody_else(approved)

    def placed(self, *people: House) -> o.PlaceOrder:
        lines = tuple(
            o.LineOrdered(project_id=each.project_id, item=1, price=FIRST) for each in people
        )
        return o.PlaceOrder(occurred_on=TODAY, supplier=EXAMPLE.supplier, contract="C", lines=lines)

    def take(self, house: House, step: o.PlaceOrder) -> None:
        stream = stream_id(StreamKind.ORDER, house.way.order_id)
        house.paper.take(stream, step, house.coordinator)

    def test_is_one_commit_for_all(self, approved: House, other: House) -> None:
        self.take(approved, self.placed(approved, other))
        assert agreement(approved).money.contracted == 2 * FIRST
        assert [track(each).equipment.ordered for each in (approved, other)] == [{1}, {1}]
        receive(approved, 2)
        assert [track(each).equipment.received for each in (approved, other)] == [set(), {1}]
        pay(approved, (1, FIRST), (2, FIRST))
        assert [project(each).paid for each in (approved, other)] == [FIRST, FIRST]

    def test_is_refused_whole_where_one_line_cannot_be(self, approved: House, other: House) -> None:
        other.by_two(s.EndApproval(occurred_on=TODAY, explanation="Left."))
        before = len(approved.paper.events)
        refused("not_approved", lambda: self.take(approved, self.placed(approved, other)))
        assert len(approved.paper.events) == before

    def test_says_which_line_and_whose_it_is_refused_for(
        self, approved: House, other: House
    ) -> None:
        other.by_two(s.EndApproval(occurred_on=TODAY, explanation="Left."))
        with pytest.raises(Refused) as ended:
            self.take(approved, self.placed(approved, other))
        order(approved, (1, FIRST))
        with pytest.raises(Refused) as twice:
            self.take(other, self.placed(approved))
        for told, line, house in ((ended, 2, other), (twice, 1, approved)):
            where = {"line": line, "item": 1, "reference": house.case.reference}
            assert told.value.params == where
        receive(approved, 1)
        with pytest.raises(Refused) as gone:
            receive(approved, 1)
        assert gone.value.params["reference"] == approved.case.reference

    def test_has_no_line_of_another_centre(self, approved: House, other: House) -> None:
        stranger = approved.coordinator.model_copy(update={"centre": "fes"})
        stream = stream_id(StreamKind.ORDER, uuid5(ROOT, "strange"))
        with pytest.raises(NotAllowed):
            approved.paper.take(stream, self.placed(other), stranger)


def test_an_agreement_closes_once_every_order_of_it_is_paid_or_undone(approved: House) -> None:
    stream = stream_id(StreamKind.AGREEMENT, approved.way.agreement_id)
    close = CloseAgreement(occurred_on=TODAY, explanation="Over.")
    order(approved, (1, FIRST))
    end_approval(approved)
    refused("agreement_has_money_to_come", lambda: approved.paper.take(stream, close, DIVISION))
    with suppress(Refused):
        cancel(approved, 1)
    approved.paper.take(stream, close, DIVISION)
    assert agreement(approved).closed
