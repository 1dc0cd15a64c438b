"""Kills, drawn by chance from a seed: which part, and after how many acknowledged steps."""

import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from tests.faults.crowd import Crowd
from tests.faults.house import House
from tests.faults.parts import kill_part

POSTGRES = "postgres"
PARTS = ("worker", "api", "temporal", "projector")
"""What `jisr up` keeps running; on PostgreSQL its server can be killed too."""


@dataclass(frozen=True)
class Kills:
    """When which part is killed."""

    seed: int
    moments: Sequence[tuple[int, str]]
    """After so many steps, this part."""

    @classmethod
    def drawn(cls, seed: int, parts: Sequence[str], kills: int, steps: int) -> Self:
        """So many kills among so many steps, each part as often as the others or once less."""
        chance = random.Random(seed)
        first, last = min(5, steps - 1), max(steps - 20, kills + 5)
        moments = sorted(chance.sample(range(first, last), kills))
        victims = [parts[number % len(parts)] for number in range(kills)]
        chance.shuffle(victims)
        return cls(seed, tuple(zip(moments, victims, strict=True)))

    def strike(self, crowd: Crowd) -> Iterator[str]:
        """Kill each when its moment comes, while the crowd works; the part, once it is dead."""
        chance = random.Random(self.seed)
        for moment, part in self.moments:
            crowd.wait_for(moment)
            time.sleep(chance.uniform(0, 0.03))
            kill(crowd.house, part, chance)
            yield part


def kill(house: House, part: str, chance: random.Random) -> None:
    if part == POSTGRES:
        assert house.postgres is not None
        house.postgres.kill()
        time.sleep(chance.uniform(0, 0.5))
        house.postgres.restart()
    else:
        kill_part(house.data, part)


def seed_given() -> int:
    """The one in `FAULT_SEED`, to see a failure again; else another each time."""
    return int(os.environ.get("FAULT_SEED") or random.randrange(10**6))
