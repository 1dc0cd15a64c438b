"""One thread that records for everybody: what waits together is committed together.

A flush to disk, and the statements around it, cost the same for one command as for sixty. While
one group is being committed the next gathers; nobody waits for a group to fill but where several
came together just before.
"""

import asyncio
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Protocol, Self

from domain.errors import JisrError, Unavailable, Unexpected
from domain.message import Command
from ledger.faults import unexpected
from ledger.recording.deciding import Receipt

GROUP = 64
"""Commands in one commit, at most: more would make the first of them wait too long."""
SEVERAL = 2
"""People's commands in a commit, from which on a pause follows it."""
GATHER_SECONDS = 0.01
"""A pause after a commit of several: while many come, more of them go together. Who is alone never
waits."""
LONGEST_GATHER_SECONDS = 0.05
"""Of the pause where commands are long under way, because more of them come than can be done."""
OF_ITS_TIME = 0.125
"""The pause as a part of the time that a command has been under way already."""

Result = Receipt | JisrError
Ask = Command | Callable[[], Command]
"""A command, or what makes one: that is called on the writer's thread, and may raise."""


class Recorder(Protocol):
    """The part of a ledger that a writer needs."""

    def record_all(self, commands: Sequence[Command]) -> list[Result]: ...


class _Waiting:
    """A command in the queue, and the future of whoever asked.

    The future counts as running from the start. So a caller that is cancelled cannot
    take the command back: it is recorded, and its answer is there for the next attempt.
    """

    __slots__ = ("_ask", "future")

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self.future: Future[Receipt] = Future()
        self.future.set_running_or_notify_cancel()

    def command(self) -> Command | None:
        """The command, made now if it has to be; None, and settled, when it cannot be."""
        if isinstance(self._ask, Command):
            return self._ask
        try:
            return self._ask()
        except JisrError as error:
            self.settle(error)
        except Exception as error:  # noqa: BLE001 (the edge of a thread that must go on)
            self.settle(Unexpected(**unexpected(error, "writer").params))
        return None

    def settle(self, result: Result) -> None:
        if isinstance(result, JisrError):
            self.future.set_exception(result)
        else:
            self.future.set_result(result)


class Writer:
    """Records commands in groups. Safe to use from many threads and event loops."""

    def __init__(
        self,
        ledger: Recorder,
        *,
        group: int = GROUP,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`clock` is compared with when commands were sealed, for no more than a pause."""
        self._ledger = ledger
        self._group = group
        self._clock = clock
        self._sleep = sleep
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="ledger-writer", daemon=True)
        self._thread.start()

    def submit(self, ask: Ask) -> Future[Receipt]:
        """Queue it. Raises `Unavailable` once the writer is closed."""
        waiting = _Waiting(ask)
        with self._closing:
            if self._closed:
                raise Unavailable(ledger="closed")
            self._queue.put(waiting)
        return waiting.future

    async def record(self, ask: Ask) -> Receipt:
        """As `Ledger.record`. Cancelling stops the waiting, never the recording."""
        return await asyncio.wrap_future(self.submit(ask))

    def close(self) -> None:
        """Record what is queued, and stop. Can be repeated."""
        with self._closing:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            asked = [(waiting, waiting.command()) for waiting in (first, *self._more())]
            group = [(waiting, command) for waiting, command in asked if command is not None]
            commands = [command for _, command in group]
            results = self._record(commands)
            for (waiting, _), result in zip(group, results, strict=True):
                waiting.settle(result)
            if pause := self._pause(commands):
                self._sleep(pause)

    def _pause(self, commands: Sequence[Command]) -> float:
        """Seconds in which more may gather; longer where that is little to who waits anyway.

        None after reminders, however many: who gathered them is not coming with more just now.
        """
        sealed = [command.sealed_at for command in commands if command.sealed_at]
        if len(sealed) < SEVERAL:
            return 0
        under_way = (self._clock() - max(sealed)).total_seconds()
        return min(max(under_way * OF_ITS_TIME, GATHER_SECONDS), LONGEST_GATHER_SECONDS)

    def _record(self, commands: Sequence[Command]) -> Sequence[Result]:
        try:
            return self._ledger.record_all(commands)
        except Exception as error:  # noqa: BLE001 (the edge of a thread that must go on)
            fault = unexpected(error, "writer")
            return [Unexpected(**fault.params) for _ in commands]

    def _more(self) -> list[_Waiting]:
        more: list[_Waiting] = []
        while len(more) < self._group - 1:
            try:
                waiting = self._queue.get_nowait()
            except queue.Empty:
                break
            if waiting is None:
                self._queue.put(None)  # the order to stop, for the next round
                break
            more.append(waiting)
        return more
