"""What was said of a review stays with its stay or episode when an older one is told of later."""

import pytest

from domain.case import steps as s
from domain.case.custody import steps as custody
from domain.case.custody.naming import as_of
from domain.case.custody.vocabulary import DetentionKind, PenaltyKind, ReleaseKind, TrackInside
from domain.case.reviews import dues
from domain.case.vocabulary import Channel, ContactOutcome
from domain.errors import Refused
from domain.rules import ExemptionReason
from tests.unit.domain.conftest import House


@pytest.fixture
def exempt(house: House) -> House:
    """Released on the 300th day, and exempt from the first contact on the 302nd."""
    house.walk(house.way.to_release(), until=s.RecordContact)
    house.take(exemption(house, "first_contact/1", 302))
    return house


def exemption(house: House, review: str, day: int) -> s.ExemptReview:
    because = ExemptionReason.HEALTH
    return s.ExemptReview(occurred_on=house.way.day(day), review=review, because=because)


def tell_of_an_older_stay(house: House) -> None:
    entered, left = (house.way.day(day) for day in (-2000, -1800))
    house.take(custody.BeginDetention(occurred_on=entered, kind=DetentionKind.SENTENCE))
    end = ReleaseKind.END_OF_SENTENCE
    house.take(custody.RecordRelease(occurred_on=left, release=end))


def arrest(house: House, day: int) -> None:
    """The track rests meanwhile."""
    rests = custody.TrackChoice(choice=TrackInside.SUSPENDED)
    house.take(
        custody.BeginDetention(
            occurred_on=house.way.day(day), kind=DetentionKind.REMAND, tracks=(rests,)
        )
    )


def keys(house: House) -> set[str]:
    return {due.key for due in dues(house.case, house.paper.calendar)}


def test_an_exemption_goes_on_with_its_own_release(exempt: House) -> None:
    assert "first_contact/1" not in keys(exempt)
    tell_of_an_older_stay(exempt)
    assert set(exempt.case.exemptions) == {"first_contact/2"}
    assert not keys(exempt) & {"first_contact/1", "first_contact/2"}
    exempt.take(s.ClearExemption(occurred_on=exempt.way.day(304), review="first_contact/2"))
    assert "first_contact/2" in keys(exempt)


def test_an_arrest_told_late_does_not_take_it_over(exempt: House) -> None:
    arrest(exempt, 301)
    assert set(exempt.case.exemptions) == {"first_contact/1"}
    exempt.take(
        custody.RecordRelease(occurred_on=exempt.way.day(331), release=ReleaseKind.ACQUITTAL)
    )
    assert "first_contact/2" in keys(exempt)


def test_it_is_told_of_a_day_on_which_there_was_such_a_review(exempt: House) -> None:
    """The second first contact is not what anybody was exempt from before the second release."""
    way = exempt.way
    arrest(exempt, 320)
    release = custody.RecordRelease(occurred_on=way.day(340), release=ReleaseKind.ACQUITTAL)
    exempt.take(release)
    with pytest.raises(Refused, match="review_not_outstanding"):
        exempt.take(exemption(exempt, "first_contact/2", 310))
    exempt.take(exemption(exempt, "first_contact/2", 341))


@pytest.mark.parametrize(
    ("named", "is_now"),
    [
        ("pre_release/90", "pre_release/90/2"),
        ("escalation/1/pre_release/90", "escalation/1/pre_release/90/2"),
        ("release_unconfirmed/1", "release_unconfirmed/2"),
        ("conditional_request/1", "conditional_request/2"),
        ("visit/3", "visit/3"),
    ],
)
def test_names_inside_a_second_stay(house: House, named: str, is_now: str) -> None:
    house.walk(house.way.to_release(), until=custody.RecordRelease)
    assert as_of(house.case.custody, named) == named
    tell_of_an_older_stay(house)
    assert as_of(house.case.custody, named) == is_now


def test_the_reviews_of_a_penalty(house: House) -> None:
    house.walk(house.way.to_release())
    house.take(
        custody.BeginAlternativePenalty(
            occurred_on=house.way.day(960),
            penalty=PenaltyKind.TREATMENT,
            expected_end=house.way.day(1200),
        )
    )
    assert as_of(house.case.custody, "penalty/2/2025-09-01") == "penalty/2/2025-09-01"
    before = house.case.custody
    assert before.episodes[-1].number == 2
    tell_of_an_older_stay(house)
    assert as_of(house.case.custody, "penalty_end/2") == "penalty_end/3"
    assert as_of(house.case.custody, "penalty/2") == "penalty/3"


def test_a_contact_after_it_is_the_first(exempt: House) -> None:
    reached = s.RecordContact(
        occurred_on=exempt.way.day(306),
        channel=Channel.AT_CENTRE,
        outcome=ContactOutcome.REACHED,
    )
    exempt.take(reached)
    tell_of_an_older_stay(exempt)
    assert exempt.case.first_contact is not None
    assert exempt.case.first_contact.on == exempt.way.day(306)
