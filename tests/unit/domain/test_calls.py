"""Who called, and is to be called back."""

from datetime import date

import pytest

from domain.case import events as e
from domain.case import steps as s
from domain.case.calls.state import called
from domain.case.vocabulary import Channel, ContactMadeBy, ContactOutcome
from tests.unit.domain.conftest import House
from tests.unit.domain.test_mending import correct, entry


def call(
    house: House,
    day: int,
    made_by: ContactMadeBy | None = ContactMadeBy.PERSON,
    outcome: ContactOutcome = ContactOutcome.NO_ANSWER,
) -> s.RecordContact:
    return s.RecordContact(
        occurred_on=house.way.day(day), channel=Channel.PHONE, outcome=outcome, made_by=made_by
    )


def since(house: House) -> date | None:
    told = called(house.case)
    return told.on if told else None


@pytest.fixture
def opened(house: House) -> House:
    house.walk(house.way.steps(), until=s.RecordSocialEnquiry)
    return house


def test_a_call_that_nobody_took_stands_until_the_person_is_reached(opened: House) -> None:
    opened.take(call(opened, 20))
    opened.take(call(opened, 22, ContactMadeBy.RELATIVE, ContactOutcome.THROUGH_RELATIVE))
    assert since(opened) == opened.way.day(20)
    opened.take(call(opened, 23, None))
    assert since(opened) == opened.way.day(20), "the centre tried in vain"
    opened.take(call(opened, 24, None, ContactOutcome.REACHED))
    assert since(opened) is None


def test_a_call_is_no_attempt_of_the_centres(opened: House) -> None:
    opened.take(call(opened, 20))
    assert not opened.case.attempts
    opened.take(call(opened, 21, ContactMadeBy.CENTRE))
    assert opened.case.attempts == (opened.way.day(21),)


def test_a_call_that_was_taken_is_a_contact(opened: House) -> None:
    met = opened.case.meetings
    opened.take(call(opened, 20, outcome=ContactOutcome.REACHED))
    assert since(opened) is None
    assert opened.case.meetings == met + 1


def test_a_call_told_late_is_answered_by_what_came_after_it(opened: House) -> None:
    opened.take(call(opened, 24, None, ContactOutcome.REACHED))
    opened.take(call(opened, 22))
    assert since(opened) is None
    opened.take(call(opened, 26))
    assert since(opened) == opened.way.day(26)


def test_a_call_that_came_to_be_no_call_stands_nowhere(opened: House) -> None:
    opened.take(call(opened, 20))
    correct(opened, (entry(opened, e.ContactRecorded), call(opened, 20, None)))
    assert since(opened) is None
    assert opened.case.attempts == (opened.way.day(20),)
