"""Hands over what waits in the outbox, one process at a time.

At least once: an attempt is noted before it is made and its outcome after, so that a process killed
between the two leaves a message that may or may not have been accepted. It goes again, with the
same id, by which the receiver knows it. No more than one attempt for each message that was
being handed over is open to that.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from domain.errors import JisrError, Unavailable
from ledger.faults import unexpected
from ledger.following.feed import Feed
from ledger.following.turn import Turn
from service.notify.channels import MessageChannel, Outcome, Outgoing, Transport
from service.notify.channels.failures import Failure
from service.notify.outbox.message import AT_ANY_HOUR, MessageRow
from service.notify.outbox.store import Outbox
from service.notify.telling.teller import Clock, Said, Teller

log = logging.getLogger("jisr.notify")

TURN = "sender"
AT_ONCE = 8
"""Messages handed over at the same time."""
TOGETHER = 50
LOOK = 2.0
"""Seconds between two looks for what has come due."""
LAST_SECONDS = 4.0
"""What is being handed over may take so long when it is to stop; then it goes again, later."""
ATTEMPT = timedelta(minutes=3)
"""Longer than any transport takes: what was begun before, and is not over, was interrupted."""
LONGEST = timedelta(days=14)
"""No message waits for longer: not for its digest, nor after an attempt in vain, nor for a working day."""
HOURS = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 240, 720, 1440, 1440))
"""How long it waits after each attempt in vain: three days and a half in all."""
CHANNEL_OFF = Outcome(accepted=False, code=Failure.NOT_SET_UP, for_good=True)

Quiet = Callable[[datetime], datetime | None]
"""Until when nobody is written to, by the instant (UTC); None where it is no quiet hour."""


class Sender:
    """What waits, on its way out."""

    def __init__(
        self,
        outbox: Outbox,
        tellers: Sequence[Teller],
        transports: Mapping[MessageChannel, Transport],
        quiet: Quiet,
        *,
        waits: Mapping[MessageChannel, Sequence[timedelta]] | None = None,
        now: Clock = lambda: datetime.now(UTC),
    ) -> None:
        """`waits`: how long each channel's messages wait after an attempt in vain, if not `HOURS`."""
        self._outbox = outbox
        self._tellers = {each.audience: each for each in tellers}
        self._transports = transports
        self._quiet = quiet
        self._waits = waits or {}
        self._now = now

    async def run(self, turn: Turn, stop: threading.Event) -> None:
        """Send until told to stop; outlasts outages, and other senders."""
        had = False
        try:
            while not stop.is_set():
                try:
                    held = await asyncio.to_thread(turn.hold)
                    if held:
                        await self.take_up(everything=not had)
                        await self.send_due(stop)
                    had = held
                except Unavailable:
                    log.warning("something is away; what waits in the outbox waits on")
                except Exception as error:  # noqa: BLE001 (the edge of a thread that must go on)
                    unexpected(error, "the sender")
                await asyncio.to_thread(stop.wait, LOOK)
        finally:
            turn.close()

    async def take_up(self, *, everything: bool) -> None:
        """Let go again what an attempt began to hand over and nobody finished, and what a clock that was
        ahead for a while put off, or began, far in the future.
        """
        now = self._now()
        before = now + timedelta(seconds=1) if everything else now - ATTEMPT
        for each in await asyncio.to_thread(self._outbox.interrupted, before, now + ATTEMPT):
            log.warning("an attempt was interrupted: message %s goes again", each.message_id)
            self._outbox.put_off(each.message_id, now, Failure.INTERRUPTED)
        if many := await asyncio.to_thread(self._outbox.bring_back, now + LONGEST, now):
            log.warning("the clock was wrong: %s messages waited for a day far off", many)

    async def send_due(self, stop: threading.Event | None = None) -> int:
        """Hand over all whose time has come, until told to stop; how many attempts were made.

        What fails is raised once nothing is being handed over any more: it would go again beside itself.
        """
        many = 0
        while not (stop and stop.is_set()) and (
            due := await asyncio.to_thread(self._outbox.to_go, self._now(), TOGETHER)
        ):
            gate = asyncio.Semaphore(AT_ONCE)
            attempts = (self._within(gate, each) for each in due)
            ended = await asyncio.gather(*attempts, return_exceptions=True)
            for each in ended:
                if isinstance(each, BaseException):
                    raise each
                many += each
        return many

    async def _within(self, gate: asyncio.Semaphore, message: MessageRow) -> bool:
        async with gate:
            return await self._send(message)

    async def _send(self, message: MessageRow) -> bool:
        """Whether an attempt was made."""
        now = self._now()
        until = None if message.audience in AT_ANY_HOUR else self._quiet(now)
        if until is not None:
            await asyncio.to_thread(self._outbox.put_off, message.message_id, until)
            return False
        said = await asyncio.to_thread(self._said, message)
        for each in said.left_out:
            await asyncio.to_thread(self._outbox.cancel, each, now)
        if said.outgoing is None:
            await asyncio.to_thread(self._end, message, said, now)
            return False
        if not await asyncio.to_thread(self._outbox.trying, message.message_id, now):
            return False
        outcome = await self._handed_over(message, said.outgoing)
        await self._noted(message, outcome)
        return True

    async def _noted(self, message: MessageRow, outcome: Outcome) -> None:
        """Once the outbox is there to note it in: what was accepted would else go again."""
        while True:
            try:
                return await asyncio.to_thread(self._note, message, outcome)
            except Unavailable:
                log.warning(
                    "the outbox is away; what became of %s is noted later", message.message_id
                )
            await asyncio.sleep(LOOK)

    def _said(self, message: MessageRow) -> Said:
        try:
            return self._tellers[message.audience].said(message)
        except Unavailable:
            raise
        except JisrError as error:
            log.warning("message %s cannot be written: %s", message.message_id, error.code)
            return Said(code=error.code)
        except Exception as error:  # noqa: BLE001 (one message's fault is nobody else's)
            unexpected(error, f"the wording of message {message.message_id}")
            return Said(code=Failure.UNEXPECTED)

    def _end(self, message: MessageRow, said: Said, now: datetime) -> None:
        if said.code is None:
            self._outbox.cancel(message.message_id, now)
        else:
            failed = Outcome(accepted=False, code=said.code, for_good=True)
            self._outbox.settle(message.message_id, failed, now)

    async def _handed_over(self, message: MessageRow, outgoing: Outgoing) -> Outcome:
        transport = self._transports.get(message.channel)
        if transport is None:
            return CHANNEL_OFF
        try:
            async with asyncio.timeout(ATTEMPT.total_seconds() / 2):
                return await transport.send(outgoing)
        except TimeoutError:
            return Outcome(accepted=False, code=Failure.TIMED_OUT)
        except Exception as error:  # noqa: BLE001 (one message's fault is nobody else's)
            unexpected(error, f"the channel {message.channel}")
            return Outcome(accepted=False, code=Failure.UNEXPECTED)

    def _note(self, message: MessageRow, outcome: Outcome) -> None:
        now, waits = self._now(), self._waits.get(message.channel, HOURS)
        if outcome.accepted or outcome.for_good or message.attempts >= len(waits):
            self._outbox.settle(message.message_id, outcome, now)
        else:
            until = now + waits[message.attempts]
            self._outbox.put_off(message.message_id, until, outcome.code)
        if not outcome.accepted:
            log.warning(
                "message %s by %s: %s %s",
                message.message_id,
                message.channel,
                outcome.code,
                outcome.detail,
            )


@contextmanager
def sending(sender: Sender, feed: Feed) -> Iterator[None]:
    """With the sender at work, in a thread and a loop of its own: no step waits for a mail server."""
    stop = threading.Event()

    async def send() -> None:
        """A little longer than told, so that what is being handed over can end."""
        running = asyncio.create_task(sender.run(feed.turn(TURN), stop))
        await asyncio.to_thread(stop.wait)
        await asyncio.wait({running}, timeout=LAST_SECONDS)
        running.cancel()

    thread = threading.Thread(target=lambda: asyncio.run(send()), name="sender")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
