"""To whom a reminder goes: the caseworker or their delegate, then the coordinator, then the division."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from domain.case.events import ReminderRecorded
from domain.case.noticed.told import level_of, told
from domain.case.reviews import fires_at, pending, rules_of
from domain.case.schedule import ReviewKind
from domain.case.steps import AssignCaseworker, RecordReminder
from domain.example.beside import register_centre
from domain.example.person import EXAMPLE
from domain.message import TIMER, Actor, Role
from domain.registry.state import REGISTRY
from domain.staff.standing_in.steps import EndDelegation, NameDelegate
from domain.staff.state import StaffState
from domain.staff.steps import RecordDeparture
from domain.values.calendar import local_date
from tests.support.paper import ADMINISTRATOR, DIRECTORY, NO_HOLIDAYS
from tests.unit.domain.conftest import House, hire
from tests.unit.domain.keys import directory

DAY = timedelta(days=1)


@pytest.fixture
def opened(house: House) -> House:
    house.walk(house.way.to_release())
    return house


def leaves(house: House, who: Actor) -> None:
    step = RecordDeparture(occurred_on=house.paper.today, staff_id=who.id)
    house.paper.take(DIRECTORY, step, ADMINISTRATOR)


def stands_in(house: House, absent: Actor, delegate: Actor, since: date | None = None) -> None:
    today = house.paper.today
    step = NameDelegate(
        occurred_on=today,
        staff_id=absent.id,
        delegate=delegate.id,
        since=since or today,
        until=(since or today) + 10 * DAY,
    )
    house.paper.take(DIRECTORY, step, house.coordinator)


def asked(house: House, level: int, *, after: int = 0) -> set[str]:
    """To whom a reminder of that level goes today, or so many days later, by their ids."""
    day = house.paper.today + after * DAY
    return {str(each) for each in told(house.case, level, directory(house.paper), day)}


def ids(*actors: Actor) -> set[str]:
    return {str(each.id) for each in actors}


def test_each_level_has_its_own(opened: House) -> None:
    second = opened.second
    assert asked(opened, 0) == ids(opened.caseworker)
    assert asked(opened, 1) == ids(opened.coordinator)
    assert str(second.id) in asked(opened, 2)
    assert asked(opened, 2) == asked(opened, 3)


def test_an_absent_ones_delegate_is_told_from_the_first_day_to_the_last(opened: House) -> None:
    colleague = hire(opened.paper, "caseworker-2", Role.CASEWORKER)
    stands_in(opened, opened.caseworker, colleague, opened.paper.today + DAY)
    days = [asked(opened, 0, after=n) for n in (0, 1, 11, 12)]
    own, delegates = ids(opened.caseworker), ids(colleague)
    assert days == [own, delegates, delegates, own]
    (named,) = directory(opened.paper).delegations.values()
    ends = EndDelegation(occurred_on=opened.paper.today, delegation_id=named.delegation_id)
    opened.paper.take(DIRECTORY, ends, opened.coordinator)
    assert asked(opened, 0, after=1) == own


def test_of_who_left_the_coordinators_are_told(opened: House) -> None:
    leaves(opened, opened.caseworker)
    assert asked(opened, 0) == ids(opened.coordinator)
    second = hire(opened.paper, "coordinator-2", Role.COORDINATOR)
    other = register_centre(EXAMPLE).model_copy(update={"centre": "midelt", "code": "MID"})
    opened.paper.take(REGISTRY, other, ADMINISTRATOR)
    hire(opened.paper, "elsewhere", Role.COORDINATOR, "midelt")
    assert asked(opened, 0) == asked(opened, 1) == ids(opened.coordinator, second)
    colleague = hire(opened.paper, "caseworker-2", Role.CASEWORKER)
    stands_in(opened, opened.coordinator, colleague)
    assert asked(opened, 0) == ids(colleague, second)
    given = AssignCaseworker(occurred_on=opened.paper.today, caseworker=colleague.id)
    opened.take(given, opened.coordinator)
    assert asked(opened, 0) == ids(colleague)


def test_where_nobody_of_the_centre_is_left_the_division_is_told(opened: House) -> None:
    leaves(opened, opened.caseworker)
    leaves(opened, opened.coordinator)
    division = asked(opened, 2)
    assert asked(opened, 0) == asked(opened, 1) == division
    assert str(opened.second.id) in division


def test_without_a_division_what_stays_undone_stays_in_the_centre(opened: House) -> None:
    staff = directory(opened.paper)
    for each in [each.actor for each in staff.staff.values() if each.actor.role is Role.DIVISION]:
        leaves(opened, each)
    assert asked(opened, 2) == ids(opened.coordinator)
    leaves(opened, opened.coordinator)
    assert asked(opened, 1) == asked(opened, 2) == ids(opened.caseworker)
    leaves(opened, opened.caseworker)
    assert not any(asked(opened, level) for level in (0, 1, 2))


def test_an_empty_house_has_nobody_to_tell(opened: House) -> None:
    assert told(opened.case, 0, StaffState(), opened.paper.today) == ()


@pytest.mark.parametrize(
    ("level", "of"),
    [
        (0, lambda house: house.caseworker),
        (1, lambda house: house.coordinator),
        (2, lambda house: house.second),
    ],
)
def test_a_reminder_says_whom_it_goes_to(
    opened: House, level: int, of: Callable[[House], Actor]
) -> None:
    """As found when it is recorded: who comes later, or leaves, changes nothing of it."""
    name = str(opened.case_id)
    due = next(each for each in pending(opened.case, NO_HOLIDAYS) if level_of(each.key) == level)
    opened.paper.now = max(opened.paper.now, fires_at(due, rules_of(opened.case), name))
    step = RecordReminder(
        occurred_on=local_date(opened.paper.now),
        review=due.key,
        due_on=due.due_on,
        at=opened.paper.now,
    )
    (reminder,) = opened.take(step, TIMER)
    assert isinstance(reminder, ReminderRecorded)
    assert reminder.level == level
    assert of(opened).id in reminder.to
    assert len(set(reminder.to)) == len(reminder.to)


def test_a_level_is_that_of_an_escalation() -> None:
    names = ("visit/3", f"{ReviewKind.ESCALATION}/1/visit/3", f"{ReviewKind.ESCALATION}/2/plan/1")
    assert [level_of(each) for each in names] == [0, 1, 2]
