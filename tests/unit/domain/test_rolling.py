"""What is due a while after each meeting keeps its name, and its exemption, when a day moves."""

from domain.case import events as e
from domain.case import steps as s
from domain.case.reviews import dues
from domain.case.schedule import Due, ReviewKind
from domain.case.vocabulary import Channel, ContactOutcome
from domain.rules import ExemptionReason
from domain.tracks.self_employment import steps as t
from tests.unit.domain.conftest import House
from tests.unit.domain.test_mending import correct, entry


def met(house: House, day: int) -> s.RecordContact:
    return s.RecordContact(
        occurred_on=house.way.day(day), channel=Channel.AT_CENTRE, outcome=ContactOutcome.REACHED
    )


def contact_due(house: House) -> Due:
    found = dues(house.case, house.paper.calendar)
    return next(due for due in found if due.kind is ReviewKind.CONTACT)


def exempt(house: House, day: int) -> str:
    review = contact_due(house).key
    step = s.ExemptReview(
        occurred_on=house.way.day(day),
        review=review,
        because=ExemptionReason.HEALTH,
        until=house.way.day(day + 60),
    )
    house.take(step)
    return review


def test_a_moved_meeting_keeps_the_name_and_the_exemption_of_the_next(house: House) -> None:
    house.walk(house.way.steps(), until=t.ProposeProject)
    house.take(met(house, 340))
    review = exempt(house, 350)
    rests = contact_due(house).rests_until
    correct(house, (entry(house, e.ContactRecorded), met(house, 343)))
    assert contact_due(house).key == review
    assert contact_due(house).rests_until == rests is not None


def test_a_meeting_told_late_of_a_day_before_leaves_the_exemption_where_it_was(
    house: House,
) -> None:
    house.walk(house.way.steps(), until=t.ProposeProject)
    house.take(met(house, 340))
    exempt(house, 350)
    before = contact_due(house)
    house.take(met(house, 330))
    after = contact_due(house)
    assert (after.due_on, after.rests_until) == (before.due_on, before.rests_until)


def test_the_next_meeting_makes_another_review(house: House) -> None:
    house.walk(house.way.steps(), until=t.ProposeProject)
    house.take(met(house, 340))
    review = exempt(house, 350)
    house.take(met(house, 355))
    assert contact_due(house).key != review
    assert contact_due(house).rests_until is None
