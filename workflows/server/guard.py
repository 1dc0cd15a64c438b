"""Run a command that cannot outlive the process that asked for it.

Run as a script, in a fresh interpreter, between a parent and the command it starts: it asks
the kernel for SIGKILL on the parent's death, lets nobody else read what the command will write,
takes a lock if one is named, and becomes the command. The lock stays with the command, through `exec`, until its very end. Linux only;
elsewhere the command runs unguarded.

The kernel watches the *thread* that forked: start guarded commands from one that stays, as
the event loop's does.
"""

import ctypes
import fcntl
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

LOCKED = 75
"""Exit status when another process holds the lock (EX_TEMPFAIL)."""
NO_LOCK = "-"
LOCK_PATIENCE = 2.0
"""Seconds: a killed predecessor may need a moment to be gone."""
PR_SET_PDEATHSIG = 1


def guarded(command: Sequence[str], lock: Path | None = None) -> list[str]:
    """The argument list that runs `command` as a guarded child of this process."""
    script = [sys.executable, "-I", "-S", __file__]
    return [*script, str(os.getpid()), str(lock) if lock else NO_LOCK, *command]


def die_with(parent: int) -> None:
    """Ask for SIGKILL when `parent` dies, and notice if it already has."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit(1)


def take_lock(path: str, patience: float = LOCK_PATIENCE) -> int | None:
    """Lock the file at `path`; the descriptor, or None when another process keeps it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(descriptor)
                return None
            time.sleep(0.05)
        else:
            return descriptor


def main(arguments: Sequence[str]) -> None:
    parent, lock, *command = arguments
    die_with(int(parent))
    os.umask(0o077)
    if lock != NO_LOCK:
        descriptor = take_lock(lock)
        if descriptor is None:
            sys.exit(LOCKED)
        os.set_inheritable(descriptor, True)  # noqa: FBT003 - it takes no keyword
    os.execvp(command[0], command)  # noqa: S606 - the command comes from our own caller


if __name__ == "__main__":
    main(sys.argv[1:])
