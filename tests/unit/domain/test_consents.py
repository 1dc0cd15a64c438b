"""What the person agreed to, purpose by purpose, and the steps of their plan between its agreements."""

from typing import Any

import pytest

from domain.case import steps as c
from domain.case.consents.steps import GiveConsent, WithdrawConsent
from domain.case.consents.vocabulary import ConsentForm, Purpose
from domain.case.plan.steps import UpdateGoal
from domain.case.vocabulary import Channel, ContactOutcome, GoalProgress
from domain.errors import Refused
from domain.message import Step
from domain.tracks.self_employment.steps import ProposeProject
from tests.unit.domain.conftest import House, furnished

EMPLOYERS, MESSAGES = Purpose.SHARING_WITH_EMPLOYERS, Purpose.MESSAGES


@pytest.fixture
def house() -> House:
    made = furnished()
    made.walk(made.way.steps(), until=ProposeProject)
    return made


def given(house: House, day: int, *purposes: Purpose, **told: Any) -> GiveConsent:
    on = house.way.day(day)
    said = {"given_as": ConsentForm.SIGNED, **told}
    return GiveConsent.model_validate({"occurred_on": on, "purposes": purposes, **said})


def withdrawn(house: House, day: int, *purposes: Purpose) -> WithdrawConsent:
    return WithdrawConsent(occurred_on=house.way.day(day), purposes=purposes)


def refused(house: House, step: Step) -> str:
    with pytest.raises(Refused) as caught:
        house.take(step)
    return caught.value.code


def stands(house: House) -> dict[Purpose, tuple[bool, ConsentForm | None, str | None]]:
    consents = house.case.consents
    return {each: (it.given, it.given_as, it.witness) for each, it in consents.items()}


def test_each_purpose_is_given_and_taken_back_by_itself(house: House) -> None:
    assert stands(house)[MESSAGES][:2] == (True, ConsentForm.SPOKEN)
    assert stands(house)[EMPLOYERS] == (False, None, None)
    thumb = {"given_as": ConsentForm.THUMBPRINT, "witness": "Her sister"}
    house.take(given(house, 310, EMPLOYERS, **thumb))
    house.take(withdrawn(house, 312, MESSAGES))
    assert stands(house)[EMPLOYERS] == (True, ConsentForm.THUMBPRINT, "Her sister")
    assert stands(house)[MESSAGES] == (False, None, None)


def test_what_is_told_late_of_an_earlier_day_stands_no_more(house: House) -> None:
    house.take(withdrawn(house, 312, EMPLOYERS))
    house.take(given(house, 310, EMPLOYERS))
    assert stands(house)[EMPLOYERS] == (False, None, None)


def test_what_is_not_signed_has_a_witness(house: House) -> None:
    spoken = given(house, 310, MESSAGES, given_as=ConsentForm.SPOKEN)
    assert refused(house, spoken) == "witness_missing"
    assert refused(house, given(house, 310, MESSAGES, MESSAGES)) == "purpose_named_twice"


def message(house: House, day: int) -> c.RecordContact:
    return c.RecordContact(
        occurred_on=house.way.day(day), channel=Channel.MESSAGE, outcome=ContactOutcome.REACHED
    )


def test_a_message_is_sent_to_whoever_agrees_to_messages_on_its_day(house: House) -> None:
    house.take(message(house, 313))
    house.take(withdrawn(house, 314, MESSAGES))
    assert refused(house, message(house, 315)) == "message_without_consent"
    house.take(message(house, 312))
    house.take(given(house, 316, MESSAGES))
    assert refused(house, message(house, 315)) == "message_without_consent"
    house.take(message(house, 316))


def test_a_call_needs_no_consent(house: House) -> None:
    house.take(withdrawn(house, 312, MESSAGES))
    house.take(message(house, 313).model_copy(update={"channel": Channel.PHONE}))


def test_consent_taken_back_late_is_not_refused_for_what_was_sent_meanwhile(house: House) -> None:
    house.take(message(house, 313))
    house.take(withdrawn(house, 312, MESSAGES))
    assert refused(house, message(house, 313)) == "message_without_consent"


def moved(house: House, day: int, step: int = 1) -> UpdateGoal:
    done = GoalProgress.DONE
    return UpdateGoal(occurred_on=house.way.day(day), goal=1, goal_step=step, progress=done)


def progress(house: House) -> list[GoalProgress]:
    return [step.progress for goal in house.case.goals for step in goal.steps]


def test_a_step_of_the_plan_moves_on_between_two_agreements(house: House) -> None:
    assert progress(house) == [GoalProgress.PLANNED, GoalProgress.PLANNED]
    house.take(moved(house, 310, 2))
    assert progress(house) == [GoalProgress.PLANNED, GoalProgress.DONE]
    assert refused(house, moved(house, 311, 3)) == "goal_step_not_found"
    assert refused(house, moved(house, 219)) == "date_before_earlier_step"


def test_a_plan_that_takes_anothers_place_says_why(house: House) -> None:
    again = house.way.step(c.AgreePlan).model_copy(update={"occurred_on": house.way.day(312)})
    assert refused(house, again) == "revision_without_reason"
    house.take(moved(house, 310))
    revised = again.model_copy(update={"revised_because": "The room is let."})
    house.take(revised)
    assert progress(house) == [GoalProgress.PLANNED, GoalProgress.PLANNED]


def test_no_plan_comes_between_another_and_what_was_told_of_its_steps(house: House) -> None:
    house.take(moved(house, 320))
    late = house.way.step(c.AgreePlan).model_copy(
        update={"occurred_on": house.way.day(315), "revised_because": "r"}
    )
    assert refused(house, late) == "rests_on_it"
