"""What came in under an agreement, or left it, and was entered wrongly."""

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID, uuid5

import pytest

from domain.agreement import steps as a
from domain.agreement.state import AgreementState
from domain.errors import NotAllowed, Refused
from domain.example.beside import sign_agreement
from domain.message import Step, StreamKind, stream_id
from domain.order import steps as o
from domain.values.money import NOTHING
from tests.support.paper import DIVISION, ROOT
from tests.unit.domain.conftest import House
from tests.unit.domain.test_orders import FIRST, TODAY, order

OTHER = uuid5(ROOT, "another agreement")
WHY = "A nought too many."


def state(house: House, name: UUID | None = None) -> AgreementState:
    found = house.paper.state(stream_id(StreamKind.AGREEMENT, name or house.way.agreement_id))
    assert isinstance(found, AgreementState)
    return found


def take(house: House, step: Step, name: UUID | None = None) -> None:
    house.paper.take(
        stream_id(StreamKind.AGREEMENT, name or house.way.agreement_id), step, DIVISION
    )


def receive(house: House, amount: int) -> None:
    step = a.RecordFundsReceived(occurred_on=TODAY, amount=Decimal(amount), reference="V")
    take(house, step)


def repay(house: House, amount: int) -> None:
    take(house, a.RepayFunds(occurred_on=TODAY, amount=Decimal(amount), reference="V"))


def carry(house: House, amount: int) -> None:
    take(house, sign_agreement(), OTHER)
    step = a.CarryFundsOver(
        occurred_on=TODAY, into=OTHER, amount=Decimal(amount), explanation="Left."
    )
    take(house, step)


def correct(house: House, entry: int, amount: int, tranche: int | None = None) -> None:
    step = a.CorrectFunds(
        occurred_on=TODAY,
        movement=entry,
        amount=Decimal(amount),
        reference="V-2",
        tranche=tranche,
        explanation=WHY,
    )
    take(house, step)


def reverse(house: House, entry: int) -> None:
    take(house, a.ReverseFunds(occurred_on=TODAY, movement=entry, explanation=WHY))


def close(house: House) -> None:
    take(house, a.CloseAgreement(occurred_on=TODAY, explanation="Done."))


def refused(code: str, step: Callable[[], object]) -> None:
    with pytest.raises(Refused, match=code):
        step()


def test_what_was_received_is_entered_as_it_was(house: House) -> None:
    receive(house, 50_000)
    correct(house, 1, 5_000)
    assert (state(house).received, state(house).in_hand) == (Decimal(5_000),) * 2
    assert (state(house).funds[1].reversed, state(house).funds[2].corrects) == (True, 1)
    refused("funds_already_reversed", lambda: correct(house, 1, 1))
    refused("funds_already_reversed", lambda: reverse(house, 1))
    refused("funds_unknown", lambda: reverse(house, 3))


def test_what_left_since_rests_on_what_came(house: House) -> None:
    receive(house, 50_000)
    repay(house, 20_000)
    refused("funds_gone_since", lambda: correct(house, 1, 19_999))
    refused("funds_gone_since", lambda: reverse(house, 1))
    correct(house, 1, 20_000)
    assert state(house).in_hand == NOTHING


def test_what_was_repaid_is_entered_as_it_was(house: House) -> None:
    receive(house, 50_000)
    repay(house, 10_000)
    correct(house, 2, 1_000)
    assert (state(house).repaid, state(house).in_hand) == (Decimal(1_000), Decimal(49_000))
    refused("not_free_in_hand", lambda: correct(house, 3, 50_001))
    refused("funds_of_another_kind", lambda: correct(house, 3, 10, tranche=1))
    correct(house, 3, 50_000)
    assert state(house).in_hand == NOTHING


def test_more_never_came_than_the_envelope(house: House) -> None:
    receive(house, 50_000)
    most = int(state(house).envelope)
    refused("funds_exceed_envelope", lambda: correct(house, 1, most + 1))
    correct(house, 1, most)


def test_a_planned_share_is_named_as_it_was(house: House) -> None:
    receive(house, 50_000)
    refused("tranche_unknown", lambda: correct(house, 1, 50_000, tranche=9))
    correct(house, 1, 50_000, tranche=1)
    assert state(house).funds[2].tranche == 1


def test_what_was_carried_over_is_undone_in_both_agreements(house: House) -> None:
    receive(house, 50_000)
    carry(house, 30_000)
    refused("funds_of_another_kind", lambda: correct(house, 2, 3_000))
    reverse(house, 2)
    assert (state(house).in_hand, state(house, OTHER).in_hand) == (Decimal(50_000), NOTHING)


def test_what_was_carried_on_from_there_keeps_it(house: House) -> None:
    receive(house, 50_000)
    carry(house, 30_000)
    gone = a.RepayFunds(occurred_on=TODAY, amount=Decimal(1), reference="V")
    take(house, gone, OTHER)
    refused("funds_gone_since", lambda: reverse(house, 2))
    assert state(house).carried_out == 30_000, "nothing half done"


def test_a_closed_agreement_takes_what_lowers_its_spending_alone(house: House) -> None:
    receive(house, 50_000)
    repay(house, 50_000)
    close(house)
    refused("agreement_closed_to_spending", lambda: correct(house, 1, 49_000))
    refused("agreement_closed", lambda: correct(house, 1, 51_000))
    correct(house, 1, 50_000)
    correct(house, 2, 49_000)
    assert (state(house).in_hand, state(house).closed) == (Decimal(1_000), True)
    assert state(house).over_since is not None


def test_what_lacks_is_declared_anew(house: House) -> None:
    house.walk(house.way.steps(), until=o.PlaceOrder)
    order(house, (1, FIRST))
    house.take(o.PayInvoice(occurred_on=TODAY, invoice="F", lines=(_whole(),)))
    short = a.DeclareShortfall(occurred_on=TODAY, amount=Decimal(700), explanation="Late.")
    take(house, short)
    entry = len(state(house).funds)
    before = state(house).lacking
    reverse(house, entry)
    assert state(house).lacking == before + 700


def _whole() -> o.LineSum:
    return o.LineSum(line=1, amount=FIRST)


def test_what_a_funder_paid_itself_is_corrected_on_the_order(house: House) -> None:
    house.walk(house.way.steps(), until=o.PlaceOrder)
    order(house, (1, FIRST))
    pay = o.PayInvoice(occurred_on=TODAY, invoice="F", by_funder=True, lines=(_whole(),))
    house.take(pay)
    entry = len(state(house).funds)
    refused("funds_of_a_payment", lambda: reverse(house, entry))
    undo = o.ReversePayment(occurred_on=TODAY, payment=1, explanation=WHY)
    house.take(undo, house.coordinator)
    assert state(house).funds[entry].reversed


def test_it_is_the_divisions(house: House) -> None:
    receive(house, 50_000)
    step = a.ReverseFunds(occurred_on=TODAY, movement=1, explanation=WHY)
    name = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
    with pytest.raises(NotAllowed):
        house.paper.take(name, step, house.coordinator)
