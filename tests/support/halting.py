"""Processes that are made to stand still, or killed: done when it is so, and not a little later."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tests.support.waiting import PATIENCE, until

STANDS = frozenset("Tt")
"""How Linux writes the state of a thread that was stopped."""


@contextmanager
def halted(pid: int) -> Iterator[None]:
    """While the context lasts, no thread of the process does anything."""
    halt(pid)
    try:
        yield
    finally:
        go_on(pid)


def halt(pid: int) -> None:
    """Stop it; a signal is taken at once, but each of the threads stands when its turn comes."""
    os.kill(pid, signal.SIGSTOP)
    until(lambda: _stands_still(pid), f"process {pid} does not stand still")


def go_on(pid: int) -> None:
    with suppress(ProcessLookupError):  # it was killed meanwhile
        os.kill(pid, signal.SIGCONT)


def kill(pid: int) -> None:
    """End it as a power cut would; whoever started it has taken note of that."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        process.kill()
        _, alive = psutil.wait_procs([process], PATIENCE)
        assert alive == [], f"process {pid} outlives its end"


def _stands_still(pid: int) -> bool:
    with suppress(FileNotFoundError):  # a thread that has ended stands too
        return all(_state(each) in STANDS for each in Path(f"/proc/{pid}/task").iterdir())
    return False


def _state(thread: Path) -> str:
    return (thread / "stat").read_text().rpartition(")")[2].split()[0]
