"""Notes access keys that were issued, used for one step, and not again, as findings.

When a key was last used is told by no event, so no fold can come to it: a worker looks, one at a time,
whenever something changes in the staff directory and every ten minutes, and records what it finds once. A
key with which another step is taken later is noted too: then what was found stands no more.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import cast
from uuid import UUID

from domain.checks.key_once import only_step, short_lived
from domain.dismissal.state import FindingState, NotedKey
from domain.dismissal.steps import NoteKeyUsedAgain, NoteKeyUsedOnce
from domain.errors import KeyLost, KeyReused, Unavailable
from domain.message import (
    TIMER,
    Command,
    Envelope,
    Origin,
    OriginKind,
    Step,
    StreamKind,
    derived_id,
    stream_id,
)
from domain.staff.state import DIRECTORY, StaffState
from domain.values.calendar import local_date
from domain.values.findings import FindingCode, finding_id
from ledger.following.turn import Turn
from ledger.following.uses import Uses
from ledger.ledger import Ledger
from service.running.outlasting import outlasting

log = logging.getLogger("jisr.checks")

TURN = "keys-used"
EVERY = 2.0
"""Seconds between two looks whether anything has changed."""
ANYWAY = 600.0
"""Seconds until all are looked at though nothing has."""
SCANNED = 20_000
"""So many entries after a key's issue are looked at, at most: two days of a large house."""
PART = 500


class KeysUsed:
    """Of one ledger; remembers which keys it has judged, and by what."""

    def __init__(
        self,
        ledger: Ledger,
        uses: Uses,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        anyway: float = ANYWAY,
    ) -> None:
        self._clock = clock
        self._anyway = anyway
        self._ledger = ledger
        self._uses = uses
        self._judged: set[tuple[UUID, datetime]] = set()
        self._noted: dict[UUID, NotedKey] | None = None
        """Those that stand, by the key."""
        self._version, self._next = 0, 0.0

    def look(self) -> int:
        """What has been noted now, if there was anything to look at. Raises as the ledger does."""
        staff = cast("StaffState", self._ledger.glance(DIRECTORY))
        if staff.version == self._version and time.monotonic() < self._next:
            return 0
        noted = self._known()
        last, now, many = self._uses.last(), self._clock(), 0
        for short in short_lived(staff.keys.values(), last, now):
            key, mark = short.key, (short.key.key_id, short.by)
            if mark in self._judged or key.key_id in noted:
                continue
            entry = only_step(short, self._after(key.position))
            if entry is not None:
                step = NoteKeyUsedOnce(
                    occurred_on=local_date(self._ledger.now()),
                    key_id=key.key_id,
                    staff_id=key.staff_id,
                    issued=key.position,
                    taken=entry.position,
                    taken_in=entry.stream,
                )
                many += self._note(key.key_id, step)
            self._judged.add(mark)
        many += sum(self._again(each, last[each.key_id]) for each in self._used(noted, last))
        self._version, self._next = staff.version, time.monotonic() + self._anyway
        if many:
            self._noted = None
        return many

    def _known(self) -> dict[UUID, NotedKey]:
        """Read once, and whenever something was noted."""
        if self._noted is None:
            self._noted = {}
            for stream, _ in self._ledger.streams(StreamKind.FINDING):
                try:
                    key = cast("FindingState", self._ledger.glance(stream)).key
                except KeyLost:
                    continue  # nobody reads anything of it
                if key is not None:
                    self._noted[key.key_id] = key
        return self._noted

    def _used(
        self, noted: dict[UUID, NotedKey], last: Mapping[UUID, datetime]
    ) -> Iterator[NotedKey]:
        for key in noted.values():
            used = last.get(key.key_id)
            if used is not None and key.ended is None and (key.key_id, used) not in self._judged:
                yield key

    def _again(self, key: NotedKey, used: datetime) -> bool:
        """Whether another step is found that was taken with it."""
        self._judged.add((key.key_id, used))
        first = next(iter(self._after(key.taken - 1)), None)
        own = (each for each in self._after(key.taken) if each.actor.credential == key.key_id)
        if first is None or all(each.command_id == first.command_id for each in own):
            return False
        step = NoteKeyUsedAgain(occurred_on=local_date(self._ledger.now()), key_id=key.key_id)
        return self._note(key.key_id, step)

    def _after(self, position: int) -> Iterator[Envelope]:
        """What stands in the clear of them: nobody's words are read for it."""
        feed = self._ledger.feed
        stored = islice(feed.after(position, ()), SCANNED)
        while part := list(islice(stored, PART)):
            yield from feed.about(part)

    def _note(self, key: UUID, step: Step) -> bool:
        finding = finding_id(FindingCode.KEY_ONCE, str(key))
        command = Command(
            id=derived_id(finding, type(step).__name__),
            target=stream_id(StreamKind.FINDING, finding),
            step=step,
            actor=TIMER,
            origin=Origin(kind=OriginKind.TIMER),
        )
        try:
            self._ledger.record(command)
        except KeyReused:
            return False  # it was before, on another day
        return True


@contextmanager
def noting_keys(ledger: Ledger) -> Iterator[None]:
    """With a thread that looks, in one worker at a time."""
    stop = threading.Event()

    @contextmanager
    def work() -> Iterator[None]:
        with closing(Uses(ledger.feed.tracking())) as uses, closing(ledger.feed.turn(TURN)) as turn:
            looking = KeysUsed(ledger, uses)
            while not stop.wait(EVERY):
                _look(looking, turn)
            yield

    with outlasting("keys-used", work, log, "no key that was used once is found"):
        try:
            yield
        finally:
            stop.set()


def _look(looking: KeysUsed, turn: Turn) -> None:
    """An outage is waited out."""
    try:
        if turn.hold():
            looking.look()
    except Unavailable:
        log.debug("the ledger is away")
