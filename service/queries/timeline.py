"""What happened in a case, its project and the person's record, in the ledger's order."""

from dataclasses import dataclass
from uuid import UUID

from domain.message import Message
from projections.views import reminders, timeline
from service.access.reader import Reading
from service.access.scope import SeenCase


class Timeline(Message):
    entries: tuple[timeline.TimelineEntry, ...]
    next_after: int | None


class Reminders(Message):
    reminders: tuple[reminders.Reminder, ...]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class ReminderFilters:
    """All that are given must hold."""

    case_id: UUID | None = None
    missed: bool | None = None
    centre: str | None = None


def get_case_timeline(
    reading: Reading, case: SeenCase, after: int = 0, limit: int = 100
) -> Timeline:
    """The entries with a position > `after`, oldest first."""
    with reading.views.reading() as conn:
        found = timeline.of_case(conn, case.id, after, limit + 1)
    entries = tuple(found[:limit])
    return Timeline(
        entries=entries, next_after=entries[-1].position if len(found) > limit else None
    )


def list_reminders(
    reading: Reading, filters: ReminderFilters, after: int = 0, limit: int = 100
) -> Reminders:
    """The reminders with a position > `after`, oldest first."""
    with reading.views.reading() as conn:
        found = reminders.find(
            conn,
            centre=filters.centre,
            case_id=filters.case_id,
            missed=filters.missed,
            after=after,
            limit=limit + 1,
        )
    rows = tuple(found[:limit])
    return Reminders(reminders=rows, next_after=rows[-1].position if len(found) > limit else None)
