"""Money between agreements, from two offices at once: the lock decides, and no centime is made."""

import json
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.agreement.state import AgreementState
from domain.agreement.steps import (
    AllowMorePlaces,
    CarryFundsOver,
    ConfirmAgreementRequest,
    RecordFundsReceived,
    RefuseAgreementRequest,
    RepayFunds,
)
from domain.case.steps import ConfirmCaseRequest
from domain.errors import JisrError
from domain.message import Actor, Command, Step, StreamKind, stream_id
from domain.order.steps import PayInvoice
from domain.tracks.self_employment.steps import EndApproval
from ledger.ledger import Ledger
from ledger.port import programme
from tests.integration.ledger.place import Opener
from tests.integration.projections.programme import DIVISION, Person, Programme

DAY = date(2024, 8, 20)
ENVELOPE = Decimal("1000.00")
SHARE = Decimal("100.00")
OFFICES = 2


@pytest.fixture
def ledgers(opened: Opener) -> list[Ledger]:
    return [opened(domain=programme()) for _ in range(OFFICES)]


@pytest.fixture
def house(ledgers: list[Ledger]) -> Programme:
    house = Programme(ledgers[0])
    house.settle(["taza", "midelt"])
    for province in ("taza", "midelt"):
        house.agreements[province] = house.sign(province, str(ENVELOPE), 40)
    return house


def state(house: Programme, province: str) -> AgreementState:
    found = house.ledger.state(stream_id(StreamKind.AGREEMENT, house.agreements[province]))
    assert isinstance(found, AgreementState)
    return found


def on(house: Programme, province: str, step: Step, actor: Actor = DIVISION) -> Command:
    return house.order(StreamKind.AGREEMENT, house.agreements[province], step, actor)


def receive(amount: Decimal) -> RecordFundsReceived:
    return RecordFundsReceived(occurred_on=DAY, amount=amount, reference="virement")


def carry(into: UUID, amount: Decimal = SHARE) -> CarryFundsOver:
    return CarryFundsOver(occurred_on=DAY, into=into, amount=amount, explanation="Next season.")


def raced(ledgers: list[Ledger], commands: Sequence[Command]) -> Counter[str]:
    """Each office sends every other one, all at once: codes, or "" for what passed."""

    def send(number: int) -> str:
        try:
            ledgers[number % OFFICES].record(commands[number])
        except JisrError as refusal:
            return refusal.code
        return ""

    with ThreadPoolExecutor(8) as threads:
        return Counter(threads.map(send, range(len(commands))))


def test_what_is_carried_over_stands_in_both_by_one_commit(
    ledgers: list[Ledger], house: Programme
) -> None:
    house.record(on(house, "taza", receive(ENVELOPE)))
    (receipt,) = house.record(on(house, "taza", carry(house.agreements["midelt"])))
    out, into = (
        house.ledger.history(stream_id(StreamKind.AGREEMENT, house.agreements[province]))[-1]
        for province in ("taza", "midelt")
    )
    assert out.envelope.command_id == into.envelope.command_id == receipt.command_id
    assert (out.envelope.position, into.envelope.position) == (
        receipt.position - 1,
        receipt.position,
    )
    again = ledgers[1].state(stream_id(StreamKind.AGREEMENT, house.agreements["midelt"]))
    assert again == state(house, "midelt")
    assert (state(house, "taza").in_hand, state(house, "midelt").in_hand) == (
        ENVELOPE - SHARE,
        SHARE,
    )


def test_the_last_money_in_hand_leaves_once(ledgers: list[Ledger], house: Programme) -> None:
    """Repaid in one office and carried over in the other."""
    house.record(on(house, "taza", receive(ENVELOPE)))
    repay = RepayFunds(occurred_on=DAY, amount=SHARE, reference="virement")
    steps = [repay, carry(house.agreements["midelt"])] * 10
    found = raced(ledgers, [on(house, "taza", step) for step in steps])
    assert found == {"": 10, "not_free_in_hand": 10}
    out, into = state(house, "taza"), state(house, "midelt")
    assert out.room == out.in_hand == Decimal(0)
    assert out.repaid + out.carried_out == ENVELOPE
    assert out.carried_out == into.carried_in


def test_no_envelope_takes_more_than_it_holds_from_two_sides(
    ledgers: list[Ledger], house: Programme
) -> None:
    house.record(on(house, "taza", receive(ENVELOPE)))
    sent = [
        command
        for _ in range(10)
        for command in (
            on(house, "taza", carry(house.agreements["midelt"])),
            on(house, "midelt", receive(SHARE)),
        )
    ]
    found = raced(ledgers, sent)
    into, out = state(house, "midelt"), state(house, "taza")
    assert into.received + into.carried_in == ENVELOPE
    assert found == {"": 10, "funds_exceed_envelope": 10}
    assert out.carried_out == into.carried_in


def test_a_request_is_answered_once(ledgers: list[Ledger], house: Programme) -> None:
    more = AllowMorePlaces(occurred_on=DAY, places=5, explanation="More came.")
    house.record(on(house, "taza", more))
    before, coordinator = state(house, "taza").places, house.coordinator("taza")
    answers = [
        ConfirmAgreementRequest(occurred_on=DAY),
        RefuseAgreementRequest(occurred_on=DAY, explanation="The hall is full."),
    ] * 4
    found = raced(ledgers, [on(house, "taza", answer, coordinator) for answer in answers])
    assert found == {"": 1, "request_not_found": 7}
    assert state(house, "taza").places in (before, before + 5)
    assert state(house, "taza").requests == {}


def test_an_approval_whose_end_was_asked_for_is_ended_or_handed_over_and_once(
    ledgers: list[Ledger], house: Programme
) -> None:
    """Confirmed in one office while it is handed over in the other."""
    house.agreements["taza"] = house.sign("taza")
    person = Person(house)
    house.record(*person.intake(), *person.towards_approval())
    *before, deliver = person.towards_delivery()
    end = EndApproval(occurred_on=DAY, explanation="She chose another trade.")
    house.record(*before, person.step(end))
    confirm = person.step(ConfirmCaseRequest(occurred_on=DAY))
    at_once = [
        command.model_copy(update={"id": house.new_id()})
        for _ in range(4)
        for command in (confirm, deliver)
    ]
    found = raced(ledgers, at_once)
    money, places = state(house, "taza").money, state(house, "taza").places_taken
    assert found[""] == 1
    if "already_delivered" in found:
        assert found == {"": 1, "already_delivered": 7}
        assert (money.delivered, places) == (person.way.cost, 1)
    else:
        assert found == {"": 1, "request_not_found": 3, "not_approved": 4}
        assert (money.delivered, places) == (Decimal(0), 0)


def test_paying_above_what_is_in_hand_is_told_of_the_same_at_each_repetition(
    ledgers: list[Ledger], house: Programme
) -> None:
    house.agreements["taza"] = house.sign("taza")
    person = Person(house)
    house.record(*person.intake(), *person.towards_approval())
    commands = person.towards_delivery()
    receipts = house.record(*commands)
    paid = next(n for n, each in enumerate(commands) if isinstance(each.step, PayInvoice))
    warned = [json.loads(receipt.answer)["warnings"] for receipt in receipts]
    spent = sum((line.amount for line in commands[paid].step.lines), Decimal(0))  # type: ignore[attr-defined]  # it pays an invoice
    assert warned[paid] == [
        {
            "code": "paid_above_in_hand",
            "about": str(house.agreements["taza"]),
            "params": {"in_hand": f"-{spent}"},
        }
    ]
    assert not any(warned[:paid])
    assert ledgers[1].record(commands[paid]).answer == receipts[paid].answer
