"""A case keeps its version of the rules until it is moved: then what is ahead comes by the other one."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from domain.case.moving_rules.steps import AdoptRules
from domain.case.reviews import Occasion, dues, occasions
from domain.case.schedule import ReviewKind, ReviewStatus
from domain.case.standing import standings
from domain.case.steps import RetractEntry
from domain.errors import NotAllowed, Refused
from domain.example.project import visit
from domain.example.rules import VERSION, add_rules
from domain.order.steps import PlaceOrder
from domain.registry.rules.state import CAME_WITH_JISR, KnownRules, in_force
from domain.registry.rules.steps import AddRules
from domain.rules.terms import digest
from domain.rules.v1 import V1
from tests.support.paper import ADMINISTRATOR, REGISTRY
from tests.unit.domain.conftest import House

FOUR_MONTHS_ON = datetime(2024, 11, 20, 9, tzinfo=UTC)
"""After the example's delivery: two visits are past."""
MOVE = AdoptRules(
    occurred_on=FOUR_MONTHS_ON.date(), version=VERSION, explanation="All of the season."
)


def add(house: House, **changed: Any) -> None:
    house.paper.take(REGISTRY, add_rules().model_copy(update=changed), ADMINISTRATOR)


def refused(house: House, **changed: Any) -> Refused:
    with pytest.raises(Refused) as refusal:
        add(house, **changed)
    return refusal.value


def visits(house: House) -> dict[str, Occasion]:
    return {
        each.due.key: each
        for each in occasions(house.case, house.paper.calendar)
        if each.due.key.startswith("visit/")
    }


@pytest.fixture
def visited(house: House) -> House:
    """Everything is handed over, and the first visit was held in its time."""
    house.paper.now = FOUR_MONTHS_ON
    add(house)
    house.walk(house.way.steps())
    house.take(visit(house.way, 1))
    return house


def test_what_was_held_stays_held_and_what_is_ahead_comes_by_the_other_version(
    visited: House,
) -> None:
    before = visits(visited)
    held = {key for key, each in before.items() if each.completed}
    missed = {key for key, each in before.items() if each.missed}
    visited.take(MOVE)
    after = visits(visited)
    assert held
    assert {key for key, each in after.items() if each.completed} == held
    assert {key for key, each in after.items() if each.missed} == missed
    begun = {k for k, each in before.items() if each.window.window_start <= MOVE.occurred_on}
    assert all(after[key].window == before[key].window for key in begun)
    day = visited.way.delivered_on
    assert [each.due.due_on - day for each in after.values()] == sorted(
        each.due.due_on - day for each in after.values()
    )
    assert after.keys() - before.keys() == {"visit/8", "visit/10"}
    assert before.keys() - after.keys() == {"visit/9"}
    assert visited.case.rules_version == VERSION
    assert visited.case.rules.visit_months == (1, 2, 4, 6, 8, 10, 12, 18, 24)


def test_what_was_done_in_time_or_had_begun_is_not_late_by_the_move(house: House) -> None:
    """A plan that was agreed within its days stays so; what waits keeps the day it had."""
    shorter = '{"plan_days": 1, "first_contact_days": 1, "order_days": 1, "opinion_days": 1}'
    add(house, changes=shorter)
    house.walk(house.way.steps(), until=PlaceOrder)
    placed = house.way.step(PlaceOrder).occurred_on
    house.paper.now = datetime.combine(placed, time(9), UTC)
    before = standings(house.case, house.paper.calendar, placed)
    assert {each.status for each in before} > {ReviewStatus.COMPLETED}
    assert any(each.due.kind is ReviewKind.ORDER for each in before)
    house.take(MOVE.model_copy(update={"occurred_on": placed}), house.coordinator)
    after = standings(house.case, house.paper.calendar, placed)
    assert [each for each in after if each not in before] == []
    assert [each for each in before if each not in after] == []


def test_it_can_be_taken_back_and_is_a_supervisors(visited: House) -> None:
    before = dues(visited.case, visited.paper.calendar)
    with pytest.raises(NotAllowed):
        visited.take(MOVE, visited.caseworker)
    visited.take(MOVE, visited.coordinator)
    with pytest.raises(Refused, match="rules_adopted_already"):
        visited.take(MOVE, visited.coordinator)
    entry = visited.case.version
    back = RetractEntry(
        occurred_on=MOVE.occurred_on, entry_number=entry, explanation="The wrong case."
    )
    visited.take(back, visited.coordinator)
    assert visited.case.rules_version == "v1"
    assert dues(visited.case, visited.paper.calendar) == before


def test_in_the_middle_of_an_order_it_goes_on(house: House) -> None:
    add(house)
    house.walk(house.way.steps(), until=PlaceOrder)
    placed = house.way.step(PlaceOrder).occurred_on
    house.take(MOVE.model_copy(update={"occurred_on": placed}), house.coordinator)
    steps = house.way.steps()
    rest = steps[[type(each) for each in steps].index(PlaceOrder) :]
    house.walk(rest)
    assert house.case.rules_version == VERSION


def test_new_cases_take_the_newest_in_force_on_their_day(house: House) -> None:
    opened = house.way.steps()[0].occurred_on
    add(house, version="v3", since=opened + timedelta(days=1))
    add(house, version="v4", since=opened, changes='{"plan_days": 20}', base="v3")
    house.walk(house.way.steps()[:1])
    assert (house.case.rules_version, house.case.rules.plan_days) == ("v4", 20)
    assert house.case.rules.visit_months == (1, 2, 4, 6, 8, 10, 12, 18, 24)
    versions = {**CAME_WITH_JISR, "v2": KnownRules("v2", date(2026, 1, 1))}
    days = (date(2025, 12, 31), date(2026, 1, 1))
    assert [in_force(versions, day).version for day in days] == ["v1", "v2"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"version": "v1"}, "rules_version_taken"),
        ({"base": "v9"}, "rules_unknown"),
        ({"changes": "[]"}, "rules_unreadable"),
        ({"changes": "{}"}, "rules_unreadable"),
        ({"changes": '{"plan_days": 30}'}, "rules_change_nothing"),
        ({"changes": '{"plan_day": 31}'}, "rules_unfit"),
        ({"changes": '{"plan_days": "soon"}'}, "rules_unfit"),
        ({"changes": '{"plan_days": 0}'}, "rules_unfit"),
        ({"changes": '{"version": "v7"}'}, "rules_unfit"),
        ({"changes": '{"visit_months": [3, 1]}'}, "rules_unfit"),
        ({"changes": '{"visit_months": [1, 24]}'}, "rules_unfit"),
        ({"changes": '{"reminder_spread_minutes": 0}'}, "rules_unfit"),
        ({"changes": '{"reminder_hour": 24}'}, "rules_unfit"),
        ({"changes": '{"quiet_from_hour": 24}'}, "rules_unfit"),
        ({"changes": '{"office_until_hour": 7}'}, "rules_unfit"),
        ({"changes": '{"emergency_hours": 25}'}, "rules_unfit"),
        ({"changes": '{"quiet_weekdays": [1, 2, 3, 4, 5, 6, 7]}'}, "rules_unfit"),
        ({"changes": '{"quiet_weekdays": [0]}'}, "rules_unfit"),
        ({"changes": '{"plan_days": 1000000000000}'}, "rules_unfit"),
        ({"changes": '{"placement_months": [1, 99999]}'}, "rules_unfit"),
        ({"changes": '{"detention_intervals": []}'}, "rules_unfit"),
        ({"changes": '{"school_year_begins": [2, 29]}'}, "rules_unfit"),
        ({"changes": '{"penalty_hours": [3600, 40]}'}, "rules_unfit"),
        ({"changes": '{"new_study_share": "1.1"}'}, "rules_unfit"),
        ({"changes": '{"ages": {"indh_youth": {"least": 35, "most": 18}}}'}, "rules_unfit"),
        ({"changes": '{"confirmation_days": 5}'}, "rules_of_the_house"),
        ({"changes": "[" * 3000}, "rules_unreadable"),
    ],
)
def test_a_version_that_cannot_be_is_not_set(
    house: House, changed: dict[str, str], code: str
) -> None:
    assert refused(house, **changed).code == code


def test_a_version_that_is_unknown_is_not_adopted(house: House) -> None:
    house.walk(house.way.steps()[:1])
    with pytest.raises(Refused, match="rules_unknown"):
        house.take(MOVE, house.coordinator)


def test_the_digest_is_of_all_that_a_version_says(house: House) -> None:
    (added,) = house.paper.take(REGISTRY, add_rules(), ADMINISTRATOR)
    assert isinstance(add_rules(), AddRules)
    assert added.digest != digest(V1)  # type: ignore[attr-defined]  # of RulesAdded
