"""Fork a process that is free of the one it came from, and does not outlive it."""

import gc
import logging
import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Never

from setproctitle import setproctitle

from workflows.server.guard import die_with

PASSED_ON = (signal.SIGTERM, signal.SIGINT)
"""Signals that wait, while a child is forked, until it has let go of its parent's handlers."""
STANDARD = 3
"""Descriptors below are the standard streams."""


def fork(act: Callable[[], Never], title: str, *kept: int) -> int:
    """The id of a child that acts: in a session of its own, with signals as at a program's start.

    Of what is open it has the standard streams, with nothing to read, and `kept`. `ps` shows the
    title. Call it from the only thread. Raises `OSError`.
    """
    parent = os.getpid()
    signal.pthread_sigmask(signal.SIG_BLOCK, PASSED_ON)
    try:
        pid = os.fork()
        if pid == 0:
            _live(act, title, parent, kept)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, PASSED_ON)
    return pid


def _live(act: Callable[[], Never], title: str, parent: int, kept: Sequence[int]) -> Never:
    try:
        die_with(parent)
        os.setsid()  # Ctrl-C reaches the parent only
        os.umask(0o077)
        _let_go(kept)
        setproctitle(title)
        gc.enable()
        act()
    except BaseException:  # the edge of the process
        logging.getLogger("jisr").exception("the process ends by a fault")
    finally:
        os._exit(1)


def _let_go(kept: Sequence[int]) -> None:
    signal.set_wakeup_fd(-1)
    for sign in (signal.SIGCHLD, *PASSED_ON):
        signal.signal(sign, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for each in [int(path.name) for path in Path("/dev/fd").iterdir()]:
        if each >= STANDARD and each not in kept:
            with suppress(OSError):  # it was open for the list only
                os.close(each)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, PASSED_ON)
