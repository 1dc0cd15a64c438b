"""How long a case may be silent: never below the longest gap that its schedule leaves.

And the review with which a case closes.
"""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.case import steps as s
from domain.case.moment import Moment
from domain.case.reviews import dues
from domain.case.schedule import Due, ReviewKind, ReviewStatus
from domain.case.vocabulary import TrackEnd
from domain.rules import RULES, Rules
from domain.tracks.coming import Coming
from domain.values.calendar import Calendar, months_after
from tests.unit.domain.conftest import House
from tests.unit.domain.test_held import contact, early, is_day, live, standing, visit

__all__ = ["early"]

DAY = timedelta(days=1)
KNOWN = datetime(2020, 1, 1, tzinfo=UTC)
STARTS = [date(2023, 1, 1) + n * DAY for n in range(0, 800, 3)]
FEASTS = Calendar(
    "feasts",
    frozenset(date(year, 6, 27) + n * DAY for year in range(2022, 2030) for n in range(3)),
)
"""Three days off in a row, next to a weekend in some years."""


def every_rules() -> list[Rules]:
    return list(RULES.values())


def visits_after(delivered: date, rules: Rules) -> tuple[Due, ...]:
    coming = Coming(ReviewKind.VISIT, rules.visit_months, 1)
    return coming.dues(Moment(delivered, KNOWN), rules, FEASTS)


@pytest.mark.parametrize("rules", every_rules(), ids=lambda rules: rules.version)
def test_no_silence_is_shorter_than_the_time_between_two_visits(rules: Rules) -> None:
    """The one as early as it can be, the next as late."""
    for delivered in STARTS:
        visits = visits_after(delivered, rules)
        far = months_after(delivered, rules.silence_visited_months)
        far -= timedelta(days=rules.visit_window_days)
        for one, next_one in itertools.pairwise(visits):
            early_phase = one.window_start < far
            allowed = rules.silence_days_visited if early_phase else rules.silence_days_late
            assert next_one.window_end - one.window_start <= timedelta(days=allowed)


@pytest.mark.parametrize("rules", every_rules(), ids=lambda rules: rules.version)
def test_no_silence_is_shorter_than_the_time_between_two_contacts(rules: Rules) -> None:
    width = timedelta(days=rules.contact_window_days)
    for met in STARTS:
        often = FEASTS.on_or_after(months_after(met, rules.contact_months)) + width
        later = FEASTS.on_or_after(months_after(met, rules.contact_months_later)) + width
        assert often - met <= timedelta(days=rules.silence_days)
        assert later - met <= timedelta(days=rules.silence_days_later)
        # The last contact, a handover to somebody else on the day before the next, the first visit.
        (first, *_) = visits_after(later, rules)
        assert first.window_end - met <= timedelta(days=rules.silence_days_visited)


@pytest.mark.parametrize("rules", every_rules(), ids=lambda rules: rules.version)
def test_no_silence_is_shorter_than_the_time_between_two_reviews_of_a_job(rules: Rules) -> None:
    for hired in STARTS:
        coming = Coming(ReviewKind.PLACEMENT, rules.placement_months, 1)
        far = months_after(hired, rules.silence_placement_months)
        far -= timedelta(days=rules.visit_window_days)
        for one, following in itertools.pairwise(coming.dues(Moment(hired, KNOWN), rules, FEASTS)):
            early_phase = one.window_start < far
            allowed = rules.silence_days_visited if early_phase else rules.silence_days_late
            assert following.window_end - one.window_start <= timedelta(days=allowed)


def silence(house: House) -> Due:
    found = dues(house.case, house.paper.calendar)
    return next(due for due in found if due.kind is ReviewKind.SILENCE)


def test_silence_is_told_by_the_time_since_the_release_and_the_delivery(early: House) -> None:
    house, way = early, early.way

    def days() -> int:
        met = house.case.last_contact
        assert met is not None
        return (silence(house).due_on - met.on).days

    live(house, *way.to_release())
    assert 60 <= days() <= 62
    live(house, *way.steps()[len(way.to_release()) :])
    assert 130 <= days() <= 132
    live(house, visit(way.visit_due(12) - timedelta(days=10)))
    assert 220 <= days() <= 222


def test_longer_after_the_release_it_is_three_months(early: House) -> None:
    house, way = early, early.way
    live(house, *way.to_release())
    met = months_after(way.released_on, 7)
    live(house, contact(met))
    assert 90 <= (silence(house).due_on - met).days <= 92


def test_the_visits_leave_nobody_silent(early: House) -> None:
    """Each in the middle of its window: nothing else is overdue in two years."""
    house, way = early, early.way
    live(house, *way.steps())
    for months in (1, 3, 6, 9, 12, 18, 24):
        is_day(house, way.visit_due(months))
        found = dues(house.case, house.paper.calendar)
        late = [due for due in found if due.status(house.paper.today) is ReviewStatus.OVERDUE]
        assert late == []
        live(house, visit(way.visit_due(months)))


def test_a_closing_review_follows_the_last_visit(early: House) -> None:
    house, way = early, early.way
    live(house, *way.steps())
    last = standing(house, "visit/24").due.due_on
    closing = standing(house, "closing/1").due
    assert closing.due_on == house.paper.calendar.on_or_after(last + timedelta(days=30))
    assert standing(house, "closing/1").status is ReviewStatus.SCHEDULED


def test_or_the_end_of_the_last_track(early: House) -> None:
    house, way = early, early.way
    live(house, *way.to_release())
    ended = way.day(310)
    live(house, s.EndTrack(occurred_on=ended, ended_as=TrackEnd.GIVEN_UP, explanation="A job."))
    closing = standing(house, "closing/1").due
    assert closing.due_on == house.paper.calendar.on_or_after(ended + timedelta(days=30))
    assert closing.status(ended) is ReviewStatus.DUE
