"""Checks that an auditor has run from a page: each a process of its own, one of a kind at a time in the
whole house, however many processes serve the console.

It is the command that an operator would run, so it takes nothing from who works at the door, and
what it comes to is recorded in the ledger by itself (`domain/upkeep`).
"""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ledger.following.turn import Turn
from workflows.server.guard import guarded

KINDS = ("verify", "reconcile")
"""Of `jisr audit`."""
A_LOOK = 0.2
"""Seconds; as long as somebody who only asks whether one runs holds its turn at most."""


class Checking:
    """Of one process that serves the console."""

    def __init__(self, data: Path, turn: Callable[[str], Turn]) -> None:
        """`turn`: by a name, of what one process of the house does at a time."""
        self._data = data
        self._turn = turn
        self._begun: dict[str, Process] = {}
        self._watching: set[asyncio.Task[None]] = set()

    async def running(self) -> tuple[str, ...]:
        """The kinds that somebody has run now, here or elsewhere. Raises `Unavailable`."""
        return tuple([kind for kind in KINDS if await self._runs(kind)])

    async def _runs(self, kind: str) -> bool:
        if kind in self._begun:
            return True
        held = await self._held(kind)
        if held is not None:
            await asyncio.to_thread(held.close)
        return held is None

    async def start(self, kind: str) -> bool:
        """Whether it was begun now; one that runs is left to end.

        Raises `LookupError`, and `Unavailable`.
        """
        if kind not in KINDS:
            raise LookupError(kind)
        if kind in self._begun:
            return False
        turn = await self._held(kind)
        if turn is None:
            await asyncio.sleep(A_LOOK)
            turn = await self._held(kind)
        if turn is None:
            return False
        asked = ("-m", "service", "audit", kind, "--data", str(self._data))
        try:
            begun = await asyncio.create_subprocess_exec(
                *guarded([sys.executable, *asked]), stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL
            )
        except BaseException:
            await asyncio.to_thread(turn.close)
            raise
        self._begun[kind] = begun
        watching = asyncio.create_task(self._until_over(kind, begun, turn))
        self._watching.add(watching)
        watching.add_done_callback(self._watching.discard)
        return True

    async def _held(self, kind: str) -> Turn | None:
        """Its turn, which is ours now; None where another has it."""
        turn = self._turn(f"check-{kind}")
        if await asyncio.to_thread(turn.hold):
            return turn
        await asyncio.to_thread(turn.close)
        return None

    async def _until_over(self, kind: str, begun: Process, turn: Turn) -> None:
        await begun.wait()
        self._begun.pop(kind, None)
        await asyncio.to_thread(turn.close)

    async def close(self) -> None:
        """End what still runs: nothing of it is half done, for it changes nothing."""
        for each in [*self._begun.values()]:
            with suppress(ProcessLookupError):
                each.terminate()
        await asyncio.gather(*self._watching)
