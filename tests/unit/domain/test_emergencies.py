"""A case that was opened in an emergency is open for three hours, to who opened it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.staff.emergencies.state import LASTS, Emergency, is_open_to

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
WHO, CASE = UUID(int=1), UUID(int=2)
OPENED = (Emergency(WHO, CASE, "taza", "fes", NOON),)


def test_it_ends_by_itself_after_three_hours() -> None:
    assert timedelta(hours=3) == LASTS
    assert not is_open_to(OPENED, WHO, CASE, NOON - timedelta(seconds=1))
    assert is_open_to(OPENED, WHO, CASE, NOON)
    assert is_open_to(OPENED, WHO, CASE, NOON + LASTS - timedelta(seconds=1))
    assert not is_open_to(OPENED, WHO, CASE, NOON + LASTS)


def test_it_is_theirs_alone_and_of_that_case() -> None:
    assert not is_open_to(OPENED, UUID(int=3), CASE, NOON)
    assert not is_open_to(OPENED, WHO, UUID(int=3), NOON)


def test_opened_again_it_lasts_from_then_on() -> None:
    again = (*OPENED, Emergency(WHO, CASE, "taza", "fes", NOON + timedelta(hours=2)))
    assert is_open_to(again, WHO, CASE, NOON + timedelta(hours=4))
