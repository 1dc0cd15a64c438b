"""A clock that may be wrong dates nothing; a wrong future once stored is left behind."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.errors import Refused
from ledger.ground.clock import ClockDoubts
from ledger.ledger import Ledger
from tests.integration.ledger.place import Opener, Place, fill_pot
from tests.integration.ledger.toy import pot


class Machine:
    """A clock that can be set, and the time since the start, which cannot."""

    def __init__(self) -> None:
        self.running = 5000.0
        self.set_by = timedelta()
        self.began = datetime.now(UTC)

    def now(self) -> datetime:
        return self.began + timedelta(seconds=self.running - 5000) + self.set_by

    def passes(self, time: timedelta) -> None:
        self.running += time.total_seconds()

    def open(self, opened: Opener) -> Ledger:
        doubts = ClockDoubts(self.now, lambda: self.running)
        return opened(clock=self.now, clock_doubts=doubts)


@pytest.fixture
def machine() -> Machine:
    return Machine()


def refused(ledger: Ledger, code: str) -> None:
    with pytest.raises(Refused) as recording:
        ledger.record(fill_pot(1))
    with pytest.raises(Refused) as checking:
        ledger.check(fill_pot(1))
    assert recording.value.code == checking.value.code == code


def test_a_clock_more_than_a_minute_behind_the_head_is_refused(
    machine: Machine, opened: Opener
) -> None:
    machine.open(opened).record(fill_pot(1))
    slow = Machine()
    slow.set_by = timedelta(seconds=-90)
    behind = slow.open(opened)
    refused(behind, "clock_behind")
    slow.passes(timedelta(seconds=45))
    assert behind.record(fill_pot(1)).version == 2


def test_recorded_at_never_goes_back_within_that_minute(machine: Machine, opened: Opener) -> None:
    machine.open(opened).record(fill_pot(1))
    slow = Machine()
    slow.set_by = timedelta(seconds=-40)
    behind = slow.open(opened)
    behind.record_all([fill_pot(1), fill_pot(1)])
    behind.record(fill_pot(1))
    first, *later = [found.envelope.recorded_at for found in behind.events(0, 10)]
    assert later == [first] * 3


def test_the_head_of_another_process_counts_too(machine: Machine, opened: Opener) -> None:
    slow = Machine()
    slow.set_by = timedelta(seconds=-40)
    behind = slow.open(opened)
    behind.record(fill_pot(1))
    machine.open(opened).record(fill_pot(1))
    behind.record(fill_pot(1))
    dates = [found.envelope.recorded_at for found in behind.events(0, 10)]
    assert dates == sorted(dates)
    assert dates[1] == dates[2]


def test_a_clock_off_the_databases_is_refused_on_postgresql(
    machine: Machine, place: Place, opened: Opener
) -> None:
    machine.set_by = timedelta(seconds=90)
    ledger = machine.open(opened)
    if place.kind == "postgres":
        refused(ledger, "clock_off_database")
    else:
        ledger.record(fill_pot(1))


def test_a_clock_that_leapt_is_refused_until_a_person_confirms_it(
    place: Place, machine: Machine, opened: Opener
) -> None:
    """Only where no other clock knows: on PostgreSQL its own says so first."""
    if place.kind == "sqlite":
        ledger = machine.open(opened)
        ledger.record(fill_pot(1))
        machine.passes(timedelta(hours=2))
        ledger.record(fill_pot(1))
        machine.set_by = timedelta(minutes=-2)
        machine.passes(timedelta(minutes=3))
        refused(ledger, "clock_leapt")


def test_a_confirmed_leap_passes(place: Place, machine: Machine, opened: Opener) -> None:
    if place.kind == "sqlite":
        ledger = machine.open(opened)
        ledger.record(fill_pot(1))
        machine.set_by = timedelta(minutes=5)
        refused(ledger, "clock_leapt")
        opened().upkeep.confirm_clock()
        assert ledger.record(fill_pot(1)).version == 2
        machine.passes(timedelta(hours=3))
        assert ledger.record(fill_pot(1)).version == 3


@pytest.fixture
def long_idle(machine: Machine, opened: Opener) -> Ledger:
    """A process that finds a ledger in which nothing was recorded for 40 days."""
    past = datetime.now(UTC) - timedelta(days=40)
    opened(clock=lambda: past).record(fill_pot(1))
    return machine.open(opened)


def test_a_clock_that_is_not_believed_says_of_nothing_that_it_will_never_be_recorded(
    machine: Machine, opened: Opener
) -> None:
    ledger, sent_by = machine.open(opened), datetime.now(UTC) - timedelta(minutes=10)
    ledger.record(fill_pot(1))
    assert ledger.is_foregone(uuid4(), sent_by)
    machine.set_by = timedelta(minutes=-5)
    with pytest.raises(Refused):
        ledger.is_foregone(uuid4(), sent_by)


def test_a_first_write_long_after_the_head_waits_for_a_person(
    long_idle: Ledger, opened: Opener
) -> None:
    refused(long_idle, "clock_far_ahead")
    opened().upkeep.confirm_clock()
    assert long_idle.record(fill_pot(1)).version == 2


def test_what_was_recorded_is_answered_whatever_the_clock_says(
    machine: Machine, opened: Opener
) -> None:
    asked = fill_pot(1)
    receipt = machine.open(opened).record(asked)
    slow = Machine()
    slow.set_by = timedelta(days=-3)
    assert slow.open(opened).record(asked) == receipt


def test_a_wrong_future_is_left_behind_by_a_new_epoch(machine: Machine, opened: Opener) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    good = machine.open(opened)
    good.record(fill_pot(1))
    future = datetime.now(UTC) + timedelta(days=400)
    opened(clock=lambda: future).record(fill_pot(10))
    refused(good, "clock_behind")
    good.upkeep.restart_clock()
    good.record(fill_pot(100))
    dates = [found.envelope.recorded_at for found in good.events(0, 10)]
    assert dates[2] < dates[1]
    state: Any = good.state_at(pot(), known_by=datetime.now(UTC))
    assert state.coins == 111
    known: Any = opened().state_at(pot(), known_by=before)
    assert known.coins == 11
    slow = Machine()
    slow.set_by = timedelta(seconds=-90)
    refused(slow.open(opened), "clock_behind")


def test_the_new_epoch_begins_where_the_ledger_ends_under_the_lock(
    machine: Machine, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is recorded while somebody waits for the lock to restart the clock is of the old epoch."""
    good, other = machine.open(opened), machine.open(opened)
    good.record(fill_pot(1))
    writing = good._store.writing

    def late(*asked: Any) -> Any:
        other.record(fill_pot(1))
        return writing(*asked)

    monkeypatch.setattr(good._store, "writing", late)
    good.upkeep.restart_clock()
    other.record(fill_pot(1))
    assert other._loader.watch.standing.epoch == 3
