"""One database: people work while parts are killed, and then everything is counted."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.agreement import (
    assert_balanced,
    assert_reminded_once,
    differing_views,
    tally,
)
from tests.faults.crowd import Crowd
from tests.faults.house import House, house_on_files, house_on_postgres
from tests.faults.killing import PARTS, POSTGRES, Kills


@dataclass(frozen=True)
class Ground:
    """A database, and what can be killed there."""

    name: str
    open: Callable[[Path], AbstractContextManager[House]]
    parts: Sequence[str]


GROUNDS = {
    "sqlite": Ground("SQLite", house_on_files, PARTS),
    "postgres": Ground("PostgreSQL", house_on_postgres, (*PARTS, POSTGRES)),
}


@dataclass(frozen=True)
class Size:
    """How much of it."""

    kills: int
    steps: int
    seed: int


@dataclass(frozen=True)
class Outcome:
    """What was found; see `lines`."""

    kills: Counter[str]
    acknowledged: int
    otherwise: int
    lost: list[str]
    twice: list[str]
    differing: list[str]
    seconds: float

    @property
    def is_whole(self) -> bool:
        return not (self.otherwise or self.lost or self.twice or self.differing)

    def lines(self) -> Iterator[str]:
        parts = ", ".join(f"{part} {count}" for part, count in sorted(self.kills.items()))
        yield f"kills: {self.kills.total()} ({parts})"
        yield f"acknowledged: {self.acknowledged} steps in {self.seconds:.0f} s"
        yield f"repeated word for word: {self.acknowledged - self.otherwise}"
        yield f"lost: {len(self.lost)}{_some(self.lost)}"
        yield f"twice: {len(self.twice)}{_some(self.twice)}"
        yield f"views equal to a rebuild: {_some(self.differing) or 'yes'}"


def _some(wrong: list[str]) -> str:
    return f" {' '.join(wrong[:5])}" if wrong else ""


def run(ground: Ground, size: Size, data: Path, say: Callable[[str], None]) -> Outcome:
    """Everything on one database. Raises when people or reviews are not served in the end."""
    kills = Kills.drawn(size.seed, ground.parts, size.kills, size.steps)
    with ground.open(data) as house:
        crowd, started = Crowd(house), time.monotonic()
        with crowd.work_until(size.steps):
            try:
                for part in kills.strike(crowd):
                    say(f"{len(crowd.acknowledged):6} steps, {part} killed")
            except BaseException:
                crowd.is_dismissed = True
                raise
        seconds = time.monotonic() - started
        say("everything once more")
        otherwise = crowd.answered_otherwise()
        say("counted against the ledger and the views")
        found = tally(crowd)
        assert_balanced(crowd)
        assert_reminded_once(crowd)
        return Outcome(
            kills=Counter(part for _, part in kills.moments),
            acknowledged=len(crowd.acknowledged),
            otherwise=len(otherwise),
            lost=found.lost,
            twice=found.twice,
            differing=differing_views(house),
            seconds=seconds,
        )
