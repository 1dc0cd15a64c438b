"""What would follow for a case by other rules is what does, once it is moved."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from domain.case.moving_rules.steps import AdoptRules
from domain.case.reviews import dues
from domain.registry.state import RegistryState
from domain.values.calendar import Calendar
from service.running.rules_foreseen import of_case
from service.running.rules_set import step_in
from tests.support.paper import ADMINISTRATOR, NO_HOLIDAYS, REGISTRY
from tests.unit.domain.conftest import House, furnished
from tests.unit.domain.test_adopted_midway import add, at, lived

CHANGES = (
    '{"visit_months": [1, 2, 8, 12, 24], "silence_days_late": 400, "silence_days_visited": 40}'
)


@pytest.fixture
def house() -> House:
    return furnished()


def visited() -> House:
    """Two days after the handover."""
    house = furnished()
    add(house, CHANGES)
    lived(house, house.way.steps())
    at(house, house.way.delivered_on + timedelta(days=2))
    return house


def test_what_is_foreseen_of_a_case_is_what_comes_of_moving_it() -> None:
    house = visited()
    day, registry = house.paper.today, house.paper.state(REGISTRY)
    assert isinstance(registry, RegistryState)
    before = {each.key: each.due_on for each in dues(house.case, NO_HOLIDAYS)}
    found = of_case(house.case, registry.rules["v2"], NO_HOLIDAYS, house.paper.now)
    house.take(AdoptRules(occurred_on=day, version="v2", explanation="n"), house.coordinator)
    after = {each.key: each.due_on for each in dues(house.case, NO_HOLIDAYS)}
    assert found.changes
    assert {key: (was, due) for key, was, due in found.moved} == {
        key: (before[key], after[key])
        for key in before.keys() & after.keys()
        if before[key] != after[key]
    }
    assert dict(found.gone) == {key: before[key] for key in before.keys() - after.keys()}
    assert dict(found.come) == {key: after[key] for key in after.keys() - before.keys()}
    assert found.next[1] == next(iter(after.items()))
    assert {"visit/2", "visit/8"} <= after.keys()


def test_an_announced_holiday_moves_what_is_foreseen() -> None:
    house = visited()
    registry = house.paper.state(REGISTRY)
    assert isinstance(registry, RegistryState)
    plain = of_case(house.case, registry.rules["v2"], NO_HOLIDAYS, house.paper.now)
    day = dict(plain.come)["visit/2"]
    announced = Calendar("announced", frozenset({day}))
    other = of_case(house.case, registry.rules["v2"], announced, house.paper.now)
    assert dict(other.come)["visit/2"] > day


def test_a_case_that_goes_on_alike_does_not_change() -> None:
    house = visited()
    registry = house.paper.state(REGISTRY)
    assert isinstance(registry, RegistryState)
    noon = datetime.combine(house.paper.today, time(12), UTC)
    assert not of_case(house.case, registry.rules["v1"], NO_HOLIDAYS, noon).changes


def test_the_file_on_the_page_is_one_that_is_taken(house: House, tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "changing-the-rules.md").read_text("utf-8")
    file = tmp_path / "v2.toml"
    file.write_text(page.split("```toml")[1].split("```")[0], "utf-8")
    house.paper.take(REGISTRY, step_in(file, house.paper.today), ADMINISTRATOR)
    registry = house.paper.state(REGISTRY)
    assert isinstance(registry, RegistryState)
    assert registry.rules["v2"].rules.order_days == 45
