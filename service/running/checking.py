"""Checks that an auditor has run from a page: each a process of its own, one of a kind at a time.

It is the command that an operator would run, so it takes nothing from who works at the door, and
what it comes to is recorded in the ledger by itself (`domain/upkeep`).
"""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, Process
from contextlib import suppress
from pathlib import Path

KINDS = ("verify", "reconcile")
"""Of `jisr audit`."""


class Checking:
    """Of one process that serves the console."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._begun: dict[str, Process] = {}

    @property
    def running(self) -> tuple[str, ...]:
        return tuple(kind for kind, it in self._begun.items() if it.returncode is None)

    async def start(self, kind: str) -> bool:
        """Whether it was begun now; one that runs is left to end. Raises `LookupError`."""
        if kind not in KINDS:
            raise LookupError(kind)
        if kind in self.running:
            return False
        asked = ("-m", "service", "audit", kind, "--data", str(self._data))
        self._begun[kind] = await asyncio.create_subprocess_exec(
            sys.executable, *asked, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL
        )
        return True

    async def close(self) -> None:
        """End what still runs: nothing of it is half done, for it changes nothing."""
        for each in self._begun.values():
            if each.returncode is None:
                with suppress(ProcessLookupError):
                    each.terminate()
                await each.wait()
