"""Nothing is sent at night, on Sundays and on holidays, and what waits goes as soon as it may."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules import NEWEST
from domain.rules.quiet import quiet_until
from domain.values.calendar import CASABLANCA, Calendar

INDEPENDENCE = date(2026, 11, 18)
CALENDAR = Calendar("told", frozenset({INDEPENDENCE, date(2026, 11, 20), date(2026, 11, 21)}))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), CASABLANCA)


MONDAY, SATURDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 14), date(2026, 11, 15)


@pytest.mark.parametrize(
    ("instant", "until"),
    [
        (at(MONDAY, 7, 59), at(MONDAY, 8)),
        (at(MONDAY, 8), None),
        (at(MONDAY, 19, 59), None),
        (at(MONDAY, 20), at(MONDAY + timedelta(days=1), 8)),
        (at(MONDAY, 0), at(MONDAY, 8)),
        (at(SATURDAY, 12), None),
        (at(SATURDAY, 21), at(MONDAY, 8)),
        (at(SUNDAY, 12), at(MONDAY, 8)),
        (at(INDEPENDENCE, 9), at(date(2026, 11, 19), 8)),
        (at(date(2026, 11, 19), 20, 30), at(date(2026, 11, 23), 8)),
    ],
)
def test_it_waits_for_the_first_morning_that_is_none_of_these(
    instant: datetime, until: datetime | None
) -> None:
    assert quiet_until(instant, NEWEST, CALENDAR) == until


def test_the_hours_are_those_of_the_clock_in_ramadan_too() -> None:
    """In 2026 the clock goes back an hour on 15 February and forward on 22 March."""
    before, within = date(2026, 2, 13), date(2026, 2, 17)
    assert {at(day, 8).utcoffset() for day in (before, within)} == {
        timedelta(hours=1),
        timedelta(0),
    }
    for day in (before, within):
        assert quiet_until(at(day, 7, 59), NEWEST, CALENDAR) == at(day, 8)
        assert quiet_until(at(day, 8), NEWEST, CALENDAR) is None
    assert quiet_until(at(date(2026, 3, 21), 22), NEWEST, CALENDAR) == at(date(2026, 3, 23), 8)


@pytest.mark.parametrize(
    ("begins", "ends", "hour", "until"),
    [(12, 14, 13, 14), (12, 14, 11, None), (12, 14, 14, None), (9, 9, 9, None), (0, 8, 3, 8)],
)
def test_other_hours_are_kept_as_well(begins: int, ends: int, hour: int, until: int | None) -> None:
    rules = NEWEST.model_copy(update={"quiet_from_hour": begins, "quiet_until_hour": ends})
    found = quiet_until(at(MONDAY, hour), rules, CALENDAR)
    assert found == (None if until is None else at(MONDAY, until))


@given(st.integers(min_value=0, max_value=366 * 24 * 60))
def test_what_it_names_is_later_and_not_quiet_itself(minutes: int) -> None:
    instant = at(date(2026, 1, 1), 0) + timedelta(minutes=minutes)
    until = quiet_until(instant, NEWEST, CALENDAR)
    if until is not None:
        assert until > instant
        assert quiet_until(until, NEWEST, CALENDAR) is None
