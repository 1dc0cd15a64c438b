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

PEOPLE = 3
STEPS = PEOPLE * STEPS_OF_A_WAY + 3
"""All of theirs, the agreement, a session and its minutes.

`make soak` takes thousands, and kills a hundred times.
"""


@pytest.mark.parametrize(
    ("where", "part"),
    [
        ("on_files", "worker"),
        ("on_files", "api"),
        pytest.param("on_files", "temporal", marks=pytest.mark.rare),  # the workflow tests kill it
        ("on_files", "projector"),
        pytest.param(
            "on_postgres", "postgres", marks=pytest.mark.rare
        ),  # the ledger's tests kill it
        pytest.param("on_postgres", "worker", marks=pytest.mark.rare),  # the same one dies on files
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
