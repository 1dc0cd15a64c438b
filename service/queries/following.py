"""What has changed in a list since somebody looked: how many of its cases, and how it stands now."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from domain.message import StreamKind, kind_of, name_of
from projections.views import tasks, touched
from service.access.reader import Reading
from service.queries.absences import absent_of

LOOKED_AT = 1_000
"""Events. Who was away for longer than that looks again, whatever it was."""
UNSEEN = frozenset({"ReminderRecorded"})
"""What stands in no list: that a reminder went out."""


class TaskNews(tasks.Counts):
    """How the list stands now: as many as are counted and listed."""

    position: int
    """Of the ledger, up to which this tells; give it as `since` the next time."""
    changed: int | None
    """In how many of the list's cases something was recorded since the position asked from. Null
    where that cannot be told: none was given, it is too long ago, or the ledger does not have it."""

    def as_many_as(self, other: "TaskNews") -> bool:
        """Whether as many are overdue, due and coming."""
        return all(
            getattr(self, name) == getattr(other, name) for name in tasks.Counts.model_fields
        )


def follow_tasks(reading: Reading, filters: tasks.Filters, since: int | None) -> TaskNews:
    """Nothing of what changed is told, but in how many cases; the list itself says what."""
    position = reading.views.position()
    streams = _streams(reading, since, position)
    absent = absent_of(reading, filters.caseworker)
    among = replace(filters, absent=absent)
    with reading.views.reading() as conn:
        counts = tasks.counts(conn, among, reading.today)
        changed = None if streams is None else touched.cases(conn, among, *_named(streams))
    return TaskNews(**dict(counts), position=position, changed=changed)


def _streams(reading: Reading, since: int | None, position: int) -> frozenset[str] | None:
    """What was written to; None where that is not known."""
    if since is None or since > position:
        return None
    return reading.ledger.feed.streams(since, position, LOOKED_AT, without=UNSEEN)


def _named(streams: Iterable[str]) -> tuple[list[UUID], list[UUID]]:
    """The cases and the people among them."""
    found: dict[StreamKind, list[UUID]] = {StreamKind.CASE: [], StreamKind.BENEFICIARY: []}
    for stream in streams:
        kind = kind_of(stream)
        if kind in found:
            found[kind].append(UUID(name_of(stream)))
    return found[StreamKind.CASE], found[StreamKind.BENEFICIARY]
