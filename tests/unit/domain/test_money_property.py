"""Whatever approvals, orders, deliveries and cancellations come, the sums hold."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.agreement.state import AgreementState
from domain.asking.steps import ConfirmRequest
from domain.case.steps import ConfirmCaseRequest
from domain.commands import HANDLINGS
from domain.errors import Refused
from domain.example.beside import register_beneficiary, sign_agreement
from domain.example.person import EXAMPLE
from domain.example.way import Way
from domain.message import Actor, Role, Step, StreamKind, stream_id
from domain.order import steps as o
from domain.project.items import CashInstalment, ItemHandover
from domain.project.vocabulary import DecisionKind
from domain.tracks.self_employment import steps as ts
from domain.tracks.self_employment.state import find_track
from domain.values.money import NOTHING, total
from tests.support.paper import DIVISION, ROOT, Paper
from tests.unit.domain.conftest import convene, decided, hire

TODAY = date(2026, 3, 2)
CASES = 3
AGREEMENT = uuid5(ROOT, "agreement")
ENVELOPE = Decimal("70000.00")
"""Room for two of the three in money, and for two in places."""

Move = Callable[[Way], Step]


def approve(goods: Decimal, cash: Decimal) -> Move:
    return lambda way: decided(way, min(goods, EXAMPLE.goods), cash)


def order(item: int, price: Decimal, own: Decimal) -> Move:
    def made(way: Way) -> Step:
        line = o.LineOrdered(project_id=way.project_id, item=item, price=price, own_extra=own)
        return o.PlaceOrder(
            occurred_on=TODAY, supplier=EXAMPLE.supplier, contract="C", lines=(line,)
        )

    return made


def receive(_: Way) -> Step:
    return o.ReceiveLines(occurred_on=TODAY, lines=(1,))


def hand_over(item: int) -> Move:
    return lambda _: ts.ConfirmDelivery(occurred_on=TODAY, items=(ItemHandover(item=item),))


def give_cash(amount: Decimal, number: int) -> Move:
    part = CashInstalment(amount=amount, cheque=f"Q-{number}")
    return lambda _: ts.ConfirmDelivery(occurred_on=TODAY, cash=(part,))


def pay(amount: Decimal, number: int) -> Move:
    lines = (o.LineSum(line=1, amount=amount),)
    return lambda _: o.PayInvoice(occurred_on=TODAY, invoice=f"F-{number}", lines=lines)


def cancel_payment(number: int) -> Move:
    return lambda _: o.CancelPayment(occurred_on=TODAY, payment=number, explanation="Lost.")


def reverse_payment(number: int) -> Move:
    return lambda _: o.ReversePayment(occurred_on=TODAY, payment=number, explanation="Wrong.")


def correct_payment(number: int, amount: Decimal) -> Move:
    lines = (o.LineSum(line=1, amount=amount),)
    return lambda _: o.CorrectPayment(
        occurred_on=TODAY, payment=number, invoice=f"F-{number}", lines=lines, explanation="Wrong."
    )


def reverse_refund(number: int) -> Move:
    return lambda _: o.ReverseRefund(occurred_on=TODAY, refund=number, explanation="Wrong.")


def refund(amount: Decimal) -> Move:
    lines = (o.LineSum(line=1, amount=amount),)
    return lambda _: o.RecordRefund(occurred_on=TODAY, reference="R", lines=lines)


def cancel_line(fee: Decimal) -> Move:
    return lambda _: o.CancelLine(occurred_on=TODAY, line=1, fee=fee, explanation="Gone.")


def lose(_: Way) -> Step:
    return o.RecordLoss(occurred_on=TODAY, line=1, explanation="Gone.")


def correct_decision(entry: int, goods: Decimal, cash: Decimal) -> Move:
    """As another approval, or as none."""
    kind = DecisionKind.APPROVE if goods > 100 else DecisionKind.DEFER
    return lambda _: ts.CorrectDecision(
        occurred_on=EXAMPLE.day(381),
        entry_number=entry,
        decision=kind,
        equipment_amount=min(goods, EXAMPLE.goods) if goods > 100 else NOTHING,
        cash_grant=cash if goods > 100 else NOTHING,
        explanation="Wrong.",
    )


def correct_delivery(entry: int, items: tuple[int, ...], cash: Decimal) -> Move:
    handed = tuple(ItemHandover(item=item) for item in items)
    part = (CashInstalment(amount=cash, cheque=f"C-{entry}"),) if cash else ()
    return lambda _: ts.CorrectDelivery(
        occurred_on=TODAY, entry_number=entry, items=handed, cash=part, explanation="Wrong."
    )


def found_again(_: Way) -> Step:
    return o.ReverseLoss(occurred_on=TODAY, line=1, explanation="It was there.")


def not_received(_: Way) -> Step:
    return o.CorrectReceipt(occurred_on=TODAY, lines=(1,), explanation="Another's.")


def drop(items: tuple[int, ...], cash: bool) -> Move:  # noqa: FBT001 - hypothesis fills it in
    return lambda _: ts.DropItems(occurred_on=TODAY, items=items, cash=cash, explanation="No.")


def sign(_: Way) -> Step:
    return ts.SignUndertaking(occurred_on=TODAY)


def end(_: Way) -> Step:
    return ts.EndApproval(occurred_on=TODAY, explanation="Changed.")


def confirm(_: Way) -> Step:
    return ConfirmCaseRequest(occurred_on=TODAY)


def confirm_loss(_: Way) -> Step:
    return o.ConfirmOrderRequest(occurred_on=TODAY)


amounts = st.decimals(Decimal(1), Decimal(40_000), places=2)
some = st.one_of(st.just(NOTHING), amounts)
items = st.integers(1, 2)
numbers = st.integers(1, 4)
entries = st.integers(15, 30)
"""Where decisions and deliveries come to stand in a case."""
moves: st.SearchStrategy[Move] = st.one_of(
    st.builds(approve, amounts, amounts),
    st.builds(order, items, amounts, some),
    st.builds(hand_over, items),
    st.builds(give_cash, amounts, numbers),
    st.builds(pay, amounts, numbers),
    st.builds(cancel_payment, numbers),
    st.builds(reverse_payment, numbers),
    st.builds(correct_payment, numbers, amounts),
    st.builds(refund, amounts),
    st.builds(reverse_refund, numbers),
    st.builds(correct_decision, entries, amounts, amounts),
    st.builds(correct_delivery, entries, st.sampled_from([(), (1,), (2,)]), some),
    st.builds(cancel_line, some),
    st.builds(drop, st.sampled_from([(), (1,), (2,)]), st.booleans()),
    st.sampled_from([sign, end, confirm, receive, lose, confirm_loss, found_again, not_received]),
)


def submitted_cases(paper: Paper) -> tuple[Actor, Actor, list[tuple[UUID, Way]]]:
    """The coordinator, a second person, and the cases."""
    paper.found()
    caseworker = hire(paper, "caseworker", Role.CASEWORKER)
    coordinator = hire(paper, "coordinator", Role.COORDINATOR)
    second = hire(paper, "division", Role.DIVISION, None)
    agreement = sign_agreement(envelope=str(ENVELOPE), places=2)
    paper.take(stream_id(StreamKind.AGREEMENT, AGREEMENT), agreement, DIVISION)
    convene(paper, EXAMPLE.session_id)
    cases = []
    for number in range(CASES):
        person, case_id = uuid5(ROOT, f"person {number}"), uuid5(ROOT, f"case {number}")
        registered = register_beneficiary(card=f"P{number:06}")
        paper.take(stream_id(StreamKind.BENEFICIARY, person), registered, caseworker)
        way = Way(person, caseworker.id, AGREEMENT)
        for step in (*way.to_release(), *way.to_submission()):
            by = DIVISION if isinstance(step, ts.GiveOpinion) else caseworker
            paper.take(stream_id(StreamKind.CASE, case_id), step, by)
        track = find_track(paper.case(case_id))
        assert track is not None
        assert track.project_id is not None
        cases.append((case_id, replace(way, project_id=track.project_id)))
    return coordinator, second, cases


def assert_sums_hold(agreement: AgreementState) -> None:
    money = agreement.money
    assert agreement.room >= NOTHING
    assert 0 <= agreement.places_taken <= agreement.places
    for each in (money, *(approval.money for approval in agreement.approvals.values())):
        assert NOTHING <= each.spent <= each.committed
        assert NOTHING <= each.paid - each.refunded <= each.contracted
        assert each.bound <= each.committed <= ENVELOPE
        assert NOTHING <= each.cash_paid <= each.cash
    for name in vars(money):
        parts = total(getattr(each.money, name) for each in agreement.approvals.values())
        assert getattr(money, name) == parts, name


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, CASES - 1), items, moves), max_size=60))
def test_no_sequence_of_steps_passes_the_envelope_or_the_places(
    attempts: list[tuple[int, int, Move]],
) -> None:
    """Each of three people has two orders, of one line each."""
    paper = Paper()
    coordinator, second, cases = submitted_cases(paper)
    for number, order_number, move in attempts:
        case_id, way = cases[number]
        step = move(way)
        kind = HANDLINGS[type(step)].kind
        order_id = uuid5(case_id, f"order {order_number}")
        name = order_id if kind is StreamKind.ORDER else case_id
        by = second if isinstance(step, ConfirmRequest) else coordinator
        with suppress(Refused):
            paper.take(stream_id(kind, name), step, by)
        agreement = paper.state(stream_id(StreamKind.AGREEMENT, AGREEMENT))
        assert isinstance(agreement, AgreementState)
        assert_sums_hold(agreement)
