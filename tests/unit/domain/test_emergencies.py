"""A case that was opened in an emergency is open for some hours, to who opened it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.rules.v1 import V1
from domain.staff.emergencies.state import Emergency, is_open_to
from domain.values.calendar import Calendar
from domain.values.looking import outside_hours

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
WHO, CASE = UUID(int=1), UUID(int=2)
OPENED = (Emergency(WHO, CASE, "taza", "fes", NOON, 3),)


def test_it_ends_by_itself_after_as_many_hours_as_the_rules_gave_it() -> None:
    lasts = timedelta(hours=3)
    assert not is_open_to(OPENED, WHO, CASE, NOON - timedelta(seconds=1))
    assert is_open_to(OPENED, WHO, CASE, NOON)
    assert is_open_to(OPENED, WHO, CASE, NOON + lasts - timedelta(seconds=1))
    assert not is_open_to(OPENED, WHO, CASE, NOON + lasts)


def test_it_is_theirs_alone_and_of_that_case() -> None:
    assert not is_open_to(OPENED, UUID(int=3), CASE, NOON)
    assert not is_open_to(OPENED, WHO, UUID(int=3), NOON)


def test_opened_again_it_lasts_from_then_on() -> None:
    again = (*OPENED, Emergency(WHO, CASE, "taza", "fes", NOON + timedelta(hours=2), 3))
    assert is_open_to(again, WHO, CASE, NOON + timedelta(hours=4))


def test_who_is_at_work_when_is_the_rules_to_say() -> None:
    calendar = Calendar("told", frozenset())
    rules = (V1.office_from_hour, V1.office_until_hour)
    assert rules == (7, 20)
    assert not outside_hours(NOON, calendar, *rules)
    assert outside_hours(NOON + timedelta(hours=9), calendar, *rules)
    assert outside_hours(NOON, calendar, 14, 20)
    assert outside_hours(NOON + timedelta(days=4), calendar, *rules), "a Sunday"
