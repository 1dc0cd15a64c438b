"""Start and stop child processes that never outlive this one."""

import asyncio
import signal
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol

from workflows.server.guard import guarded

LOG_LIMIT = 16 * 1024 * 1024
"""Bytes; a longer log is set aside as `<name>.1` when its process starts."""


class Running(Protocol):
    """A process that runs, or has run; the ones of `asyncio.subprocess` are such."""

    @property
    def pid(self) -> int: ...

    @property
    def returncode(self) -> int | None:
        """None while it runs; negative where a signal ended it."""

    def send_signal(self, signal: int) -> None: ...

    async def wait(self) -> int: ...


def open_log(path: Path) -> IO[bytes]:
    """Open a log to append to, readable by its owner only."""
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_name(path.name + ".1"))
    path.touch(mode=0o600)
    return path.open("ab")


async def start_child(
    command: Sequence[str],
    *,
    log: Path | None = None,
    lock: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Process:
    """Start `command` in a session of its own, so that Ctrl-C reaches only this process.

    Without a log the child writes where this process does. Call it from the thread of the
    event loop (see `guard`).
    """
    output = open_log(log) if log else None
    try:
        return await asyncio.create_subprocess_exec(
            *guarded(command, lock),
            stdin=DEVNULL,
            stdout=output,
            stderr=output,
            env=environment,
            start_new_session=True,
        )
    finally:
        if output:
            output.close()


async def stop_child(process: Running, grace: float) -> int:
    """Ask the process to end, insist after `grace` seconds; its exit status."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            process.send_signal(sign)
        try:
            async with asyncio.timeout(grace):
                return await process.wait()
        except TimeoutError:
            continue
    return await process.wait()
