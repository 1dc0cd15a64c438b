"""A stream at any version and moment."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from ledger.ledger import Ledger
from tests.integration.ledger.place import Clock, Opener, command
from tests.integration.ledger.toy import FillPot, pot

JULY = [date(2024, 7, day) for day in range(1, 32)]


def filled(ledger: Ledger, clock: Clock, coins: int, occurred: date, recorded: datetime) -> None:
    clock.now = recorded
    ledger.record(command(pot(), FillPot(coins=coins, occurred_on=occurred)))


def coins(state: Any) -> int:
    amount: int = state.coins
    return amount


def july(day: int, hour: int = 12) -> datetime:
    return datetime(2024, 7, day, hour, tzinfo=UTC)


def test_history_and_state_by_version(ledger: Ledger) -> None:
    for amount in (1, 10, 100):
        ledger.record(command(pot(), FillPot(coins=amount)))
    assert [coins(ledger.state_at(pot(), version=v)) for v in range(4)] == [0, 1, 11, 111]
    assert ledger.state_at(pot(), version=2).version == 2
    assert [r.envelope.version for r in ledger.history(pot())] == [1, 2, 3]
    assert [r.envelope.version for r in ledger.history(pot(), up_to=2)] == [1, 2]
    assert ledger.history(pot("none")) == []
    assert ledger.state_at(pot("none")).version == ledger.state(pot("none")).version == 0


def test_what_had_happened_and_what_was_known_are_two_questions(opened: Opener) -> None:
    clock = Clock()
    ledger = opened(clock=clock)
    filled(ledger, clock, 1, JULY[0], july(2))
    filled(ledger, clock, 10, JULY[9], july(11))
    filled(ledger, clock, 100, JULY[4], july(20))  # entered late

    assert coins(ledger.state_at(pot(), occurred_by=JULY[8])) == 101
    assert coins(ledger.state_at(pot(), known_by=july(15))) == 11
    assert coins(ledger.state_at(pot(), occurred_by=JULY[8], known_by=july(15))) == 1
    assert coins(ledger.state_at(pot(), occurred_by=JULY[9], known_by=july(20))) == 111
    assert coins(ledger.state_at(pot(), version=2, occurred_by=JULY[0])) == 1
    just_before = july(2) - timedelta(microseconds=1)
    assert coins(ledger.state_at(pot(), known_by=july(2))) == 1
    assert coins(ledger.state_at(pot(), known_by=just_before)) == 0
