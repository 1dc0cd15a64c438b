"""Any part killed at any moment, while people repeat what was not acknowledged."""

import pytest

from tests.faults.agreement import (
    assert_balanced,
    assert_everything_is_there_once,
    assert_reminded_once,
    assert_views_agree,
)
from tests.faults.crowd import STEPS_OF_A_WAY, Crowd
from tests.faults.house import House
from tests.faults.killing import Kills, seed_given

PEOPLE = 4
STEPS = PEOPLE * STEPS_OF_A_WAY + 1
"""All of theirs, and the agreement; `make soak` takes thousands and kills a hundred times."""


@pytest.mark.parametrize(
    ("where", "part"),
    [
        ("on_files", "worker"),
        ("on_files", "api"),
        ("on_files", "temporal"),
        ("on_files", "projector"),
        ("on_postgres", "postgres"),
        ("on_postgres", "worker"),
    ],
)
def test_whatever_was_acknowledged_is_there_once_and_every_view_agrees(
    where: str, part: str, request: pytest.FixtureRequest
) -> None:
    house: House = request.getfixturevalue(where)
    kills = Kills.drawn(seed_given(), [part], 2, STEPS)
    print(f"FAULT_SEED={kills.seed}: {kills.moments}")  # noqa: T201 - seen on failure
    crowd = Crowd(house)
    with crowd.work(PEOPLE):
        assert list(kills.strike(crowd)) == [part, part]
    assert len(crowd.acknowledged) == STEPS
    assert_everything_is_there_once(crowd)
    assert not crowd.answered_otherwise()
    assert_everything_is_there_once(crowd)
    assert_balanced(crowd)
    assert_reminded_once(crowd)
    assert_views_agree(house)
