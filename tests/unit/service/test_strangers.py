"""Ten wrong keys within a minute, and their address waits; the memory of it has an end."""

import pytest

from service.api.edge.limits import MOST_ADDRESSES
from service.api.edge.strangers import Strangers


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def strangers(clock: Clock) -> Strangers:
    return Strangers(clock)


def fail(strangers: Strangers, address: str, times: int) -> None:
    for _ in range(times):
        strangers.failed(address)


def test_the_tenth_wrong_key_makes_an_address_wait_a_minute(
    strangers: Strangers, clock: Clock
) -> None:
    fail(strangers, "203.0.113.9", 9)
    assert strangers.wait("203.0.113.9") == 0
    clock.now += 20
    strangers.failed("203.0.113.9")
    assert strangers.wait("203.0.113.9") == 40
    assert strangers.wait("203.0.113.10") == 0
    clock.now += 40
    assert strangers.wait("203.0.113.9") == 0


def test_who_goes_on_waits_on(strangers: Strangers, clock: Clock) -> None:
    fail(strangers, "203.0.113.9", 10)
    clock.now += 59
    strangers.failed("203.0.113.9")
    assert strangers.wait("203.0.113.9") == 1


def test_an_ipv6_network_of_one_subscriber_is_one_address(strangers: Strangers) -> None:
    for number in range(10):
        strangers.failed(f"2001:db8:1:2::{number}")
    assert strangers.wait("2001:db8:1:2:ffff::1") > 0
    assert strangers.wait("2001:db8:1:3::1") == 0
    fail(strangers, "::ffff:203.0.113.9", 10)
    assert strangers.wait("203.0.113.9") > 0


def test_so_many_addresses_are_remembered_and_no_more(strangers: Strangers) -> None:
    fail(strangers, "203.0.113.9", 10)
    for number in range(MOST_ADDRESSES):
        strangers.failed(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert strangers.wait("203.0.113.9") == 0
    assert len(strangers._failed) == MOST_ADDRESSES


def test_no_address_at_all_is_one_like_any_other(strangers: Strangers) -> None:
    fail(strangers, "", 10)
    assert strangers.wait("") > 0
