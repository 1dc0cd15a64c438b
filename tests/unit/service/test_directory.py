"""Whose key it is, by a directory that is read now and then; and until when a key opens anything."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from domain.message import Actor, Role
from domain.staff.state import StaffState
from ledger.ledger import Ledger
from service.identity.access_keys import digest_of
from service.identity.directory import SECONDS, STRANGER_SECONDS, Directory
from tests.support.paper import DIRECTORY, Paper
from tests.unit.domain.conftest import hire
from tests.unit.domain.keys import give_key_of

KEY, LATER = "jisr_one", "jisr_two"


@dataclass
class House:
    """A ledger of staff in memory, and its two clocks."""

    paper: Paper = field(default_factory=Paper)
    seconds: float = 1000.0
    reads: int = 0

    def __post_init__(self) -> None:
        self.auditor = hire(self.paper, "auditor-1", Role.AUDITOR, None)

    def state(self, _: str) -> StaffState:
        self.reads += 1
        return cast("StaffState", self.paper.state(DIRECTORY))

    def now(self) -> datetime:
        return self.paper.now.astimezone(UTC)

    def monotonic(self) -> float:
        return self.seconds

    def issue(self, key: str) -> Actor:
        return give_key_of(self.paper, self.auditor, digest_of(key))


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def directory(house: House) -> Directory:
    return Directory(cast("Ledger", house), house.monotonic)


def test_a_key_opens_doors_until_its_last_day_is_over(house: House, directory: Directory) -> None:
    auditor = house.issue(KEY)
    assert directory.find(KEY) == auditor
    house.paper.now += timedelta(days=365)
    assert directory.find(KEY) == auditor
    assert directory.known(KEY) == auditor
    house.paper.now += timedelta(days=1)
    assert directory.known(KEY) is None
    assert directory.find(KEY) is None
    assert auditor.credential
    assert directory.find_by(auditor.credential) is None, "whoever is signed in by it is out too"
    assert directory.holder_by(auditor.credential) == auditor
    assert directory.holder_of(KEY) == auditor, "for the log"


def test_a_key_is_strange_only_by_what_was_read_just_now(
    house: House, directory: Directory
) -> None:
    """Else somebody whose key was issued a moment ago would wait for others' wrong ones."""
    house.issue(KEY)
    assert not directory.is_strange(LATER), "nothing was read yet"
    assert directory.find(LATER) is None
    assert directory.is_strange(LATER)
    assert not directory.is_strange(KEY)
    reads = house.reads
    house.seconds += STRANGER_SECONDS * 1.5
    assert not directory.is_strange(LATER)
    assert house.reads == reads, "to be asked costs nothing"
    later = house.issue(LATER)
    assert directory.find(LATER) == later


def test_a_key_that_came_after_the_last_reading_waits_for_the_next(
    house: House, directory: Directory
) -> None:
    """However quickly somebody uses what was issued to them in another process."""
    assert directory.find(LATER) is None
    later = house.issue(LATER)
    house.seconds += STRANGER_SECONDS / 2
    came_at = directory.now()
    assert directory.find(LATER) is None
    house.seconds += (seconds := directory.again_in(came_at))
    assert STRANGER_SECONDS / 2 < seconds < STRANGER_SECONDS
    assert directory.find(LATER) == later
    assert directory.again_in(came_at) == 0, "it was read since"


def test_what_was_recorded_here_is_read_before_the_next_answer(
    house: House, directory: Directory
) -> None:
    assert directory.find(KEY) is None
    auditor = house.issue(KEY)
    assert directory.is_strange(KEY)
    directory.forget()
    assert not directory.is_strange(KEY)
    assert directory.find(KEY) == auditor


def test_many_wrong_keys_make_it_read_ten_times_a_second(
    house: House, directory: Directory
) -> None:
    for _ in range(1000):
        house.seconds += SECONDS / 1000
        assert directory.find("jisr_wrong") is None
    assert house.reads <= 1 / STRANGER_SECONDS + 1
