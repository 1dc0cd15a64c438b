"""Start and stop child processes that never outlive this one."""

import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from workflows.server.guard import guarded
from workflows.server.log_lines import logging_from, open_log


class Running(Protocol):
    """A process that runs, or has run; the ones of `asyncio.subprocess` are such."""

    @property
    def pid(self) -> int: ...

    @property
    def returncode(self) -> int | None:
        """None while it runs; negative where a signal ended it."""

    def send_signal(self, signal: int) -> None: ...

    async def wait(self) -> int: ...


async def start_child(
    command: Sequence[str],
    *,
    log: Path | None = None,
    named: str | None = None,
    lock: Path | None = None,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Process:
    """Start `command` in a session of its own, so that Ctrl-C reaches only this process.

    Without a log the child writes where this process does; `named`, it is logged as lines of JSON
    (`log_lines`). It runs in `folder`. Call it from the thread of the event loop (see `guard`).
    """
    output = _output(log, named) if log else None
    if folder is not None:  # as a shell says it, also to whoever looks for who runs there
        environment = {**(environment or os.environ), "PWD": str(folder)}
    try:
        return await asyncio.create_subprocess_exec(
            *guarded(command, lock),
            stdin=DEVNULL,
            stdout=output,
            stderr=output,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
    finally:
        if output is not None:
            os.close(output)


def _output(log: Path, named: str | None) -> int:
    """A descriptor to write to."""
    if named is None:
        with open_log(log) as file:
            return os.dup(file.fileno())
    out, into = os.pipe()
    logging_from(out, named, log)
    return into


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
