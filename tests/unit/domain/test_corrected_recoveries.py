"""What was said to have come back from a holder, and did not, or not so."""

from decimal import Decimal
from typing import Any

import pytest

from domain.order import steps as o
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.vocabulary import ProblemDecision
from domain.values.money import NOTHING
from tests.unit.domain.conftest import House
from tests.unit.domain.test_corrected_decisions import spend
from tests.unit.domain.test_mending import entry, retract
from tests.unit.domain.tracks.test_recovery import (
    agreement,
    decided,
    on,
    problem_of,
    project,
    recover,
    refused,
)

PAID = Decimal(3000)


@pytest.fixture
def recovered(house: House) -> House:
    """An item and money came back, as it was decided."""
    house.walk(house.way.steps())
    decided(house, ProblemDecision.RECOVERY, 1)
    recover(house, 1, amount=PAID)
    return house


def correct(house: House, *items: int, amount: Decimal | None = None, **told: Any) -> None:
    step = s.CorrectRecovery(
        **on(house, 50) | told,
        entry_number=entry(house, e.RecoveryRecorded),
        items=items,
        amount=amount,
        reference="R-2",
        explanation="A nought too many.",
    )
    house.take(step, house.coordinator)


def test_less_money_came_back_and_its_saving_with_it(recovered: House) -> None:
    room = agreement(recovered).room
    correct(recovered, 1, amount=Decimal(300))
    money = agreement(recovered).approvals[recovered.project_id].money
    assert (money.recovered, money.refunded, money.freed) == (Decimal(300),) * 3
    assert agreement(recovered).room == room - 2700
    assert (project(recovered).recovered, problem_of(recovered).recovered) == (Decimal(300),) * 2
    assert project(recovered).in_hands == {2}


def test_nothing_came_back(recovered: House) -> None:
    correct(recovered)
    money = agreement(recovered).approvals[recovered.project_id].money
    assert (money.recovered, money.freed) == (NOTHING, NOTHING)
    assert project(recovered).in_hands == {1, 2}
    assert problem_of(recovered).back is None
    recover(recovered, 1)


def test_what_was_promised_since_leaves_no_room_for_it(recovered: House) -> None:
    spend(recovered, Decimal(2999))
    refused("correction_without_room", lambda: correct(recovered, 1))
    correct(recovered, 1, amount=Decimal(1))


def test_more_than_was_handed_over_never_came_back(recovered: House) -> None:
    refused("recovery_exceeds_delivered", lambda: correct(recovered, 1, amount=Decimal(10**6)))


def test_what_went_on_from_the_stock_had_come_back(recovered: House) -> None:
    kept = o.KeepInInventory(**on(recovered, 60), lines=(1,), explanation="For the workshop.")
    recovered.take(kept, recovered.coordinator)
    refused("stock_moved_since", lambda: correct(recovered, amount=PAID))
    correct(recovered, 1)


def test_a_problem_that_was_resolved_by_it_stays_so(recovered: House) -> None:
    told = on(recovered, 60) | {"raised_on": on(recovered, 30)["occurred_on"]}
    recovered.take(s.ResolveProblem(**told, explanation="It is back."))
    refused("problem_already_resolved", lambda: correct(recovered))


def test_it_is_not_retracted_by_itself(recovered: House) -> None:
    refused("mended_otherwise", lambda: retract(recovered, entry(recovered, e.RecoveryRecorded)))
