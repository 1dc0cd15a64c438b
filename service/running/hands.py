"""Forks the processes that fold for a rebuild (`projections.rebuilding.hands`)."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from multiprocessing.connection import Connection, Pipe
from typing import Never

from ledger.ledger import Ledger
from projections.rebuilding.hands import Hands, serve
from service.running.forking import fork

Opened = Callable[[], AbstractContextManager[Ledger]]


def cores() -> int:
    """How many this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Linux
        return os.cpu_count() or 1


@contextmanager
def forked(many: int, opened: Opened, title: str) -> Iterator[Hands | None]:
    """So many processes, each with a ledger of its own; none for one: its work is done here.

    To be entered by the only thread, with no database open: a forked process would share SQLite's
    locks, and the keys. They end with this context, and with this process however it ends.
    """
    connections: list[Connection] = []
    pids: list[int] = []
    try:
        for _ in range(many if many > 1 else 0):
            here, there = Pipe()
            connections.append(here)
            pids.append(fork(lambda: _serve(there, opened), title, there.fileno()))  # noqa: B023 (it is called in here)
            there.close()
        yield Hands(connections) if connections else None
    except BaseException:
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        raise
    finally:
        for each in connections:
            each.close()
        for pid in pids:
            os.waitpid(pid, 0)


def _serve(connection: Connection, opened: Opened) -> Never:
    serve(connection, opened)
    os._exit(0)
