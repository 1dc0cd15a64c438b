"""What people ask about their data: recorded, answered within days, and never lost by an erasure."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.beneficiary.rights.events import DataRequestAnswered
from domain.beneficiary.rights.steps import AnswerDataRequest, ReceiveDataRequest
from domain.beneficiary.rights.vocabulary import (
    DataRequestAnswer,
    DataRequestedBy,
    DataRequestKind,
)
from domain.beneficiary.state import BeneficiaryState
from domain.beneficiary.steps import ConfirmBeneficiaryRequest, RequestErasure
from domain.case.consents.steps import WithdrawConsent
from domain.case.consents.vocabulary import Purpose
from domain.errors import Refused
from domain.message import Event, Role, Step, StreamKind, stream_id
from tests.support.paper import DIVISION
from tests.unit.domain.conftest import House, end_running, hire

DAY = date(2034, 9, 1)
SEE, ERASE, CORRECT = DataRequestKind.SEE, DataRequestKind.ERASE, DataRequestKind.CORRECT
GRANTED, REFUSED = DataRequestAnswer.GRANTED, DataRequestAnswer.REFUSED


@pytest.fixture
def closed(house: House) -> House:
    """Somebody whose case was closed, years after the proof of public money."""
    house.walk(house.way.steps())
    end_running(house, date(2026, 3, 2))
    house.paper.now = datetime(2034, 9, 1, 9, tzinfo=UTC)
    return house


def take(house: House, step: Step, actor: Any = DIVISION) -> list[Event]:
    person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    return list(house.paper.take(person, step, actor))


def asked(kind: DataRequestKind, day: date = DAY) -> ReceiveDataRequest:
    return ReceiveDataRequest(occurred_on=day, kind=kind, asked_by=DataRequestedBy.PERSON)


def answered(kind: DataRequestKind, answer: DataRequestAnswer, **told: Any) -> AnswerDataRequest:
    said = {"identity_seen": True, "explanation": "Told at the centre.", **told}
    return AnswerDataRequest.model_validate(
        {"occurred_on": DAY, "kind": kind, "answer": answer, **said}
    )


def refusal(house: House, step: Step, actor: Any = DIVISION) -> str:
    with pytest.raises(Refused) as caught:
        take(house, step, actor)
    return caught.value.code


def state(house: House) -> BeneficiaryState:
    person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    found: Any = house.paper.state(person)
    assert isinstance(found, BeneficiaryState)
    return found


def test_each_kind_has_its_days_and_falls_due_on_a_working_day(closed: House) -> None:
    for kind in (SEE, CORRECT):
        take(closed, asked(kind))
    due = {
        each.kind: each.due_on(closed.paper.calendar)
        for each in state(closed).data_requests.values()
    }
    assert due == {SEE: date(2034, 10, 2), CORRECT: date(2034, 9, 11)}


def test_the_same_is_not_asked_twice_while_it_waits_and_may_be_again_afterwards(
    closed: House,
) -> None:
    take(closed, asked(SEE))
    assert refusal(closed, asked(SEE)) == "data_request_waits"
    take(closed, answered(SEE, GRANTED))
    assert refusal(closed, answered(SEE, GRANTED)) == "data_request_not_found"
    take(closed, asked(SEE))
    assert sorted(each.waits for each in state(closed).data_requests.values()) == [False, True]


def test_nobody_is_shown_anything_who_did_not_show_who_they_are(closed: House) -> None:
    take(closed, asked(SEE))
    assert refusal(closed, answered(SEE, GRANTED, identity_seen=False)) == "identity_not_seen"


def test_a_refusal_says_why(closed: House) -> None:
    take(closed, asked(CORRECT))
    assert refusal(closed, answered(CORRECT, REFUSED, explanation=None)) == (
        "data_answer_unexplained"
    )


def test_an_erasure_is_granted_by_itself_alone_and_after_every_other_answer(
    closed: House,
) -> None:
    second = hire(closed.paper, "division-2", Role.DIVISION, None)
    take(closed, asked(SEE))
    take(closed, asked(ERASE))
    assert refusal(closed, answered(ERASE, GRANTED)) == "erasure_grants_itself"
    assert refusal(closed, RequestErasure(occurred_on=DAY)) == "data_request_waits"
    take(closed, answered(SEE, GRANTED))
    take(closed, RequestErasure(occurred_on=DAY))
    made = take(closed, ConfirmBeneficiaryRequest(occurred_on=DAY), second)
    (granted,) = [each for each in made if isinstance(each, DataRequestAnswered)]
    assert (granted.kind, granted.answer) == (ERASE, GRANTED)
    assert all(not each.waits for each in state(closed).data_requests.values())
    assert refusal(closed, RequestErasure(occurred_on=DAY)) == "erased"
    assert refusal(closed, asked(SEE)) == "erased"


def test_a_consent_is_withdrawn_though_the_case_is_closed(closed: House) -> None:
    closed.take(WithdrawConsent(occurred_on=DAY, purposes=(Purpose.MESSAGES,)))
    assert not closed.case.consents[Purpose.MESSAGES].given
