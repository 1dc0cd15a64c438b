"""An approval without an order, whose holder is detained, is confirmed every twelve months."""

from datetime import date, timedelta

import pytest

from domain.case.custody import steps as custody
from domain.case.custody.vocabulary import DetentionKind, ReleaseKind, TrackInside
from domain.case.reviews import dues
from domain.case.schedule import Due, ReviewKind
from domain.errors import Refused
from domain.example import project
from domain.order.steps import ReceiveLines
from domain.rules import RULES
from domain.tracks.self_employment import steps as s
from domain.values.calendar import months_after
from tests.unit.domain.conftest import House

BACK_INSIDE = 383


def confirmation(house: House) -> Due | None:
    every = dues(house.case, house.paper.calendar)
    found = [each for each in every if each.kind is ReviewKind.APPROVAL_CONFIRMATION]
    assert len(found) < 2
    return found[0] if found else None


def due_on(house: House) -> date | None:
    found = confirmation(house)
    return found.due_on if found else None


def working(day: date) -> date:
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def detained(house: House, day: int) -> None:
    """Released, and arrested again on a later day."""
    end = ReleaseKind.END_OF_SENTENCE
    house.take(custody.RecordRelease(occurred_on=house.way.day(day - 1), release=end))
    suspended = custody.TrackChoice(choice=TrackInside.SUSPENDED)
    again = custody.BeginDetention(
        occurred_on=house.way.day(day), kind=DetentionKind.REMAND, tracks=(suspended,)
    )
    house.take(again)


def confirmed(house: House, on: date) -> None:
    step = project.confirm_approval(house.way).model_copy(update={"occurred_on": on})
    house.take(step, house.coordinator)


@pytest.fixture
def approved(house: House) -> House:
    """In detention: the project was prepared and approved there."""
    inside = [step for step in house.way.steps() if not isinstance(step, custody.RecordRelease)]
    house.walk(inside, until=s.SignUndertaking)
    return house


def test_it_falls_due_a_year_after_the_approval(approved: House) -> None:
    approved_on = approved.way.day(381)
    found = confirmation(approved)
    assert found is not None
    assert found.due_on == working(months_after(approved_on, 12))
    assert found.window_end == approved.paper.today, "in time from the day it was known"
    assert found.known_since == approved.paper.now


def test_or_after_the_entry_into_detention_where_that_is_later(approved: House) -> None:
    detained(approved, BACK_INSIDE)
    expected = working(months_after(approved.way.day(BACK_INSIDE), 12))
    found = confirmation(approved)
    assert found is not None
    assert found.due_on == expected
    days = RULES["v1"].approval_confirmation_days
    assert found.window_start == expected - timedelta(days=days)


def test_an_entry_before_the_approval_counts_from_the_approval(approved: House) -> None:
    approved_on = approved.way.day(381)
    detained(approved, 350)
    assert due_on(approved) == working(months_after(approved_on, 12))


def test_a_remand_during_the_sentence_is_no_entry(approved: House) -> None:
    before = due_on(approved)
    mark = custody.BeginDetention(
        occurred_on=approved.way.day(BACK_INSIDE), kind=DetentionKind.REMAND
    )
    approved.take(mark)
    assert due_on(approved) == before


def test_told_late_it_is_known_since_it_was_told(approved: House) -> None:
    """It was never due before anybody could know of it."""
    approved.paper.pass_days(30)
    detained(approved, BACK_INSIDE)
    found = confirmation(approved)
    assert found is not None
    assert found.known_since == approved.paper.now
    assert found.due_on < approved.paper.today


def test_confirmed_it_falls_due_again_a_year_later(approved: House) -> None:
    detained(approved, BACK_INSIDE)
    first = approved.way.day(BACK_INSIDE + 360)
    confirmed(approved, first)
    assert due_on(approved) == working(months_after(first, 12))
    earlier = approved.way.day(BACK_INSIDE + 30)
    confirmed(approved, earlier)
    assert due_on(approved) == working(months_after(first, 12)), "the latest by its day"


def test_told_in_either_order_it_comes_to_the_same(approved: House) -> None:
    day = approved.way.day(BACK_INSIDE + 10)
    other = House(
        approved.paper.copy(),
        approved.caseworker,
        approved.coordinator,
        approved.way,
        approved.case_id,
    )
    detained(approved, BACK_INSIDE)
    confirmed(approved, day)
    confirmed(other, day)
    detained(other, BACK_INSIDE)
    assert due_on(approved) == due_on(other)


def test_free_again_nothing_falls_due(approved: House) -> None:
    detained(approved, BACK_INSIDE)
    out = custody.RecordRelease(
        occurred_on=approved.way.day(BACK_INSIDE + 5), release=ReleaseKind.END_OF_SENTENCE
    )
    approved.take(out)
    assert due_on(approved) is None


def test_what_is_on_order_is_not_confirmed(house: House) -> None:
    house.walk(house.way.steps(), until=ReceiveLines)
    with pytest.raises(Refused, match="project_already_ordered"):
        confirmed(house, house.way.day(451))


def test_who_is_free_falls_due_for_none(house: House) -> None:
    house.walk(house.way.steps(), until=s.SignUndertaking)
    assert due_on(house) is None


def test_an_ended_approval_asks_for_none(approved: House) -> None:
    detained(approved, BACK_INSIDE)
    approved.by_two(project.end_approval(approved.way))
    assert due_on(approved) is None


def test_it_moves_no_money_and_is_the_coordinators(approved: House) -> None:
    agreement = approved.paper.state(f"agreement/{approved.way.agreement_id}")
    step = project.confirm_approval(approved.way)
    with pytest.raises(Refused, match="not_allowed"):
        approved.take(step, approved.caseworker)
    confirmed(approved, step.occurred_on)
    assert approved.paper.state(f"agreement/{approved.way.agreement_id}") is agreement


def test_it_is_not_before_the_decision(approved: House) -> None:
    with pytest.raises(Refused, match="date_before_earlier_step"):
        confirmed(approved, approved.way.day(380))
