"""States out of which no honest step led, or a wrong one did: in the smallest history of each."""

from decimal import Decimal

import pytest

from domain.agreement import steps as a
from domain.errors import Refused
from domain.example.person import EXAMPLE
from domain.message import StreamKind, stream_id
from domain.order import steps as o
from domain.project.items import CashInstalment
from domain.tracks.self_employment import steps as s
from tests.support.paper import DIVISION
from tests.unit.domain.conftest import House

HALF = EXAMPLE.cash / 2


def cash(house: House, amount: Decimal) -> s.ConfirmDelivery:
    handed = (CashInstalment(amount=amount, cheque=f"Q-{amount}"),)
    return s.ConfirmDelivery(occurred_on=house.way.delivered_on, cash=handed)


def test_cash_that_was_given_up_is_neither_handed_over_nor_given_up_again(house: House) -> None:
    house.walk(house.way.steps(), until=s.ConfirmDelivery)
    drop = s.DropItems(
        occurred_on=house.way.delivered_on, cash=True, explanation="She has enough of it."
    )
    house.take(drop, house.coordinator)
    with pytest.raises(Refused, match="no_cash_left"):
        house.take(cash(house, HALF))
    with pytest.raises(Refused, match="no_cash_left"):
        house.take(drop, house.coordinator)
    house.take(house.way.step(s.ConfirmDelivery).model_copy(update={"cash": ()}))
    agreement = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
    money = house.paper.state(agreement).money  # type: ignore[attr-defined]  # an agreement's
    assert (money.freed, money.to_come) == (EXAMPLE.cash, 0)


def test_what_a_funder_pays_a_supplier_itself_comes_in_within_the_envelope(house: House) -> None:
    house.walk(house.way.steps(), until=o.PayInvoice)
    agreement = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
    state = house.paper.state(agreement)
    received = a.RecordFundsReceived(
        occurred_on=house.way.day(400),
        amount=state.envelope - 1,  # type: ignore[attr-defined]  # as above
        reference="V",
    )
    house.paper.take(agreement, received, DIVISION)
    pay = house.way.step(o.PayInvoice)
    with pytest.raises(Refused, match="funds_exceed_envelope"):
        house.take(pay.model_copy(update={"by_funder": True}))
    house.take(pay)
