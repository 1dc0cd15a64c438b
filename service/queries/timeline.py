"""What happened in a case, its project and the person's record, in the ledger's order."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from domain.message import Actor, Message
from projections import reminders, timeline
from service.access import centre_bound
from service.queries.cases import seen_case
from service.queries.reading import Reading


class TimelineEntry(Message):
    position: int
    stream: str
    version: int
    type: str = Field(examples=["ReleaseRecorded"])
    occurred_on: date
    recorded_at: datetime
    actor_id: UUID
    actor_role: str
    actor_centre: str | None
    origin: str
    command_id: UUID
    has_reason: bool
    details: dict[str, Any]
    """What is neither personal, judicial nor of health; the history has the rest."""


class Timeline(Message):
    entries: tuple[TimelineEntry, ...]
    next_after: int | None


class Reminder(Message):
    """A review fell due; `missed` when it already had before it was first known of."""

    position: int
    case_id: UUID
    review: str
    due_on: date
    missed: bool
    fired_at: datetime


class Reminders(Message):
    reminders: tuple[Reminder, ...]
    next_after: int | None


def get_timeline(
    reading: Reading, actor: Actor, case_id: UUID, after: int = 0, limit: int = 100
) -> Timeline:
    """The entries with a position > `after`, oldest first."""
    seen_case(reading, actor, case_id)
    with reading.views.reading() as conn:
        found = timeline.of_case(conn, case_id, after, limit + 1)
    entries = tuple(
        TimelineEntry(**{name: getattr(row, name) for name in TimelineEntry.model_fields})
        for row in found[:limit]
    )
    return Timeline(
        entries=entries, next_after=entries[-1].position if len(found) > limit else None
    )


def list_reminders(
    reading: Reading,
    actor: Actor,
    *,
    case_id: UUID | None = None,
    missed: bool | None = None,
    after: int = 0,
    limit: int = 100,
) -> Reminders:
    """The reminders the actor may see with a position > `after`, oldest first."""
    with reading.views.reading() as conn:
        found = reminders.find(
            conn,
            case_id=case_id,
            missed=missed,
            centre=centre_bound(actor),
            after=after,
            limit=limit + 1,
        )
    rows = tuple(
        Reminder(**{name: getattr(row, name) for name in Reminder.model_fields})
        for row in found[:limit]
    )
    return Reminders(reminders=rows, next_after=rows[-1].position if len(found) > limit else None)
