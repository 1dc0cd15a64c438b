"""Processes that look over stretches of a log, so that a verification takes all cores.

They are forked by who has nothing open yet, and open the log for themselves when they are first asked.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from multiprocessing.connection import Connection, wait

from domain.errors import JisrError
from ledger.verifying.stretches import Asked, Doubt, Stretch

Look = Callable[[Asked], Stretch]


def serve(connection: Connection, opened: Callable[[], AbstractContextManager[Look]]) -> None:
    """Do what is asked until nobody asks any more."""
    gc.disable()  # nothing here goes round in circles
    with suppress(EOFError, ConnectionError):  # who verifies is done, or was killed
        first = connection.recv()
        try:
            with opened() as look:
                _look(connection, look, first)
        except JisrError:  # what cannot be opened: whoever asked says why
            connection.send(None)


def _look(connection: Connection, look: Look, asked: Asked) -> None:
    while True:
        try:
            found = look(asked)
        except (Doubt, JisrError):
            found = None
        connection.send(found)
        asked = connection.recv()


class Hands:
    """The processes at the other ends of `connections`; `ledger.verifying.together.LookedOver`."""

    def __init__(self, connections: Sequence[Connection]) -> None:
        self._idle = list(connections)
        self._at_work: dict[Connection, int] = {}

    def __call__(self, asked: Sequence[Asked]) -> Iterator[Stretch]:
        """Raises `Doubt`; also where another verification was given up in the middle."""
        if self._at_work:
            raise Doubt
        coming, done = iter(enumerate(asked)), dict[int, Stretch]()
        for number in range(len(asked)):
            while number not in done:
                self._ask(coming)
                self._hear(done)
            yield done.pop(number)

    def _ask(self, coming: Iterator[tuple[int, Asked]]) -> None:
        while self._idle:
            following = next(coming, None)
            if following is None:
                return
            connection = self._idle.pop()
            self._at_work[connection] = following[0]
            try:
                connection.send(following[1])
            except OSError:
                raise Doubt from None

    def _hear(self, done: dict[int, Stretch]) -> None:
        for connection in wait(list(self._at_work)):
            if not isinstance(connection, Connection):
                continue
            try:
                found = connection.recv()
            except (EOFError, OSError):
                raise Doubt from None
            if found is None:
                raise Doubt
            done[self._at_work.pop(connection)] = found
            self._idle.append(connection)
