"""Who may not know of custody is not told how late a review is that hangs on it, by no way of asking."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.case.schedule import ReviewKind, ReviewStatus
from domain.message import Role
from projections.views.tasks import Age, Filters
from service.access.masking import asks_hidden, masked
from service.console.pages.inbox import status_of
from service.queries.inbox import InboxItem

TODAY = date(2024, 9, 20)


def test_only_who_knows_of_custody_asks_for_what_is_so_late() -> None:
    assert asks_hidden(Filters(late=Age.WEEK), Role.DIVISION)
    assert not asks_hidden(Filters(late=Age.WEEK), Role.COORDINATOR)
    assert not asks_hidden(Filters(), Role.DIVISION)


@pytest.mark.parametrize(
    ("role", "level", "status"),
    [
        (Role.CASEWORKER, 0, ReviewStatus.DUE),
        (Role.DIVISION, 0, ReviewStatus.DUE),
        (Role.DIVISION, 2, ReviewStatus.OVERDUE),
    ],
)
def test_a_month_that_stands_for_a_day_makes_nothing_late(
    role: Role, level: int, status: ReviewStatus
) -> None:
    item = InboxItem(
        key="first_contact",
        kind=ReviewKind.FIRST_CONTACT,
        due_on=date(2024, 9, 18),
        window_start=date(2024, 9, 18),
        window_end=date(2024, 9, 25),
        task_id=UUID(int=1),
        staff_id=UUID(int=2),
        case_id=UUID(int=3),
        centre="taza",
        told_at=datetime(2024, 9, 18, 8, tzinfo=UTC),
        level=level,
        restricted=False,
        days_late=0,
        done_by=None,
        caseworker=UUID(int=4),
        reference="TZ-2024-0001",
        name_ar=None,
        name_latin=None,
        erased_on=None,
        key_lost=False,
    )
    assert status_of(masked(item, role), TODAY) is status
