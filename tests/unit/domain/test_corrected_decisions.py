"""A decision in session that was entered wrongly, and the money that follows it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import uuid5

import pytest

from domain.agreement import steps as a
from domain.agreement.state import AgreementState
from domain.errors import NotAllowed, Refused
from domain.example.person import EXAMPLE
from domain.example.project import rejection
from domain.message import StreamKind, stream_id
from domain.order import steps as o
from domain.project.state import ProjectState
from domain.project.vocabulary import DecisionKind, RejectionReason
from domain.session.state import SessionState
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.state import SelfEmployment, find_track
from domain.values.money import NOTHING
from tests.closer.mirrored import contradictions
from tests.support.paper import DIVISION, ROOT
from tests.unit.domain.conftest import House, convene
from tests.unit.domain.test_mending import entry
from tests.unit.domain.test_orders import FIRST, SECOND, agreement, money, order, pay, receive

Act = Callable[[], object]


def correct(house: House, **told: Any) -> None:
    """The example's decision, told otherwise."""
    was = house.way.step(s.RecordDecision)
    said = {name: getattr(was, name) for name in s.DecisionTold.model_fields}
    number = entry(house, e.DecisionRecorded)
    step = s.CorrectDecision(entry_number=number, explanation="A digit.", **said | told)
    house.paper.take(stream_id(StreamKind.CASE, house.case_id), step, house.second)
    assert not contradictions(house.case, project(house))


def rejected(house: House) -> None:
    correct(
        house,
        decision=DecisionKind.REJECT,
        reason=RejectionReason.NOT_VIABLE,
        equipment_amount=NOTHING,
        cash_grant=NOTHING,
    )


def project(house: House) -> ProjectState:
    state = house.paper.state(stream_id(StreamKind.PROJECT, house.project_id))
    assert isinstance(state, ProjectState)
    return state


def session(house: House) -> SessionState:
    state = house.paper.state(stream_id(StreamKind.SESSION, house.way.session_id))
    assert isinstance(state, SessionState)
    return state


def track(house: House) -> SelfEmployment:
    found = find_track(house.case)
    assert found is not None
    return found


def refused(code: str, act: Act) -> Refused:
    with pytest.raises(Refused, match=code) as caught:
        act()
    return caught.value


@pytest.fixture
def decided(house: House) -> House:
    house.walk(house.way.steps(), until=s.SignUndertaking)
    return house


@pytest.fixture
def signed(house: House) -> House:
    house.walk(house.way.steps(), until=o.PlaceOrder)
    return house


def spend(house: House, left: Decimal) -> None:
    """Leave so much room in the agreement."""
    name = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
    state = house.paper.state(name)
    assert isinstance(state, AgreementState)
    received = a.RecordFundsReceived(
        occurred_on=house.paper.today, amount=state.envelope, reference="V"
    )
    house.paper.take(name, received, DIVISION)
    repaid = a.RepayFunds(occurred_on=house.paper.today, amount=state.room - left, reference="V")
    house.paper.take(name, repaid, DIVISION)


def test_a_mistyped_amount_is_corrected_in_project_and_agreement(decided: House) -> None:
    before = agreement(decided).room
    correct(decided, equipment_amount=EXAMPLE.goods - 1000, cash_grant=Decimal(1500))
    assert money(decided).equipment == EXAMPLE.goods - 1000
    assert money(decided).cash == Decimal(1500)
    assert project(decided).equipment_amount == EXAMPLE.goods - 1000
    assert track(decided).equipment.granted == Decimal(1500)
    assert agreement(decided).room == before + 1500
    correct(decided)
    assert agreement(decided).room == before
    assert agreement(decided).places_taken == 1


def test_a_rejection_entered_as_an_approval_gives_back_money_and_place(decided: House) -> None:
    envelope = agreement(decided).envelope
    rejected(decided)
    assert agreement(decided).room == envelope
    assert agreement(decided).places_taken == 0
    assert track(decided).rejection is not None
    assert not project(decided).approved
    assert session(decided).lines[0].decision is DecisionKind.REJECT
    decided.take(decided.way.step(s.AppealRejection), decided.caseworker)


def test_an_approval_entered_as_a_rejection_takes_them(decided: House) -> None:
    rejected(decided)
    correct(decided)
    assert track(decided).approved is not None
    assert money(decided).approved == EXAMPLE.cost
    assert agreement(decided).places_taken == 1


def test_more_than_there_is_room_for_is_refused_and_nothing_half_done(decided: House) -> None:
    correct(decided, equipment_amount=EXAMPLE.goods - 1000)
    spend(decided, Decimal(999))
    refused("correction_without_room", lambda: correct(decided))
    assert money(decided).equipment == EXAMPLE.goods - 1000
    assert project(decided).equipment_amount == EXAMPLE.goods - 1000
    rejected(decided)
    spend_again = agreement(decided).room
    assert spend_again > 999


def test_an_approval_needs_the_room_it_had_given_back(decided: House) -> None:
    rejected(decided)
    spend(decided, EXAMPLE.cost - 1)
    refused("envelope_exceeded", lambda: correct(decided))


def test_what_rests_on_an_approval_is_listed(signed: House) -> None:
    error = refused("rests_on_it", lambda: rejected(signed))
    assert "sign-undertaking" in str(error.params["entries"])


def test_an_amount_is_never_below_what_is_contracted_or_paid_in_cash(signed: House) -> None:
    order(signed, (1, FIRST), (2, SECOND))
    refused(
        "money_rests_on_decision",
        lambda: correct(signed, equipment_amount=EXAMPLE.goods - 1),
    )
    receive(signed, 1, 2)
    handed = signed.way.step(s.ConfirmDelivery)
    signed.take(handed.model_copy(update={"occurred_on": signed.paper.today}))
    refused("money_rests_on_decision", lambda: correct(signed, cash_grant=EXAMPLE.cash - 1))


def test_of_a_settled_approval_the_saving_follows(signed: House) -> None:
    """Less was approved: less was freed. What was spent stays."""
    order(signed, (1, FIRST - 1000), (2, SECOND))
    receive(signed, 1, 2)
    handed = signed.way.step(s.ConfirmDelivery)
    signed.take(handed.model_copy(update={"occurred_on": signed.paper.today}))
    pay(signed, (1, FIRST - 1000), (2, SECOND))
    room = agreement(signed).room
    assert money(signed).freed == 1000
    correct(signed, equipment_amount=EXAMPLE.goods - 400)
    assert money(signed).freed == 600
    assert agreement(signed).room == room
    assert money(signed).to_come == NOTHING


def test_cash_that_was_forgotten_opens_a_settled_approval_again(signed: House) -> None:
    correct(signed, cash_grant=NOTHING)
    order(signed, (1, FIRST - 1000), (2, SECOND))
    receive(signed, 1, 2)
    handed = signed.way.step(s.ConfirmDelivery)
    signed.take(handed.model_copy(update={"occurred_on": signed.paper.today, "cash": ()}))
    assert agreement(signed).approvals[signed.project_id].settled
    correct(signed)
    assert not agreement(signed).approvals[signed.project_id].settled
    assert (money(signed).freed, track(signed).delivered) == (NOTHING, None)
    cash = handed.model_copy(update={"occurred_on": signed.paper.today, "items": ()})
    signed.take(cash)
    assert money(signed).freed == 1000


def test_two_corrections_at_once_mend_one_after_the_other(decided: House) -> None:
    number = entry(decided, e.DecisionRecorded)
    correct(decided, cash_grant=Decimal(1))
    was = decided.way.step(s.RecordDecision)
    said = {name: getattr(was, name) for name in s.DecisionTold.model_fields}
    late = s.CorrectDecision(entry_number=number, explanation="The other.", **said)
    name = stream_id(StreamKind.CASE, decided.case_id)
    refused("entry_already_mended", lambda: decided.paper.take(name, late, decided.second))


def test_it_is_nobodys_who_proposed_and_no_caseworkers(decided: House) -> None:
    was = decided.way.step(s.RecordDecision)
    said = {name: getattr(was, name) for name in s.DecisionTold.model_fields}
    number = entry(decided, e.DecisionRecorded)
    step = s.CorrectDecision(entry_number=number, explanation="A digit.", **said)
    name = stream_id(StreamKind.CASE, decided.case_id)
    with pytest.raises(NotAllowed):
        decided.paper.take(name, step, decided.caseworker)
    other = step.model_copy(update={"entry_number": entry(decided, e.StudyRecorded)})
    refused("mended_otherwise", lambda: decided.paper.take(name, other, decided.second))


def test_a_decision_told_twice_otherwise_keeps_what_followed_it(decided: House) -> None:
    """What followed the first telling follows each of them."""
    rejected(decided)
    decided.take(decided.way.step(s.AppealRejection), decided.caseworker)
    correct(
        decided,
        decision=DecisionKind.REJECT,
        reason=RejectionReason.OTHER,
        equipment_amount=NOTHING,
        cash_grant=NOTHING,
    )
    error = refused("rests_on_it", lambda: correct(decided))
    assert "appeal-rejection" in str(error.params["entries"])


def test_a_decision_is_not_told_of_a_day_on_which_another_project_was_before_a_session(
    house: House,
) -> None:
    """It would decide that one, and commit its money."""
    house.walk(house.way.steps(), until=s.RecordDecision)
    house.take(rejection(house.way))
    later = replace(house.way, begins=house.way.day(30), session_id=uuid5(ROOT, "the next session"))
    convene(house.paper, later.session_id, later)
    for kind in (s.ProposeProject, s.RecordStudy, s.GiveOpinion, s.SubmitToSession):
        step = later.step(kind)
        day = max(step.occurred_on, house.way.day(382))
        house.take(step.model_copy(update={"occurred_on": day}))
    told = {"decision": DecisionKind.REJECT, "reason": RejectionReason.NOT_VIABLE}
    none = {"equipment_amount": NOTHING, "cash_grant": NOTHING}
    on = later.step(s.RecordDecision).occurred_on
    refused("rests_on_it", lambda: correct(house, occurred_on=on, **told, **none))
    correct(house, occurred_on=house.way.day(381), **told, **none)
