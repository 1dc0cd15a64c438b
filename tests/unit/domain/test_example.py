"""The example person's way is whole, stands in order, and the rules accept all of it."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest

from domain.case.steps import RecordEducation
from domain.case.vocabulary import Stage
from domain.commands import HANDLINGS
from domain.example.person import EXAMPLE, Person
from domain.example.project import training_outside, training_waived
from domain.example.way import Way, by_day, taken_by
from domain.message import Step
from domain.staff.roles import HELD_BY_PEOPLE
from domain.tracks.self_employment.steps import ProposeProject, RecordDecision
from tests.unit.domain.conftest import House


def test_every_step_that_a_person_takes_stands_in_the_example() -> None:
    taken_by_people = {row.step for row in HANDLINGS.values() if row.who & HELD_BY_PEOPLE}
    assert {type(step) for step in Way(ceremony_id=EXAMPLE.ceremony_id).every()} == taken_by_people


def test_the_main_way_is_told_in_the_order_of_its_days(house: House) -> None:
    opening, entry, *after = [step.occurred_on for step in house.way.steps()]
    assert entry < opening, "it is told of once the case is open"
    days = [opening, *after]
    assert all(day <= later for day, later in pairwise(days))
    assert (days[0], days[-1]) == (house.way.begins, house.way.delivered_on)


def test_another_begin_moves_every_day_of_it() -> None:
    later = Way(begins=EXAMPLE.begins + timedelta(days=7))
    moved = [step.occurred_on - timedelta(days=7) for step in later.steps()]
    assert moved == [step.occurred_on for step in Way().steps()]


def test_the_rules_accept_the_way_with_all_its_detours(house: House) -> None:
    house.walk(by_day((*house.way.steps(), *house.way.detours())))
    assert house.case.is_open


@pytest.mark.parametrize("training", [training_outside, training_waived])
def test_the_rules_accept_what_stands_for_the_training_inside(
    house: House, training: Callable[[Person], tuple[Step, ...]]
) -> None:
    inside = (step for step in house.way.steps() if not isinstance(step, RecordEducation))
    house.walk(by_day((*inside, *training(house.way))))
    assert house.case.stage is Stage.FOLLOW_UP


def test_a_decision_is_recorded_by_another_than_the_proposer(house: House) -> None:
    proposed, decided = house.way.step(ProposeProject), house.way.step(RecordDecision)
    assert taken_by(proposed) is not taken_by(decided)


def test_a_step_that_the_example_lacks_is_named() -> None:
    with pytest.raises(LookupError, match="Step"):
        Way().step(Step)
