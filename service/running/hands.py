"""Forks processes that do what they are asked: those that fold for a rebuild (`projections.rebuilding.hands`),
and those that look over a ledger.
"""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
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
    """So many processes, each with a ledger of its own; none for one: its work is done here."""
    with forked_pipes(many, lambda it: serve(it, opened), title) as connections:
        yield Hands(connections) if connections else None


@contextmanager
def forked_pipes(
    many: int, act: Callable[[Connection], None], title: str
) -> Iterator[Sequence[Connection]]:
    """So many processes that act, each at the other end of one of these; none for one.

    To be entered by the only thread, with no database open: a forked process would share SQLite's
    locks, and the keys. They end with this context, and with this process however it ends.
    """
    connections: list[Connection] = []
    pids: list[int] = []
    try:
        for _ in range(many if many > 1 else 0):
            here, there = Pipe()
            connections.append(here)
            pids.append(fork(lambda: _act(act, there), title, there.fileno()))  # noqa: B023 (it is called in here)
            there.close()
        yield connections
    except BaseException:
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        raise
    finally:
        for each in connections:
            each.close()
        for pid in pids:
            os.waitpid(pid, 0)


def _act(act: Callable[[Connection], None], connection: Connection) -> Never:
    act(connection)
    os._exit(0)
