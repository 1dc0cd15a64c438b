"""Whatever approvals, orders, deliveries and cancellations come, the sums hold."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.agreement.state import AgreementState
from domain.errors import Refused
from domain.example.beside import register_beneficiary, register_centre, sign_agreement
from domain.example.person import EXAMPLE
from domain.example.way import Way
from domain.message import Actor, Role, Step, StreamKind, stream_id
from domain.project.items import CashInstalment, ItemHandover, ItemPrice
from domain.tracks.self_employment import steps as ts
from domain.values.money import NOTHING
from tests.support.paper import ADMINISTRATOR, DIVISION, REGISTRY, ROOT, Paper
from tests.unit.domain.conftest import decided, hire

TODAY = date(2026, 3, 2)
CASES = 3
AGREEMENT = uuid5(ROOT, "agreement")
ENVELOPE = Decimal("70000.00")
"""Room for two of the three in money, and for two in places."""

Move = Callable[[Way], Step]


def approve(goods: Decimal, cash: Decimal) -> Move:
    return lambda way: decided(way, min(goods, EXAMPLE.goods), cash)


def order(item: int, price: Decimal) -> Move:
    prices = (ItemPrice(item=item, price=price),)
    return lambda _: ts.OrderEquipment(occurred_on=TODAY, supplier="S", contract="C", prices=prices)


def receive(item: int) -> Move:
    return lambda _: ts.ReceiveEquipment(occurred_on=TODAY, items=(item,))


def hand_over(item: int) -> Move:
    return lambda _: ts.ConfirmDelivery(occurred_on=TODAY, items=(ItemHandover(item=item),))


def give_cash(amount: Decimal) -> Move:
    part = CashInstalment(amount=amount, cheque="Q")
    return lambda _: ts.ConfirmDelivery(occurred_on=TODAY, cash=(part,))


def pay(amount: Decimal) -> Move:
    return lambda _: ts.RecordPayment(occurred_on=TODAY, amount=amount, invoice="F")


def sign(_: Way) -> Step:
    return ts.SignUndertaking(occurred_on=TODAY)


def cancel(_: Way) -> Step:
    return ts.EndApproval(occurred_on=TODAY, explanation="Changed.")


amounts = st.decimals(Decimal(1), Decimal(40_000), places=2)
items = st.integers(1, 2)
moves: st.SearchStrategy[Move] = st.one_of(
    st.builds(approve, amounts, amounts),
    st.builds(order, items, amounts),
    st.builds(receive, items),
    st.builds(hand_over, items),
    st.builds(give_cash, amounts),
    st.builds(pay, amounts),
    st.sampled_from([sign, cancel]),
)


def submitted_cases(paper: Paper) -> tuple[Actor, list[tuple[UUID, Way]]]:
    paper.take(REGISTRY, register_centre(), ADMINISTRATOR)
    caseworker = hire(paper, "caseworker", Role.CASEWORKER)
    coordinator = hire(paper, "coordinator", Role.COORDINATOR)
    agreement = sign_agreement(envelope=str(ENVELOPE), places=2)
    paper.take(stream_id(StreamKind.AGREEMENT, AGREEMENT), agreement, DIVISION)
    cases = []
    for number in range(CASES):
        person, case_id = uuid5(ROOT, f"person {number}"), uuid5(ROOT, f"case {number}")
        paper.take(stream_id(StreamKind.BENEFICIARY, person), register_beneficiary(), caseworker)
        way = Way(person, caseworker.id, AGREEMENT)
        for step in (*way.to_release(), *way.to_submission()):
            paper.take(stream_id(StreamKind.CASE, case_id), step, caseworker)
        cases.append((case_id, way))
    return coordinator, cases


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, CASES - 1), moves), max_size=40))
def test_no_sequence_of_steps_passes_the_envelope_or_the_places(
    attempts: list[tuple[int, Move]],
) -> None:
    paper = Paper()
    coordinator, cases = submitted_cases(paper)
    for number, move in attempts:
        case_id, way = cases[number]
        with suppress(Refused):
            paper.take(stream_id(StreamKind.CASE, case_id), move(way), coordinator)
        agreement = paper.state(stream_id(StreamKind.AGREEMENT, AGREEMENT))
        assert isinstance(agreement, AgreementState)
        assert NOTHING <= agreement.delivered <= agreement.committed <= ENVELOPE
        assert NOTHING <= agreement.paid <= agreement.contracted <= agreement.committed
        assert 0 <= agreement.places_taken <= agreement.planned_places
