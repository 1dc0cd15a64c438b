"""Each message is handed over until it is accepted or given up, never twice beside itself, and what a
kill interrupted goes again under the same id.
"""

import asyncio
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest

from domain.errors import Unavailable
from domain.message import Recorded
from ledger.following.feed import Feed
from service.notify.channels import MessageChannel, Outcome, Outgoing
from service.notify.outbox.message import Audience, MessageRow, State, message_id
from service.notify.outbox.store import Outbox
from service.notify.sending import ATTEMPT, HOURS, Sender, sending
from service.notify.telling.teller import NOTHING_LEFT, Said

ACCEPTED = Outcome(accepted=True)
AWAY = Outcome(accepted=False, code="timed_out")
UNKNOWN = Outcome(accepted=False, code="mailbox_unknown", for_good=True)


class Clock:
    """The sender's, which a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Telling:
    """A teller whose messages say what a test wants them to."""

    audience = Audience.STAFF
    topics: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self.instead: dict[UUID, Said] = {}
        self.broken: set[UUID] = set()

    def messages(self, _recorded: Recorded) -> Iterator[MessageRow]:
        yield from ()

    def said(self, message: MessageRow) -> Said:
        if message.message_id in self.broken:
            raise RuntimeError
        outgoing = Outgoing(message.message_id, "s@example.org", "en", "subject", "text")
        return self.instead.get(message.message_id, Said(outgoing))


class Far:
    """The other side, with what it answers, attempt by attempt; then it accepts."""

    def __init__(self, *answers: Outcome | Exception) -> None:
        self.answers = list(answers)
        self.came: list[UUID] = []

    async def send(self, message: Outgoing) -> Outcome:
        self.came.append(message.message_id)
        answer = self.answers.pop(0) if self.answers else ACCEPTED
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    opened = Outbox(f"sqlite://{tmp_path / 'outbox.db'}")
    yield opened
    opened.close()


def message(number: int, clock: Clock) -> MessageRow:
    return MessageRow(
        message_id=message_id(number),
        audience=Audience.STAFF,
        to=UUID(int=7),
        channel=MessageChannel.EMAIL,
        state=State.WAITING,
        made_at=clock.now,
        due_at=clock.now,
    )


def sender(outbox: Outbox, clock: Clock, far: Far, telling: Telling | None = None) -> Sender:
    told = telling or Telling()
    return Sender(outbox, [told], {MessageChannel.EMAIL: far}, lambda _: None, now=clock)


def sent(sender: Sender) -> int:
    return asyncio.run(sender.send_due())


def found(outbox: Outbox, row: MessageRow) -> MessageRow:
    got = outbox.get(row.message_id)
    assert got is not None
    return got


def test_an_attempt_in_vain_is_made_again_later_each_time_and_given_up_at_last(
    outbox: Outbox,
) -> None:
    clock, far = Clock(), Far(*[AWAY] * 20)
    row = message(0, clock)
    outbox.put([row])
    sends = sender(outbox, clock, far)
    for wait in HOURS:
        assert sent(sends) == 1
        assert found(outbox, row).due_at == clock.now + wait
        clock.now += wait - timedelta(seconds=1)
        assert sent(sends) == 0
        clock.now += timedelta(seconds=1)
    assert sent(sends) == 1
    assert (found(outbox, row).state, found(outbox, row).code) == (State.FAILED, "timed_out")
    assert far.came == [row.message_id] * (len(HOURS) + 1)
    clock.now += timedelta(days=30)
    assert sent(sends) == 0


def test_what_cannot_be_delivered_is_not_tried_again(outbox: Outbox) -> None:
    clock = Clock()
    rows = [message(n, clock) for n in range(3)]
    outbox.put(rows)
    sent(sender(outbox, clock, Far(UNKNOWN, RuntimeError("a fault of its own"))))
    states = sorted((found(outbox, each).state, found(outbox, each).code) for each in rows)
    assert states == [
        (State.FAILED, "mailbox_unknown"),
        (State.SENT, None),
        (State.WAITING, "unexpected"),
    ]


def test_one_that_cannot_be_written_holds_up_no_other(outbox: Outbox) -> None:
    clock, telling, far = Clock(), Telling(), Far()
    broken, nobody, needless, well = (message(n, clock) for n in range(4))
    telling.broken.add(broken.message_id)
    telling.instead = {
        nobody.message_id: Said(code="no_address"),
        needless.message_id: NOTHING_LEFT,
    }
    outbox.put([broken, nobody, needless, well])
    sent(sender(outbox, clock, far, telling))
    assert far.came == [well.message_id]
    assert (found(outbox, broken).state, found(outbox, broken).code) == (State.FAILED, "unexpected")
    assert (found(outbox, nobody).state, found(outbox, nobody).code) == (State.FAILED, "no_address")
    assert found(outbox, needless).state is State.CANCELLED


def test_what_a_kill_interrupted_goes_again_under_the_same_id(outbox: Outbox) -> None:
    clock, far = Clock(), Far()
    row = message(0, clock)
    outbox.put([row])
    outbox.trying(row.message_id, clock.now)  # and the process ended here
    sends = sender(outbox, clock, far)
    asyncio.run(sends.take_up(everything=False))
    assert sent(sends) == 0  # somebody may still be at it
    clock.now += ATTEMPT + timedelta(seconds=1)
    asyncio.run(sends.take_up(everything=False))
    assert sent(sends) == 1
    assert far.came == [row.message_id]
    assert found(outbox, row).state is State.SENT


def test_a_clock_that_was_ahead_for_a_while_puts_nothing_off_for_good(outbox: Outbox) -> None:
    clock, far = Clock(), Far()
    put_off, begun = message(0, clock), message(1, clock)
    outbox.put([put_off, begun])
    ahead = clock.now + timedelta(days=400)
    outbox.put_off(put_off.message_id, ahead)
    outbox.trying(begun.message_id, ahead)
    sends = sender(outbox, clock, far)
    asyncio.run(sends.take_up(everything=False))
    assert sent(sends) == 2
    assert {found(outbox, each).state for each in (put_off, begun)} == {State.SENT}


def test_what_was_accepted_is_noted_once_the_outbox_is_there_again(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, far = Clock(), Far()
    row = message(0, clock)
    outbox.put([row])
    settle, away = outbox.settle, iter([True, True])

    def settled(message_id: UUID, outcome: Outcome, now: datetime) -> None:
        if next(away, False):
            raise Unavailable(store="outbox")
        settle(message_id, outcome, now)

    monkeypatch.setattr(outbox, "settle", settled)
    monkeypatch.setattr("service.notify.sending.LOOK", 0.0)
    assert sent(sender(outbox, clock, far)) == 1
    assert found(outbox, row).state is State.SENT
    assert far.came == [row.message_id]


def test_an_outage_is_told_once_nothing_is_being_handed_over(outbox: Outbox) -> None:
    """What goes on beside would be taken for interrupted, and go again."""
    clock, telling = Clock(), Telling()
    slow, failing = message(0, clock), message(1, clock)
    outbox.put([slow, failing])
    said = telling.said

    def saying(message: MessageRow) -> Said:
        if message.message_id == failing.message_id:
            raise Unavailable(store="ledger")
        return said(message)

    class Slow(Far):
        async def send(self, message: Outgoing) -> Outcome:
            await asyncio.sleep(0.1)
            return await super().send(message)

    telling.said = saying  # type: ignore[method-assign] # the ledger is away for one of them
    with pytest.raises(Unavailable):
        sent(sender(outbox, clock, Slow(), telling))
    assert found(outbox, slow).state is State.SENT
    assert found(outbox, failing).state is State.WAITING


def test_nobody_is_written_to_in_quiet_hours_and_nothing_is_lost(outbox: Outbox) -> None:
    clock, far = Clock(), Far()
    morning = clock.now + timedelta(hours=11)
    row = message(0, clock)
    outbox.put([row])
    quiet = Sender(
        outbox,
        [Telling()],
        {MessageChannel.EMAIL: far},
        lambda now: morning if now < morning else None,
        now=clock,
    )
    assert asyncio.run(quiet.send_due()) == 0
    assert far.came == []
    assert found(outbox, row).due_at == morning
    clock.now = morning
    assert asyncio.run(quiet.send_due()) == 1


def test_a_channel_that_is_not_set_up_says_so_and_the_message_can_go_later(outbox: Outbox) -> None:
    clock, far = Clock(), Far()
    row = message(0, clock)
    outbox.put([row])
    asyncio.run(Sender(outbox, [Telling()], {}, lambda _: None, now=clock).send_due())
    assert found(outbox, row).code == "not_set_up"
    assert outbox.send_again(row.message_id, clock.now)
    assert sent(sender(outbox, clock, far)) == 1


class Alone:
    """A turn that nobody else has."""

    def turn(self, _name: str) -> "Alone":
        return self

    def hold(self) -> bool:
        return True

    def close(self) -> None:
        pass


class Silent:
    """The other side, which answers nothing for an hour."""

    def __init__(self) -> None:
        self.asked = threading.Event()

    async def send(self, _message: Outgoing) -> Outcome:
        self.asked.set()
        await asyncio.sleep(3600)
        return ACCEPTED


def test_who_sends_ends_when_told_though_the_other_side_is_silent(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.notify.sending.LAST_SECONDS", 0.1)
    clock, silent = Clock(), Silent()
    row = message(0, clock)
    outbox.put([row])
    held_up = Sender(outbox, [Telling()], {MessageChannel.EMAIL: silent}, lambda _: None, now=clock)
    with sending(held_up, cast("Feed", Alone())):
        assert silent.asked.wait(10)
        until = time.monotonic() + 5
    assert time.monotonic() < until
    assert found(outbox, row).state is State.TRYING
    again = sender(outbox, clock, Far())
    asyncio.run(again.take_up(everything=True))
    assert sent(again) == 1
