"""What a step that passed tells of besides: more was paid than had come in."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from domain.agreement.steps import RecordFundsReceived
from domain.case.steps import AddNote
from domain.commands import HANDLINGS, warnings_of
from domain.message import Step, StreamKind, stream_id
from domain.order.steps import PayInvoice
from domain.steps.warning import Warned, WarningCode
from domain.tracks.self_employment.steps import ConfirmDelivery
from tests.support.paper import DIVISION
from tests.unit.domain.conftest import House

NEAR = Decimal("0.01")


def warned_by(house: House, step: Step) -> Sequence[Warned]:
    """What the step would be told; it is not taken."""
    command = house.paper.command(house.stream_of(step), step, house.by(step))
    handling = HANDLINGS[type(step)]
    world = handling.world(command, house.paper.state)
    events = handling.decide(world, step, house.paper.context(command))
    of_money = WarningCode.PAID_ABOVE_IN_HAND
    return [each for each in warnings_of(world, command, events) if each.code is of_money]


def before(house: House, step: type[Step]) -> Step:
    """The way up to the step, which is given as it would be taken."""
    house.walk(house.way.steps(), until=step)
    return house.way.step(step)


def come(house: House, amount: Decimal) -> None:
    received = RecordFundsReceived(
        occurred_on=house.way.day(300), amount=amount, reference="virement"
    )
    agreement = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
    house.paper.take(agreement, received, DIVISION)


def paid(step: PayInvoice) -> Decimal:
    return sum((line.amount for line in step.lines), Decimal(0))


@pytest.mark.parametrize(("short", "warned"), [(NEAR, ["-0.01"]), (Decimal(0), [])])
def test_an_invoice_above_what_is_in_hand_is_told_of(
    house: House, short: Decimal, warned: list[str]
) -> None:
    pay = before(house, PayInvoice)
    assert isinstance(pay, PayInvoice)
    come(house, paid(pay) - short)
    found = warned_by(house, pay)
    assert [each.params["in_hand"] for each in found] == warned
    assert {each.about for each in found} <= {house.way.agreement_id}


def test_cash_above_what_is_in_hand_is_told_of(house: House) -> None:
    hand_over = before(house, ConfirmDelivery)
    (found,) = warned_by(house, hand_over)
    assert Decimal(found.params["in_hand"]) < -paid(house.way.step(PayInvoice))


def test_what_the_funder_pays_itself_is_not_told_of(house: House) -> None:
    pay = before(house, PayInvoice).model_copy(update={"by_funder": True})
    assert not warned_by(house, pay)


def test_who_pays_nothing_is_not_told_of_what_is_below_already(house: House) -> None:
    before(house, ConfirmDelivery)
    assert not warned_by(house, AddNote(occurred_on=house.way.day(460), text="a quiet note"))
