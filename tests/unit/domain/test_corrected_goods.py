"""Goods that were said to have come, or to be lost, and were not."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid5

import pytest

from domain.case.events import EntriesMended
from domain.order import steps as o
from domain.order.vocabulary import LineStatus
from domain.values.money import NOTHING
from tests.closer.mirrored import contradictions
from tests.support.paper import ROOT
from tests.unit.domain.conftest import House
from tests.unit.domain.test_corrected_decisions import refused
from tests.unit.domain.test_mending import entry, retract
from tests.unit.domain.test_orders import (
    FIRST,
    SECOND,
    TODAY,
    agreement,
    drop,
    end_approval,
    hand_over,
    lose,
    money,
    order,
    pay,
    project,
    receive,
    track,
)

WHY = "Another supplier's van."
LATER = TODAY + timedelta(days=5)


@pytest.fixture
def ordered(house: House) -> House:
    house.walk(house.way.steps(), until=o.PlaceOrder)
    order(house, (1, FIRST), (2, SECOND))
    house.paper.pass_days(5)
    return house


def correct(house: House, *lines: int, on: int | None = None) -> None:
    came = None if on is None else TODAY + timedelta(days=on)
    step = o.CorrectReceipt(occurred_on=LATER, lines=lines, received_on=came, explanation=WHY)
    house.take(step, house.coordinator)
    assert not contradictions(house.case, project(house))


def found(house: House, line: int = 1) -> None:
    step = o.ReverseLoss(occurred_on=LATER, line=line, explanation=WHY)
    house.take(step, house.coordinator)
    assert not contradictions(house.case, project(house))


class TestAReceipt:
    def test_that_was_none_leaves_the_line_on_order_and_the_others_received(
        self, ordered: House
    ) -> None:
        receive(ordered, 1, 2)
        correct(ordered, 1)
        assert ordered.order.lines[1].status is LineStatus.ORDERED
        assert project(ordered).items[1].received_on is None
        assert project(ordered).items[2].received_on == TODAY
        assert track(ordered).equipment.received == {2}
        receive(ordered, 1)
        assert track(ordered).equipment.received == {1, 2}

    def test_of_another_day_stands_on_that(self, ordered: House) -> None:
        ordered.take(o.ReceiveLines(occurred_on=LATER, lines=(1, 2)))
        correct(ordered, 2, on=0)
        assert project(ordered).items[2].received_on == TODAY
        assert project(ordered).items[1].received_on == LATER
        hand_over(ordered, 2)
        correct(ordered, 1)
        refused("line_not_received", lambda: correct(ordered, 1, on=0))

    def test_stays_while_a_delivery_rests_on_it(self, ordered: House) -> None:
        receive(ordered, 1, 2)
        hand_over(ordered, 1)
        refused("delivery_rests_on_receipt", lambda: correct(ordered, 1))
        correct(ordered, 2)

    def test_is_not_mended_in_the_case_alone(self, ordered: House) -> None:
        receive(ordered, 1)
        correct(ordered, 1)
        refused("mended_otherwise", lambda: retract(ordered, entry(ordered, EntriesMended)))


class TestALoss:
    def test_that_was_none_is_on_order_again_at_its_price(self, ordered: House) -> None:
        pay(ordered, (1, Decimal(10000)))
        before = money(ordered)
        lose(ordered, 1)
        found(ordered)
        assert money(ordered) == before
        assert project(ordered).items[1].price == FIRST
        assert track(ordered).equipment.ordered == {1, 2}
        receive(ordered, 1)
        refused("line_not_lost", lambda: found(ordered))

    def test_of_what_had_come_is_here_again(self, ordered: House) -> None:
        receive(ordered, 1)
        lose(ordered, 1)
        found(ordered)
        assert ordered.order.lines[1].status is LineStatus.RECEIVED
        hand_over(ordered, 1)

    def test_stays_where_something_else_was_ordered_or_given_up(self, ordered: House) -> None:
        lose(ordered, 1)
        lose(ordered, 2)
        first = ordered.way
        ordered.way = replace(first, order_id=uuid5(ROOT, "elsewhere"))
        order(ordered, (1, FIRST))
        receive(ordered, 1)
        hand_over(ordered, 1)
        drop(ordered, 2)
        ordered.way = first
        refused("item_settled_since", lambda: found(ordered, 1))
        refused("item_settled_since", lambda: found(ordered, 2))

    def test_stays_where_it_stood_on_another_order_since_that_was_cancelled(
        self, ordered: House
    ) -> None:
        """What was told last of the item is that order's, and not the loss."""
        lose(ordered, 1)
        first = ordered.way
        ordered.way = replace(first, order_id=uuid5(ROOT, "elsewhere"))
        order(ordered, (1, FIRST))
        cancel = o.CancelLine(occurred_on=TODAY, line=1, explanation=WHY)
        ordered.take(cancel, ordered.coordinator)
        ordered.way = first
        refused("item_settled_since", lambda: found(ordered, 1))

    def test_of_an_ended_approval_needs_the_room_it_gave_back(self, ordered: House) -> None:
        end_approval(ordered)
        lose(ordered, 1)
        room = agreement(ordered).room
        step = o.ReverseLoss(occurred_on=LATER, line=1, explanation=WHY)
        ordered.take(step, ordered.coordinator)
        assert agreement(ordered).room == room - FIRST
        assert money(ordered).to_come == FIRST + SECOND
        assert money(ordered).spent == NOTHING
