"""One thread that does for everybody what waits together, together.

A flush to disk, and the statements around it, cost the same for one as for sixty. While one group
is being committed the next gathers; nobody waits for a group to fill.
"""

import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from domain.errors import JisrError

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(slots=True)
class Waiting(Generic[Item, Result]):
    """What waits to be done, and the future of whoever asked.

    The future counts as running from the start. So a caller that is cancelled cannot take it back:
    it is done, and its answer is there for the next attempt.
    """

    item: Item
    future: "Future[Result]" = field(default_factory=Future)

    def __post_init__(self) -> None:
        self.future.set_running_or_notify_cancel()

    def settle(self, result: Result | JisrError) -> None:
        if isinstance(result, JisrError):
            self.future.set_exception(result)
        else:
            self.future.set_result(result)


class Grouping(Generic[Item, Result]):
    """Safe to use from many threads and event loops."""

    def __init__(
        self,
        name: str,
        most: int,
        do: Callable[[Sequence[Waiting[Item, Result]]], None],
        closed: Callable[[], JisrError],
    ) -> None:
        """`do` settles each of a group of at most `most`, and raises nothing; `closed`: what is
        raised once it is.
        """
        self._most, self._do, self._closed_by = most, do, closed
        self._queue: queue.SimpleQueue[Waiting[Item, Result] | None] = queue.SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, item: Item) -> "Future[Result]":
        waiting: Waiting[Item, Result] = Waiting(item)
        with self._closing:
            if self._closed:
                raise self._closed_by()
            self._queue.put(waiting)
        return waiting.future

    def close(self) -> None:
        """Do what is queued, and stop. Can be repeated."""
        with self._closing:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            self._do([first, *self._more()])

    def _more(self) -> list[Waiting[Item, Result]]:
        more: list[Waiting[Item, Result]] = []
        while len(more) < self._most - 1:
            try:
                waiting = self._queue.get_nowait()
            except queue.Empty:
                break
            if waiting is None:
                self._queue.put(None)  # the order to stop, for the next round
                break
            more.append(waiting)
        return more
