"""What each case needs by the ledger: how far it is, whether it is open, and when it next falls due.

The sweep goes by it when workflows cannot be asked: which are missing, and whose case is
overdue. It is folded from the ledger a few cases at a time, on a quarter of one thread and on a
tenth while people take steps, so that it never stands in their way.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.errors import Unexpected
from domain.message import StreamKind, name_of, stream_id
from ledger.ledger import Ledger
from workflows.case.messages import Progress
from workflows.case.schedule import Schedule

AT_A_TIME = 0.005
"""Seconds of work without a pause: as long as Python lets one thread run while others wait, for a
step changes threads so often that it would wait so long ten times over."""
REST, REST_FOR_PEOPLE = 3.0, 9.0
"""Times as long as it worked, it rests; the second while people take steps."""
A_WHILE = 2.0
"""Seconds since the last step in which people are thought to be at work."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A case as the ledger has it."""

    version: int = 0
    is_open: bool = False
    due: datetime | None = None
    """When something next falls due (UTC)."""


LAST = datetime.max.replace(tzinfo=UTC)
NOTHING = Entry()
"""Of a case the ledger does not know."""


def nobody() -> float:
    """When the last step was taken, where none is."""
    return float("-inf")


def due_of(progress: Progress) -> datetime | None:
    return datetime.fromisoformat(progress.next_due) if progress.next_due else None


def _moves(before: Entry, after: Entry) -> bool:
    return before.version == after.version and before.due != after.due


class Agenda:
    """The entries of all cases; `refresh` brings them level with the ledger."""

    def __init__(
        self, ledger: Ledger, schedule: Schedule, last_step: Callable[[], float] = nobody
    ) -> None:
        """`last_step` tells when somebody last took a step, on the monotonic clock."""
        self._ledger = ledger
        self._schedule = schedule
        self._last_step = last_step
        self._head = -1
        self._by = schedule.calendar
        self.moved: deque[str] = deque()
        """Cases that fall due at another time than before, though nothing was recorded in them."""
        self.entries: dict[str, Entry] = {}

    @property
    def is_whole(self) -> bool:
        """Whether every case was read at least once."""
        return self._head >= 0

    @property
    def is_by_another_calendar(self) -> bool:
        """Whether its entries are by holidays that hold no more."""
        return self._by != self._schedule.calendar

    def of(self, case_id: str) -> Entry:
        return self.entries.get(case_id, NOTHING)

    def before(self, instant: datetime) -> list[str]:
        """The cases in which something falls due before `instant`, the longest overdue first."""
        dues = [(e.due, case) for case, e in self.entries.items() if e.due and e.due < instant]
        return [case for _, case in sorted(dues)]

    async def refresh(self) -> None:
        """Take in what the ledger has recorded since; raises `Unavailable`.

        By another calendar all are read again, what falls due first before the rest.
        """
        head, calendar = await asyncio.to_thread(self._ledger.head), self._schedule.calendar
        again = calendar != self._by
        if head == self._head and not again:
            return
        streams = await asyncio.to_thread(self._ledger.streams, StreamKind.CASE)
        versions = {name_of(stream): version for stream, version in streams}
        for case in self.entries.keys() - versions.keys():
            del self.entries[case]
        changed = [
            case for case, version in versions.items() if again or version != self.of(case).version
        ]
        changed.sort(key=self._order)
        todo = deque(changed)
        while todo:
            began = time.perf_counter()
            read = await asyncio.to_thread(self._read, todo)
            self.moved += (case for case, entry in read.items() if _moves(self.of(case), entry))
            self.entries |= read
            await asyncio.sleep(self._rest() * (time.perf_counter() - began))
        self._head, self._by = head, calendar

    def _order(self, case: str) -> tuple[bool, datetime]:
        """What is new last: it may be an import of many."""
        return case not in self.entries, self.of(case).due or LAST

    @property
    def has_people(self) -> bool:
        """Whether people take steps just now."""
        return time.monotonic() - self._last_step() < A_WHILE

    def _rest(self) -> float:
        return REST_FOR_PEOPLE if self.has_people else REST

    async def look(self, case_id: str) -> Entry:
        """The entry of a case as of now."""
        self.entries |= await asyncio.to_thread(self._read, deque([case_id]))
        return self.of(case_id)

    def _read(self, todo: deque[str]) -> dict[str, Entry]:
        """Take as many cases from those to do as there is time for."""
        read: dict[str, Entry] = {}
        until = time.perf_counter() + AT_A_TIME
        while todo and time.perf_counter() < until:
            case = todo.popleft()
            try:
                state = self._ledger.glance(stream_id(StreamKind.CASE, case))
                progress = self._schedule.progress(case, state)
            except Unexpected:
                continue  # logged where it happened; whoever opens that case will hear of it
            read[case] = Entry(progress.version, progress.is_open, due_of(progress))
        return read
