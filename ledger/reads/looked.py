"""What stands in an entry of the log of readings."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, NamedTuple
from uuid import UUID

from eventsourcing.persistence import Notification, StoredEvent
from pydantic import Field

from domain.message import FieldClass, Record, Role
from domain.values.looking import Door, ReadingPurpose

TOPIC = "Looked:1"
STREAM = "reader/"


class Looked(Record):
    """One reading: what was shown to whom, of whom, and why; or that it was refused."""

    at: datetime
    """UTC."""
    staff: UUID
    role: Role
    centre: str | None = None
    credential: UUID | None = None
    door: Door = Door.HOUSE
    request: str | None = None
    """The id of the request, as the log of requests and the answer have it."""
    query: str
    """What was asked, by its name in the table of access."""
    purpose: ReadingPurpose | None = None
    """As they said when they signed in, or with the request; None where nobody said."""
    classes: Annotated[tuple[FieldClass, ...], Field(max_length=len(FieldClass))] = ()
    """Of the protected fields that were shown; none where all were masked."""
    cases: tuple[UUID, ...] = ()
    persons: tuple[UUID, ...] = ()
    alone: bool = False
    """Whether one case or person was asked for, and not a list."""
    emergency: bool = False
    """Whether it was another centre's, opened for three hours with a reason."""
    outside_hours: bool = False
    """Whether nobody is at work at such a moment, by the calendar of the day."""
    refused: str | None = None
    """The code of the refusal; None where it was shown."""


class Reading(NamedTuple):
    """A reading, at its place in the log."""

    position: int
    looked: Looked


def stream_of(staff: UUID) -> str:
    """The stream of a member of staff."""
    return f"{STREAM}{staff}"


def stored(looked: Looked, version: int) -> StoredEvent:
    """As the recorder keeps it."""
    state = looked.model_dump_json(exclude_defaults=True).encode()
    return StoredEvent(stream_of(looked.staff), version, TOPIC, state)


def read(found: Iterable[Notification]) -> list[Reading]:
    """Back from the recorder."""
    return [Reading(each.id, Looked.model_validate_json(each.state)) for each in found]
