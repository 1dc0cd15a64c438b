"""What happened in a case, its project and the person's record, in the ledger's order."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from pydantic import Field
from sqlalchemy import Connection

from domain.message import Message
from domain.staff.standing_in.state import Delegation
from domain.values.calendar import local_date
from domain.values.codes import EntryKind
from projections.views import followed, reminders, timeline
from service.access.reader import Reading
from service.access.things import SeenCase
from service.queries.naming import SaidOfEntry, names_of, registry_of


class ToldEntry(timeline.TimelineEntry):
    """An entry, and whether a delegate made it."""

    stood_in_for: UUID | None = None
    """For whom whoever made it stood in: the coordinator as whom they acted, or the caseworker whose
    case it was."""


class NamedEntry(Message):
    """An entry of the registry, as it was called from which day on."""

    kind: EntryKind
    entry: str = Field(examples=["supplier-taza"])
    names: tuple[SaidOfEntry, ...]
    """By their days; before the first it goes by that too."""


class Timeline(Message):
    entries: tuple[ToldEntry, ...]
    named: tuple[NamedEntry, ...]
    """What the entries' details name by a code of the registry."""
    next_after: int | None


class Reminders(Message):
    reminders: tuple[reminders.Reminder, ...]
    next_after: int | None
    total: int | None
    """On all pages, where `total=true` asked for it."""


def get_case_timeline(
    reading: Reading, case: SeenCase, after: int = 0, limit: int = 100
) -> Timeline:
    """The entries with a position > `after`, oldest first."""
    with reading.views.reading() as conn:
        found = timeline.of_case(conn, case.id, after, limit + 1)
        entries = tuple(_told(reading, conn, case.id, found[:limit]))
    return Timeline(
        entries=entries,
        named=tuple(_named(reading, frozenset(_codes(entries)))),
        next_after=entries[-1].position if len(found) > limit else None,
    )


def _told(
    reading: Reading, conn: Connection, case_id: UUID, entries: Sequence[timeline.TimelineEntry]
) -> Iterator[ToldEntry]:
    """Most houses have no delegate among those who made the entries: then no more is read."""
    actors = {each.actor_id for each in entries}
    named = [
        each for each in reading.directory.staff().delegations.values() if each.delegate in actors
    ]
    whose = followed.followed_by(conn, case_id) if named else []
    for each in entries:
        caseworker = next((who for at, who in reversed(whose) if at <= each.position), None)
        yield ToldEntry(**dict(each), stood_in_for=_absent(reading, named, each, caseworker))


def _absent(
    reading: Reading,
    named: Sequence[Delegation],
    entry: timeline.TimelineEntry,
    caseworker: UUID | None,
) -> UUID | None:
    """Who made it acted as the coordinator for whom they stood in then; or for that caseworker."""
    staff, day = reading.directory.staff().staff, local_date(entry.recorded_at)
    absent = {
        each.staff_id
        for each in named
        if each.delegate == entry.actor_id and each.held(day, entry.recorded_at)
    }
    own = staff[entry.actor_id].actor.role if absent else entry.actor_role
    if own is not entry.actor_role:
        return next((each for each in absent if staff[each].actor.role is entry.actor_role), None)
    return caseworker if caseworker in absent else None


def _named(reading: Reading, codes: frozenset[str]) -> Iterator[NamedEntry]:
    registry = registry_of(reading) if codes else None
    for code in sorted(codes):
        known = registry.entries.get(code) if registry else None
        if registry and known:
            yield NamedEntry(kind=known.kind, entry=code, names=names_of(registry, code))


def _codes(entries: Iterable[timeline.TimelineEntry]) -> Iterator[str]:
    for entry in entries:
        for name in timeline.coded(entry.type):
            code = entry.details.get(name)
            if code is not None:
                yield code


def list_reminders(
    reading: Reading,
    filters: reminders.Filters,
    after: int = 0,
    limit: int = 100,
    total: bool = False,  # noqa: FBT001, FBT002 - a query is asked by its arguments' places
) -> Reminders:
    """The reminders with a position > `after`, oldest first."""
    with reading.views.reading() as conn:
        found = reminders.find(conn, filters, after, limit + 1)
        many = reminders.count(conn, filters) if total else None
    rows = tuple(found[:limit])
    return Reminders(
        reminders=rows,
        next_after=rows[-1].position if len(found) > limit else None,
        total=many,
    )
