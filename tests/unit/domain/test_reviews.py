"""What falls due, when, and when a reminder counts as missed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case import steps as s
from domain.case.custody import steps as custody
from domain.case.custody.vocabulary import ReleaseKind
from domain.case.reviews import (
    dues,
    fires_at,
    is_missed,
    next_fire,
    pending,
    rules_of,
)
from domain.case.schedule import Due, ReviewKind, ReviewStatus
from domain.case.vocabulary import Channel, ContactOutcome
from domain.errors import Refused
from domain.message import TIMER, Step
from domain.project.items import ItemFound
from domain.project.vocabulary import EquipmentCondition, ProjectCondition
from domain.rules import ExemptionReason
from domain.rules.v1 import V1
from domain.tracks.self_employment import steps as ts
from domain.values.calendar import Calendar, local_date, local_instant, months_after
from tests.support.paper import NO_HOLIDAYS
from tests.unit.domain.conftest import House

DAYS = st.dates(date(2010, 1, 1), date(2040, 12, 31))


def due_kinds(house: House) -> list[ReviewKind]:
    return [due.kind for due in dues(house.case, house.paper.calendar)]


def living(house: House, steps: Iterable[Step], until: type[Step] | None = None) -> None:
    """Take each step on its own day, as it happens."""
    for step in steps:
        if until is not None and isinstance(step, until):
            return
        at(house, step.occurred_on)
        house.take(step)


def at(house: House, day: date) -> None:
    """It is that day, unless it is later already."""
    house.paper.now = max(local_instant(day, 10), house.paper.now)


@pytest.fixture
def early(house: House) -> House:
    """The house as it was before the example began: what it knows it knows in time."""
    house.paper.now = local_instant(house.way.begins - timedelta(days=700), 9)
    return house


def find(house: House, key: str) -> Due:
    return next(due for due in dues(house.case, house.paper.calendar) if due.key == key)


@given(DAYS, st.integers(0, 60))
def test_months_later_is_the_same_day_or_the_months_last(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@given(DAYS, st.sets(DAYS, max_size=5))
def test_a_moved_date_is_a_working_day(day: date, holidays: set[date]) -> None:
    calendar = Calendar("t", frozenset(holidays))
    assert calendar.is_working_day(calendar.on_or_after(day))
    assert calendar.on_or_before(day) <= day <= calendar.on_or_after(day)


def test_a_local_day_follows_moroccos_clock() -> None:
    """UTC+1 most of the year; UTC in Ramadan."""
    assert local_instant(date(2026, 7, 1), 8) == datetime(2026, 7, 1, 7, tzinfo=UTC)
    assert local_instant(date(2026, 3, 2), 8) == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert local_date(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)


def test_reviews_before_release_leave_the_last_week_free(early: House) -> None:
    house = early
    living(house, house.way.to_release(), until=s.RecordEducation)
    release = house.case.custody.expected_release
    assert release is not None
    before = [due for due in dues(house.case, NO_HOLIDAYS) if due.kind is ReviewKind.PRE_RELEASE]
    assert len(before) == len(V1.pre_release_days)
    assert all(due.window_end < release - timedelta(days=7) for due in before)
    assert all(NO_HOLIDAYS.is_working_day(due.due_on) for due in before)


def test_release_asks_for_a_first_contact_and_contact_answers_it(house: House) -> None:
    house.walk(house.way.to_release(), until=s.RecordContact)
    assert ReviewKind.FIRST_CONTACT in due_kinds(house)
    house.take(
        s.RecordContact(
            occurred_on=house.way.day(301),
            channel=Channel.PHONE,
            outcome=ContactOutcome.NO_ANSWER,
        )
    )
    assert ReviewKind.FIRST_CONTACT in due_kinds(house), "an attempt is not a contact"
    house.take(
        s.RecordContact(
            occurred_on=house.way.day(302),
            channel=Channel.AT_CENTRE,
            outcome=ContactOutcome.REACHED,
        )
    )
    assert ReviewKind.FIRST_CONTACT not in due_kinds(house)
    assert ReviewKind.CONTACT in due_kinds(house)


def test_a_contact_in_detention_is_not_the_first_after_release(house: House) -> None:
    house.walk(house.way.to_release(), until=s.RecordEducation)
    house.take(
        s.RecordContact(
            occurred_on=house.way.day(30),
            channel=Channel.VISIT_IN_PRISON,
            outcome=ContactOutcome.REACHED,
        )
    )
    house.take(
        custody.RecordRelease(occurred_on=house.way.day(300), release=ReleaseKind.END_OF_SENTENCE)
    )
    assert ReviewKind.FIRST_CONTACT in due_kinds(house)


def test_visits_fall_due_for_two_years_after_delivery(early: House) -> None:
    house = early
    living(house, house.way.steps())
    visits = [due for due in dues(house.case, NO_HOLIDAYS) if due.kind is ReviewKind.VISIT]
    assert [int(due.key.split("/")[1]) for due in visits] == list(V1.visit_months)
    assert [due.status(house.paper.today) for due in visits][-1] is ReviewStatus.SCHEDULED


def test_a_visit_completes_its_review_and_is_counted_once(early: House) -> None:
    house = early
    living(house, house.way.steps())
    key = "visit/3"
    visit = ts.RecordVisit(
        occurred_on=find(house, key).due_on,
        review=key,
        project=ProjectCondition.RUNNING,
        items=(ItemFound(item=1, condition=EquipmentCondition.IN_USE),),
    )
    at(house, visit.occurred_on)
    house.take(visit)
    left = [due.key for due in dues(house.case, NO_HOLIDAYS) if due.kind is ReviewKind.VISIT]
    assert left == ["visit/6", "visit/9", "visit/12", "visit/18", "visit/24"]
    with pytest.raises(Refused, match="review_not_outstanding"):
        house.take(visit)


@pytest.mark.parametrize(
    ("because", "days"), [(ExemptionReason.ABROAD, 5), (ExemptionReason.HEALTH, 10)]
)
def test_ending_an_exemption_gives_days_to_prepare(
    early: House, because: ExemptionReason, days: int
) -> None:
    house = early
    living(house, house.way.steps())
    at(house, house.way.visit_due(1) - timedelta(days=3))
    key, today = "visit/1", house.paper.today
    house.by_two(s.ExemptReview(occurred_on=today, review=key, because=because))
    assert key not in [due.key for due in dues(house.case, NO_HOLIDAYS)]
    house.take(s.ClearExemption(occurred_on=today, review=key))
    assert find(house, key).due_on == NO_HOLIDAYS.on_or_after(today + timedelta(days=days))


def test_ending_an_exemption_of_an_overdue_review_gives_none(early: House) -> None:
    house = early
    living(house, house.way.steps())
    house.paper.pass_days(60)
    key, today = "visit/1", house.paper.today
    assert find(house, key).status(today) is ReviewStatus.OVERDUE
    house.by_two(s.ExemptReview(occurred_on=today, review=key, because=ExemptionReason.HEALTH))
    house.take(s.ClearExemption(occurred_on=today, review=key))
    assert find(house, key).due_on == NO_HOLIDAYS.on_or_after(today)


def test_a_review_past_when_first_known_is_missed_and_waits_for_the_backlog(house: House) -> None:
    """Its window is open still, so that it can be held; but nobody was reminded in time."""
    house.paper.now = local_instant(house.way.visit_due(1) + timedelta(days=5), 9)
    house.walk(house.way.steps())
    rules, name = rules_of(house.case), str(house.case_id)
    past = find(house, "visit/1")
    ahead = find(house, "visit/24")
    assert is_missed(past, rules, name)
    assert not is_missed(ahead, rules, name)
    grace = timedelta(minutes=rules.backlog_minutes)
    assert fires_at(past, rules, name) == house.paper.now + grace
    assert next_fire(house.case, name, NO_HOLIDAYS) == house.paper.now + grace


def test_a_reminder_is_recorded_once_and_not_before_its_time(house: House) -> None:
    house.walk(house.way.steps())
    key = "visit/24"
    due = find(house, key)
    fires = fires_at(due, rules_of(house.case), str(house.case_id))

    def remind(at: datetime) -> None:
        step = s.RecordReminder(occurred_on=house.paper.today, review=key, due_on=due.due_on, at=at)
        house.take(step, TIMER)

    with pytest.raises(Refused, match="not_due_yet"):
        remind(fires - timedelta(seconds=1))
    remind(fires)
    with pytest.raises(Refused, match="review_not_outstanding"):
        remind(fires)
    assert key not in [each.key for each in pending(house.case, NO_HOLIDAYS)]


@pytest.mark.parametrize("until", [s.RecordEducation, custody.RecordRelease, None])
def test_the_next_reminder_is_the_earliest_of_all_until_none_is_left(
    house: House, until: type[Step] | None
) -> None:
    house.walk(house.way.steps(), until)
    name, state = str(house.case_id), house.case
    while left := pending(state, NO_HOLIDAYS):
        first = min(left, key=lambda due: fires_at(due, rules_of(house.case), name))
        at = fires_at(first, rules_of(state), name)
        assert next_fire(state, name, NO_HOLIDAYS) == at
        state = replace(state, reminded=state.reminded | {(first.key, first.due_on)})
    assert next_fire(state, name, NO_HOLIDAYS) is None


def test_what_stays_undone_escalates_twice(house: House) -> None:
    house.walk(house.way.steps())
    key = "visit/24"
    levels = [each for each in pending(house.case, NO_HOLIDAYS) if each.key.endswith("/" + key)]
    due = find(house, key)
    assert [
        each.due_on - due.window_end >= timedelta(days=n)
        for each, n in zip(levels, (7, 21), strict=True)
    ]
