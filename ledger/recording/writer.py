"""Records for everybody: commands that wait together are committed together (`ledger/grouping.py`).

Nobody waits for a group to fill but where several came together just before.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Protocol, Self

from domain.errors import JisrError, Unavailable, Unexpected
from domain.message import Command
from ledger.faults import unexpected
from ledger.grouping import Grouping, Waiting
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
        self._clock = clock
        self._sleep = sleep
        self._grouping: Grouping[Ask, Receipt] = Grouping(
            "ledger-writer", group, self._record, lambda: Unavailable(ledger="closed")
        )

    def submit(self, ask: Ask) -> Future[Receipt]:
        """Queue it. Raises `Unavailable` once the writer is closed."""
        return self._grouping.submit(ask)

    async def record(self, ask: Ask) -> Receipt:
        """As `Ledger.record`. Cancelling stops the waiting, never the recording."""
        return await asyncio.wrap_future(self.submit(ask))

    def close(self) -> None:
        """Record what is queued, and stop. Can be repeated."""
        self._grouping.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _record(self, group: Sequence[Waiting[Ask, Receipt]]) -> None:
        asked = [(waiting, _command_of(waiting)) for waiting in group]
        sound = [(waiting, command) for waiting, command in asked if command is not None]
        commands = [command for _, command in sound]
        for (waiting, _), result in zip(sound, self._results(commands), strict=True):
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

    def _results(self, commands: Sequence[Command]) -> Sequence[Result]:
        try:
            return self._ledger.record_all(commands)
        except Exception as error:  # noqa: BLE001 (the edge of a thread that must go on)
            fault = unexpected(error, "writer")
            return [Unexpected(**fault.params) for _ in commands]


def _command_of(waiting: Waiting[Ask, Receipt]) -> Command | None:
    """The command, made now if it has to be; None, and settled, when it cannot be."""
    if isinstance(waiting.item, Command):
        return waiting.item
    try:
        return waiting.item()
    except JisrError as error:
        waiting.settle(error)
    except Exception as error:  # noqa: BLE001 (the edge of a thread that must go on)
        waiting.settle(Unexpected(**unexpected(error, "writer").params))
    return None
