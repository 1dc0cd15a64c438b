"""Any part killed at any moment, while people repeat what was not acknowledged."""

import os
import random
import signal
import time
from typing import Any

import pytest

from domain.message import StreamKind, stream_id
from service.bootstrap import opened_ledger
from tests.faults.agreement import (
    assert_everything_is_there_once,
    assert_reminded_once,
    assert_views_agree,
)
from tests.faults.crowd import PEOPLE, Crowd
from tests.faults.house import House
from tests.faults.parts import pid_of
from tests.support.journey import COST

STEPS = PEOPLE * 20 + 1


def kill(house: House, part: str, chance: random.Random) -> None:
    if part == "postgres":
        assert house.postgres is not None
        house.postgres.kill()
        time.sleep(chance.uniform(0, 0.5))
        house.postgres.restart()
    else:
        os.kill(pid_of(house.data, part), signal.SIGKILL)


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
    seed = int(os.environ.get("FAULT_SEED") or random.randrange(10**6))
    chance = random.Random(seed)
    moments = sorted(chance.sample(range(5, STEPS - 20), 2))
    print(f"FAULT_SEED={seed}: {part} killed after {moments} steps")  # noqa: T201 - seen on failure
    with Crowd(house).work() as crowd:
        for moment in moments:
            crowd.wait_for(moment)
            time.sleep(chance.uniform(0, 0.03))
            kill(house, part, chance)
    assert len(crowd.acknowledged) == STEPS
    assert_everything_is_there_once(crowd)
    crowd.repeat()
    assert_everything_is_there_once(crowd)
    assert_balanced(crowd)
    assert_reminded_once(crowd)
    assert_views_agree(house)


def assert_balanced(crowd: Crowd) -> None:
    (agreement_id,) = crowd.names(StreamKind.AGREEMENT)
    stream = stream_id(StreamKind.AGREEMENT, agreement_id)
    with opened_ledger(crowd.house.settings) as ledger:
        state: Any = ledger.state(stream)
    assert (state.committed, state.delivered) == (PEOPLE * COST, PEOPLE * COST)
    assert state.places_taken == PEOPLE
