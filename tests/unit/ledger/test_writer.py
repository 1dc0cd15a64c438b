"""The writer thread: groups, cancellation, and an orderly end."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from domain.errors import JisrError, Refused, Unavailable, Unexpected
from domain.message import Actor, Command, Origin, OriginKind, Role
from ledger.ledger import Receipt
from ledger.recording.writer import Writer
from tests.integration.ledger.toy import FillPot, pot

ACTOR = Actor(id=uuid4(), role=Role.DIVISION)
ORIGIN = Origin(kind=OriginKind.API)


def fill(coins: int) -> Command:
    return Command(id=uuid4(), target=pot(), step=FillPot(coins=coins), actor=ACTOR, origin=ORIGIN)


class FakeLedger:
    """Waits at the gate, refuses 13 coins, and breaks on 666."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()
        self.groups: list[list[int]] = []

    def record_all(self, commands: Sequence[Command]) -> list[Receipt | JisrError]:
        self.entered.set()
        assert self.gate.wait(60)
        coins = [command.step.coins for command in commands if isinstance(command.step, FillPot)]
        self.groups.append(coins)
        if 666 in coins:
            raise RuntimeError("a fault")
        return [
            Refused("unlucky")
            if amount == 13
            else Receipt(
                command_id=command.id,
                stream=command.target,
                version=1,
                position=1,
                answer="{}",
                mark="",
            )
            for command, amount in zip(commands, coins, strict=True)
        ]


@pytest.fixture
def ledger() -> FakeLedger:
    return FakeLedger()


@pytest.fixture
def writer(ledger: FakeLedger) -> Iterator[Writer]:
    with Writer(ledger, group=4) as writer:
        yield writer
        ledger.gate.set()


async def busy(ledger: FakeLedger, writer: Writer) -> asyncio.Task[Receipt]:
    """Keep the thread at the gate with a first command."""
    ledger.gate.clear()
    ledger.entered.clear()
    first = asyncio.create_task(writer.record(fill(0)))
    await asyncio.to_thread(ledger.entered.wait)
    return first


async def test_each_caller_gets_the_answer_to_its_own_command(writer: Writer) -> None:
    commands = [fill(number) for number in range(20, 40)]
    receipts = await asyncio.gather(*(writer.record(command) for command in commands))
    assert [receipt.command_id for receipt in receipts] == [command.id for command in commands]


async def test_what_waits_together_is_recorded_together_in_order(
    ledger: FakeLedger, writer: Writer
) -> None:
    first = await busy(ledger, writer)
    rest = [asyncio.create_task(writer.record(fill(number))) for number in range(1, 7)]
    await asyncio.sleep(0)
    ledger.gate.set()
    await asyncio.gather(first, *rest)
    assert ledger.groups == [[0], [1, 2, 3, 4], [5, 6]]


async def test_a_refusal_reaches_its_caller_only(ledger: FakeLedger, writer: Writer) -> None:
    first = await busy(ledger, writer)
    unlucky = asyncio.create_task(writer.record(fill(13)))
    lucky = asyncio.create_task(writer.record(fill(14)))
    await asyncio.sleep(0)
    ledger.gate.set()
    with pytest.raises(Refused):
        await unlucky
    assert (await lucky).position == (await first).position == 1


async def test_a_command_that_cannot_be_made_fails_alone(
    ledger: FakeLedger, writer: Writer
) -> None:
    def sealed_for_another() -> Command:
        raise Refused("seal_broken")

    def broken() -> Command:
        raise RuntimeError("a fault")

    first = await busy(ledger, writer)
    asks = (sealed_for_another, broken, lambda: fill(2))
    refused, fault, made = (asyncio.create_task(writer.record(ask)) for ask in asks)
    await asyncio.sleep(0)
    ledger.gate.set()
    with pytest.raises(Refused):
        await refused
    with pytest.raises(Unexpected):
        await fault
    assert (await made).position == (await first).position
    assert ledger.groups == [[0], [2]]


async def test_a_caller_that_gives_up_leaves_its_command_to_be_recorded(
    ledger: FakeLedger, writer: Writer
) -> None:
    first = await busy(ledger, writer)
    given_up = asyncio.create_task(writer.record(fill(5)))
    await asyncio.sleep(0)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    ledger.gate.set()
    assert (await writer.record(fill(6))).position == 1
    assert [coins for group in ledger.groups for coins in group] == [0, 5, 6]


async def test_a_fault_reaches_those_who_wait_and_the_thread_goes_on(writer: Writer) -> None:
    with pytest.raises(Unexpected):
        await writer.record(fill(666))
    assert (await writer.record(fill(1))).position == 1


def test_closing_records_what_is_queued_and_then_refuses(
    ledger: FakeLedger, writer: Writer
) -> None:
    ledger.gate.clear()
    futures = [writer.submit(fill(number)) for number in range(10)]
    closing = threading.Thread(target=writer.close)
    closing.start()
    ledger.gate.set()
    closing.join(60)
    assert all(future.result(0).position == 1 for future in futures)
    with pytest.raises(Unavailable):
        writer.submit(fill(1))
    writer.close()


def test_a_future_can_be_waited_for_by_any_thread(writer: Writer) -> None:
    future = writer.submit(fill(1))
    assert not future.cancel()
    assert future.result(10).position == 1


@pytest.mark.parametrize(
    ("under_way", "pause"),
    [((9, 0.04), 0.01), ((None, 9, 0.24), 0.03), ((9, 8), 0.05), ((-9, 9), 0.01)],
)
def test_after_several_a_pause_lets_more_gather_and_is_little_to_who_waits_anyway(
    ledger: FakeLedger, under_way: tuple[float | None, ...], pause: float
) -> None:
    assert _pauses_after(ledger, under_way) == [pytest.approx(pause)]


@pytest.mark.parametrize("under_way", [(None, None), (None, 9, None)])
def test_no_pause_after_reminders_keeps_a_step_waiting(
    ledger: FakeLedger, under_way: tuple[float | None, ...]
) -> None:
    assert not _pauses_after(ledger, under_way)


def _pauses_after(ledger: FakeLedger, under_way: tuple[float | None, ...]) -> list[float]:
    """The pauses after a commit of commands sealed so many seconds ago; reminders are not sealed."""
    paused: list[float] = []
    now = datetime(2026, 2, 2, 9, tzinfo=UTC)
    ledger.gate.clear()
    with Writer(ledger, clock=lambda: now, sleep=paused.append) as writer:
        alone = writer.submit(fill(0))
        assert ledger.entered.wait(60)
        sealed = [seconds and now - timedelta(seconds=seconds) for seconds in under_way]
        together = [
            writer.submit(fill(1).model_copy(update={"sealed_at": at or None})) for at in sealed
        ]
        ledger.gate.set()
        for future in (alone, *together):
            future.result(10)
    return paused
