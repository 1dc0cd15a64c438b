"""Which steps, and which types of event and their versions, came with which level of the ledger.

A release that brings something of the kind adds a level. A ledger stays on the level before
until every process of the installation reads the new one and a person says so (`jisr upgrade
finish`); until then nothing of the new level is written. So processes of two releases work on
one ledger, and the older ones understand all they find. What is not named here came with the
first level.
"""

from collections.abc import Collection, Iterable, KeysView, Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.errors import Refused
from domain.message import Event
from domain.steps.handling import Handling
from domain.steps.table import TableFault

FIRST = 1
"""The level of a ledger that was never raised."""

NEWER_NEEDED = "newer_release_needed"
UNFINISHED = "upgrade_unfinished"

Adds = Mapping[str, Any]
"""Fields that a version adds to the one before, each with the JSON value that says nothing."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came with one level."""

    steps: Collection[str] = ()
    """By their names in the API."""
    events: Mapping[str, Adds | None] = field(default_factory=dict)
    """By type and version (`NoteAdded:2`). One that only adds fields to the version before names
    them, and is written below its level as that version, while they say nothing. Any other is
    None, and is not written below it at all."""


class Levels:
    """The levels a program reads: the first, and one for each `Came`."""

    def __init__(self, *came: Came) -> None:
        self.reads = FIRST + len(came)
        numbered = list(enumerate(came, FIRST + 1))
        self._steps = {step: level for level, each in numbered for step in each.steps}
        self._events = {topic: level for level, each in numbered for topic in each.events}
        self._adds = {topic: adds for each in came for topic, adds in each.events.items()}

    @property
    def topics(self) -> KeysView[str]:
        """The types and versions of event that came later than with the first level."""
        return self._events.keys()

    def closed_because(self, step: str, level: int) -> str | None:
        """Why the step cannot be recorded on a ledger of that level; None where it can."""
        if level > self.reads:
            return NEWER_NEEDED
        return UNFINISHED if self._steps.get(step, FIRST) > level else None

    def version_at(self, event: Event, level: int) -> int:
        """The version as which a ledger of that level takes the event: the newest it knows.

        Raises `Refused` where it knows none, or where that would leave out what the event says.
        """
        version = event.schema_version
        if self._level_of(event.stored, version) <= level:
            return version
        payload = event.model_dump(mode="json")
        while self._level_of(event.stored, version) > level:
            self._before(event.stored, version, payload)
            version -= 1
        return version

    def as_version(self, event: Event, version: int, payload: dict[str, Any]) -> None:
        """Leave out of the event's payload what a version that `version_at` chose does not have."""
        for newer in range(event.schema_version, version, -1):
            self._before(event.stored, newer, payload)

    def _before(self, stored: str, version: int, payload: dict[str, Any]) -> None:
        """Make of a version's payload that of the version before."""
        adds = self._adds[f"{stored}:{version}"]
        if adds is None:
            raise Refused(UNFINISHED)
        for name, nothing in adds.items():
            if payload.pop(name, nothing) != nothing:
                raise Refused(UNFINISHED)

    def _level_of(self, stored: str, version: int) -> int:
        return self._events.get(f"{stored}:{version}", FIRST)

    def require_named(
        self, rows: Mapping[str, Handling], events: Mapping[str, type[Event]]
    ) -> None:
        """Raises `TableFault` where a level names what there is not, or a version has no level."""
        versions = {f"{stored}:{v}" for stored, cls in events.items() for v in _versions(cls)}
        unknown = (self._steps.keys() - rows.keys()) | (self._events.keys() - versions)
        if unknown:
            raise TableFault(f"came with a level, and is not there: {_listed(unknown)}")
        later = {topic for topic in versions if not topic.endswith(":1")}
        if forgotten := later - self._events.keys():
            raise TableFault(f"came with which level? {_listed(forgotten)}")
        early = {
            step
            for step, row in rows.items()
            if all(
                self._level_of(made.stored, 1) > self._steps.get(step, FIRST) for made in row.makes
            )
        }
        if early:
            raise TableFault(f"came before all that they record: {_listed(early)}")


def _versions(cls: type[Event]) -> range:
    return range(1, cls.schema_version + 1)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


LEVELS = Levels()
"""This program's. A release that brings something new gives it one `Came` more."""
