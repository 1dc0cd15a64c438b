"""What an entry of a case is: all that one step recorded in it, known by the version of any of it.

What mends is an entry too, by itself: who takes it back lets what was mended stand again. What a
correction tells in the place of something is another one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.case.events import TrackEvent
from domain.errors import NotAllowed, Refused
from domain.folds.mended import Mended, left_out
from domain.folds.order import place
from domain.mending.ways import Way, way_of
from domain.message import Actor, Envelope, Event, Recorded, Role, StreamKind
from domain.rules import NEWEST

RECORDERS_OWN = timedelta(days=NEWEST.mended_by_recorder_days)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that stands."""

    number: int
    """As it was named."""
    events: tuple[Recorded, ...]
    """What it recorded in the case."""

    @property
    def about(self) -> Envelope:
        return self.events[0].envelope

    @property
    def place(self) -> int:
        """Where the first that ever stood there was recorded."""
        return place(self.events[0])

    @property
    def versions(self) -> tuple[int, ...]:
        return tuple(each.envelope.version for each in self.events)

    @property
    def mends(self) -> bool:
        """Whether it is a correction or a retraction, and not what is told instead."""
        return any(isinstance(each.event, Mended) for each in self.events)

    @property
    def types(self) -> tuple[type[Event], ...]:
        return tuple(type(each.event) for each in self.events)

    @property
    def ways(self) -> tuple[Way, ...]:
        return tuple(way_of(each) for each in self.types)

    @property
    def track_id(self) -> UUID | None:
        """Which of the case's tracks it is of, where it is of one."""
        events = (each.event for each in self.events)
        return next((each.track_id for each in events if isinstance(each, TrackEvent)), None)

    @property
    def also(self) -> frozenset[StreamKind]:
        """In which streams beside the case's it is left out too."""
        return frozenset(kind for way in self.ways for kind in way.also)


def entry_of(events: Sequence[Recorded], number: int) -> Entry:
    """The entry of which that version is a part; raises `Refused` unless it stands and is one."""
    entry = of_events(events, number)
    out = left_out(events)
    if out.intersection(entry.versions):
        raise Refused("entry_already_mended", entry=number, by=_mended_by(events, number))
    if not all(way.an_entry for way in entry.ways) or entry.about.actor.role is Role.TIMER:
        raise Refused("entry_of_the_house", entry=number)
    return entry


def of_events(events: Sequence[Recorded], number: int) -> Entry:
    """The entry of that version, whether it stands or not; raises `Refused` without one."""
    found = next((each for each in events if each.envelope.version == number), None)
    if found is None:
        raise Refused("entry_not_found", entry=number)
    return Entry(number, tuple(each for each in events if _same(each, found)))


def undone_with(events: Sequence[Recorded], entry: Entry) -> tuple[int, ...]:
    """What is left out with it: of what mends also what it told instead.

    Raises `Refused` where that was mended since.
    """
    if not entry.mends:
        return entry.versions
    told = [each for each in events if each.envelope.command_id == entry.about.command_id]
    versions = tuple(each.envelope.version for each in told)
    since = left_out(events).intersection(versions)
    if since:
        raise Refused("entry_already_mended", entry=min(since), by=_mended_by(events, min(since)))
    return versions


def require_mender(entry: Entry, actor: Actor, absent: Collection[UUID], now: datetime) -> None:
    """Whoever recorded it, or stands in for them, mends it within days; then a coordinator.

    `absent` are those for whom the actor stands in today. Raises `NotAllowed`.
    """
    if actor.role is Role.COORDINATOR:
        return
    about = entry.about
    if about.actor.id not in {actor.id, *absent} or now > about.recorded_at + RECORDERS_OWN:
        days = NEWEST.mended_by_recorder_days
        raise NotAllowed("mended_by_coordinator", entry=entry.number, days=days)


def _same(each: Recorded, found: Recorded) -> bool:
    """Whether both are of one entry."""
    one, other = each.envelope, found.envelope
    return (one.command_id, one.mends) == (other.command_id, other.mends)


def _mended_by(events: Sequence[Recorded], number: int) -> int | None:
    """The version of what mended it last."""
    by = [
        each.envelope.version
        for each in events
        if isinstance(each.event, Mended) and number in each.event.entries_mended()
    ]
    return max(by, default=None)
