"""Processes that fold for a rebuild, so that it takes all cores: each makes rows of some ranges.

They are forked by who has nothing open yet, and open the ledger for themselves when they are
first asked (`serve`). The one that rebuilds asks (`Hands`) and alone writes. What they say is
as long as a lot's rows, and they wait until it is heard: so memory is bounded on both sides.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple

from domain.errors import JisrError
from domain.values.calendar import Calendar
from ledger.ledger import Ledger
from projections.rebuilding.making import Learnt, Made, Making, few_collections
from projections.rebuilding.pieces import Range
from projections.store import RebuildBroken

AHEAD = 2
"""Ranges asked of each at a time: one in work, and the next, so that none waits for the writer."""


class Begin(NamedTuple):
    """Make rows as of a position from now on."""

    position: int
    calendar: Calendar


class Done(NamedTuple):
    """All of a range was said."""


class Fault(NamedTuple):
    """A range cannot be made."""

    kind: type[JisrError]
    params: dict[str, Any]


Asked = Begin | Range | Learnt


def serve(connection: Connection, opened: Callable[[], AbstractContextManager[Ledger]]) -> None:
    """Do what is asked until nobody asks any more. `opened` is the ledger to read."""
    with suppress(EOFError, ConnectionError):  # who rebuilds is done, or was killed
        begin = connection.recv()
        try:
            with opened() as ledger, few_collections():
                _make(connection, ledger, begin)
        except JisrError as error:
            connection.send(Fault(type(error), dict(error.params)))


def _make(connection: Connection, ledger: Ledger, begin: Begin) -> None:
    making = Making(ledger, begin.calendar, begin.position)
    while True:
        asked = connection.recv()
        if isinstance(asked, Begin):
            making = Making(ledger, asked.calendar, asked.position)
        elif isinstance(asked, Range):
            for made in making.of([asked]):
                connection.send(made)
            connection.send(Done())
        else:
            making.learn(asked)


class Hands:
    """The processes at the other ends of `connections`, for one rebuild, or one after the other."""

    def __init__(self, connections: Sequence[Connection]) -> None:
        self._connections = connections

    @property
    def many(self) -> int:
        return len(self._connections)

    def begin(self, position: int, calendar: Calendar) -> None:
        self._tell_all(Begin(position, calendar))

    def of(self, ranges: Iterable[Range]) -> Iterator[Made]:
        """The rows of these ranges, as they come; all of them are there at the end.

        Raises `RebuildBroken` when one of the processes ends, and what is raised in one.
        """
        left = iter(ranges)
        asked = {each: _ask(each, islice(left, AHEAD)) for each in self._connections}
        while busy := [each for each, many in asked.items() if many]:
            ready = wait(busy)
            for each in (each for each in busy if each in ready):
                said = _heard(each)
                if isinstance(said, Made):
                    yield said
                else:
                    asked[each] += _ask(each, islice(left, 1)) - 1

    def learn(self, learnt: Learnt) -> None:
        """Have all of them go by it."""
        self._tell_all(learnt)

    def _tell_all(self, asked: Begin | Learnt) -> None:
        for each in self._connections:
            _tell(each, asked)


def _ask(connection: Connection, ranges: Iterable[Range]) -> int:
    """How many it was asked for."""
    asked = list(ranges)
    for each in asked:
        _tell(connection, each)
    return len(asked)


def _tell(connection: Connection, asked: Asked) -> None:
    try:
        connection.send(asked)
    except OSError as error:
        raise RebuildBroken from error


def _heard(connection: Connection) -> Made | Done:
    try:
        said: Made | Done | Fault = connection.recv()
    except (EOFError, OSError) as error:
        raise RebuildBroken from error
    if isinstance(said, Fault):
        raise said.kind(**said.params)
    return said
