"""Somebody asks that their data be kept and not used, while their case is open: law 09-08 art. 8."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.beneficiary import steps as b
from domain.beneficiary.restriction.steps import RestrictOnRequest
from domain.beneficiary.restriction.vocabulary import RestrictionGround
from domain.beneficiary.rights.steps import AnswerDataRequest, ReceiveDataRequest
from domain.beneficiary.rights.vocabulary import (
    DataRequestAnswer,
    DataRequestedBy,
    DataRequestKind,
)
from domain.beneficiary.state import BeneficiaryState
from domain.beneficiary.vocabulary import Sex
from domain.case import steps as s
from domain.case.consents.steps import WithdrawConsent
from domain.case.consents.vocabulary import Purpose
from domain.case.reviews import dues
from domain.case.vocabulary import Outcome
from domain.commands import step_name
from domain.errors import Refused
from domain.message import Actor, Event, Role, Step, StreamKind, stream_id
from domain.order.steps import PayInvoice, PlaceOrder
from domain.path import PATH
from domain.reaching.telling import Because, how_to_tell
from domain.rules import NEWEST
from domain.tracks.row import seen_by
from tests.support.paper import DIVISION
from tests.unit.domain.conftest import House, hire

TODAY = date(2026, 3, 2)
LOOK_AGAIN = TODAY + timedelta(days=NEWEST.restriction_days)
GOES_ON = {
    *("close-case", "assign-caseworker", "record-death", "withdraw-consent"),
    *("correct-delivery", "correct-recovery", "correct-decision"),
    *("correct-entries", "retract-entry", "adopt-rules", "cancel-attestation"),
}
"""What may be open while a case is restricted: what ends it, puts it right, or is only the house's."""


def restrict(day: date = TODAY, **more: Any) -> RestrictOnRequest:
    told = {
        "because": RestrictionGround.ACCURACY_CONTESTED,
        "asked_by": DataRequestedBy.PERSON,
        "explanation": "The address is her brother's.",
    }
    return RestrictOnRequest.model_validate({"occurred_on": day, **told, **more})


def lift(day: date, told_on: date | None) -> b.LiftRestriction:
    return b.LiftRestriction(occurred_on=day, told_on=told_on, explanation="It was set right.")


def of_person(house: House, step: Step, actor: Actor | None = None) -> list[Event]:
    person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    return house.paper.take(person, step, actor or house.coordinator)


def refusal(house: House, step: Step, actor: Actor | None = None) -> str:
    on_case = isinstance(step, (s.CloseCase, s.AddNote, s.ReopenCase))
    with pytest.raises(Refused) as caught:
        house.take(step, actor or house.coordinator) if on_case else of_person(house, step, actor)
    return caught.value.code


def person(house: House) -> BeneficiaryState:
    return house.paper.beneficiary(house.way.beneficiary_id)


def open_now(house: House) -> set[str]:
    rows = (row for part in PATH for row in part.rows if row.who - {Role.TIMER})
    return {
        step_name(row.step)
        for row in rows
        for _, seen in seen_by(row, house.case)
        if row.closed_because(seen) is None
    }


@pytest.fixture
def working(house: House) -> House:
    """With an open case, whose equipment was handed over."""
    house.walk(house.way.steps())
    return house


def test_the_case_rests_and_only_what_ends_it_or_puts_it_right_goes_on(working: House) -> None:
    before = open_now(working)
    assert len(before) > 2 * len(GOES_ON)
    assert dues(working.case, working.paper.calendar)
    of_person(working, restrict())
    assert open_now(working) <= GOES_ON
    assert open_now(working) == before & GOES_ON
    assert dues(working.case, working.paper.calendar) == ()
    told = how_to_tell(working.case, person(working), TODAY)
    assert told.because is Because.NO_DATA
    assert refusal(working, s.AddNote(occurred_on=TODAY, text="Called.")) == "case_restricted"


def test_it_grants_the_request_that_asked_for_it(working: House) -> None:
    asked = ReceiveDataRequest(
        occurred_on=TODAY, kind=DataRequestKind.RESTRICT, asked_by=DataRequestedBy.PERSON
    )
    of_person(working, asked)
    yes = AnswerDataRequest(
        occurred_on=TODAY,
        kind=DataRequestKind.RESTRICT,
        answer=DataRequestAnswer.GRANTED,
        identity_seen=True,
    )
    assert refusal(working, yes) == "restriction_grants_itself"
    of_person(working, restrict())
    (request,) = person(working).data_requests.values()
    assert request.answer is DataRequestAnswer.GRANTED
    assert (person(working).restricted_until, person(working).put_away) == (LOOK_AGAIN, False)


def test_what_is_contested_is_put_right_meanwhile_and_a_consent_taken_back(working: House) -> None:
    of_person(working, restrict())
    corrected = b.CorrectIdentity(
        occurred_on=TODAY,
        name_latin="Salma El Mithal",
        sex=Sex.FEMALE,
        birth_date=date(1991, 5, 18),
        explanation="The card says the eighteenth.",
    )
    of_person(working, corrected)
    working.take(WithdrawConsent(occurred_on=TODAY, purposes=(Purpose.MESSAGES,)))
    assert refusal(working, b.ChangeDetails(occurred_on=TODAY)) == "person_restricted"


def test_asked_for_again_it_goes_on_for_longer(working: House) -> None:
    of_person(working, restrict())
    working.paper.now = datetime(2026, 4, 1, 9, tzinfo=UTC)
    later = date(2026, 4, 1)
    made = of_person(working, restrict(later, because=RestrictionGround.NEEDED_FOR_CLAIM))
    assert [type(each).__name__ for each in made] == ["PersonRestrictedOnRequest"]
    until = later + timedelta(days=NEWEST.restriction_days)
    assert (person(working).restricted_until, person(working).restricted_for) == (
        until,
        RestrictionGround.NEEDED_FOR_CLAIM,
    )
    assert working.case.restricted is not None
    assert working.case.restricted.on == TODAY


def test_it_ends_once_they_were_told_and_its_days_count_as_a_rest(working: House) -> None:
    before = {each.key: each for each in dues(working.case, working.paper.calendar)}
    of_person(working, restrict())
    working.paper.now = datetime(2026, 4, 1, 9, tzinfo=UTC)
    day = date(2026, 4, 1)
    assert refusal(working, lift(day, None)) == "restriction_end_untold"
    assert refusal(working, lift(day, TODAY - timedelta(days=1))) == "date_before_earlier_step"
    of_person(working, lift(day, day))
    after = {each.key: each for each in dues(working.case, working.paper.calendar)}
    assert after.keys() == before.keys()
    assert all(each.due_on >= day for each in after.values())
    assert (person(working).restricted, working.case.restricted) == (False, None)
    working.take(s.AddNote(occurred_on=day, text="Called."))
    assert refusal(working, lift(day, day)) == "person_not_restricted"


def test_none_is_entered_of_a_day_on_which_it_would_restrict_nobody(working: House) -> None:
    """A day before the last one was lifted: granted by its answer, and over by the fold."""
    of_person(working, restrict())
    working.paper.now = datetime(2026, 4, 1, 9, tzinfo=UTC)
    day = date(2026, 4, 1)
    of_person(working, lift(day, day))
    assert refusal(working, restrict(day - timedelta(days=1))) == "date_before_earlier_step"
    of_person(working, restrict(day))
    assert person(working).restricted
    assert working.case.restricted is not None
    working.take(s.CloseCase(occurred_on=day, outcome=Outcome.LEFT_COUNTRY), working.coordinator)
    put_away = b.RestrictPerson(occurred_on=day - timedelta(days=1))
    assert refusal(working, put_away, DIVISION) == "date_before_earlier_step"


def test_who_is_restricted_may_have_their_case_closed_and_be_put_away(working: House) -> None:
    of_person(working, restrict())
    closing = s.CloseCase(occurred_on=TODAY, outcome=Outcome.LEFT_COUNTRY)
    working.take(closing, working.coordinator)
    reopen = s.ReopenCase(occurred_on=TODAY, explanation="Came back.")
    assert refusal(working, reopen) == "person_restricted"
    of_person(working, b.RestrictPerson(occurred_on=TODAY), DIVISION)
    assert person(working).put_away
    assert refusal(working, restrict()) == "person_restricted"
    second = hire(working.paper, "division-2", Role.DIVISION, None)
    of_person(working, lift(TODAY, None), second)
    assert working.case.restricted is None
    working.take(reopen, working.coordinator)


def test_nothing_new_is_ordered_meanwhile_and_what_was_is_paid(house: House) -> None:
    house.walk(house.way.steps(), until=PlaceOrder)
    of_person(house, restrict())
    order = house.way.step(PlaceOrder).model_copy(update={"occurred_on": TODAY})
    with pytest.raises(Refused, match=r"^case_restricted$"):
        house.take(order)
    of_person(house, lift(TODAY, TODAY))
    house.take(order)
    of_person(house, restrict())
    house.take(house.way.step(PayInvoice).model_copy(update={"occurred_on": TODAY}))
