"""The timeline: a row an event of a case, of its projects, and of its beneficiary.

Details carry the fields that are not marked as personal, judicial or health, and nothing
else. Of a reason it is only said that there is one, until it is erased with its person. A row has
an event as it is; what of it is behind a veil is taken away when it is shown (`seen_with`).
"""

from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from typing import Any, Self
from uuid import UUID

from pydantic import Field
from sqlalchemy import Connection, select

from domain.events.stored import EVENTS
from domain.events.veil import Veilable, month_of
from domain.folds.mended import Mending, Mendings
from domain.message import (
    ENCRYPTED,
    Event,
    FieldClass,
    Message,
    OriginKind,
    Recorded,
    Role,
    StreamKind,
    class_of,
    kind_of,
    name_of,
    stream_id,
)
from domain.steps.codes import codes_of
from domain.values.codes import Registered
from projections.deriving import Appended, Folds
from projections.view import View, unvalidated
from projections.views.caseload_rows import caseload
from projections.views.projects import projects


class Mended(Message):
    """What became of an entry that does not count any more."""

    by: int
    """The version of what says so, in the same stream: who, when and why."""
    at: datetime
    corrected: bool
    """Whether another entry stands in its place; else it was retracted."""
    wrong_person: bool
    """Whether it was told in the wrong person's case: nothing of it can be read here."""


class TimelineEntry(Veilable):
    """An event as a reader of the case sees it."""

    position: int
    stream: str
    version: int
    type: str = Field(examples=["ReleaseRecorded"])
    """`CircumstancesRecorded` for whatever tells of custody, to who may not know of it."""
    occurred_on: date
    """Of custody the first day of the month, to who may not know more."""
    recorded_at: datetime
    actor_id: UUID
    actor_role: Role
    actor_centre: str | None
    origin: OriginKind
    command_id: UUID
    has_reason: bool
    details: dict[str, Any]
    """What is neither personal, judicial nor of health; the history has the rest."""
    mends: int | None = None
    """The version of the entry in whose place it stands."""
    mended: Mended | None = None
    """What became of it, where it does not count any more."""

    def seen_with(self, allowed: Collection[FieldClass]) -> Self:
        """What is behind a veil under its name, in its month, without details."""
        veil = EVENTS[self.type].veil
        if veil is None or veil.mark in allowed:
            return self
        month = month_of(self.occurred_on)
        return self.model_copy(
            update={
                "type": veil.event.stored,
                "occurred_on": month,
                "details": {},
                "mends": None,
                "mended": None,
            }
        )


timeline = View(
    "timeline",
    TimelineEntry,
    key=["stream", "position"],
    owner="stream",
)
_row = unvalidated(TimelineEntry)
_mended = unvalidated(Mended)

SHOWN = frozenset({StreamKind.CASE, StreamKind.PROJECT, StreamKind.BENEFICIARY})


def of_case(
    conn: Connection, case_id: UUID, after: int = 0, limit: int = 100
) -> list[TimelineEntry]:
    """The entries with a position > `after`, oldest first; a shorter list is the last."""
    person = select(caseload.c.beneficiary_id).where(caseload.c.case_id == case_id)
    held = select(projects.c.project_id).where(projects.c.case_id == case_id)
    streams = [
        stream_id(StreamKind.CASE, case_id),
        *(stream_id(StreamKind.BENEFICIARY, row[0]) for row in conn.execute(person)),
        *(stream_id(StreamKind.PROJECT, row[0]) for row in conn.execute(held)),
    ]
    entries = (
        select(timeline.table)
        .where(timeline.c.stream.in_(streams), timeline.c.position > after)
        .order_by(timeline.c.position)
        .limit(limit)
    )
    return [timeline.read(row) for row in conn.execute(entries)]


def _entry(recorded: Recorded, folds: Folds) -> TimelineEntry | None:
    event, about = recorded.event, recorded.envelope
    if event.stream not in SHOWN:
        return None
    actor, mending = about.actor, _mendings(about.stream, folds).get(about.version)
    unread = mending is not None and mending.wrong_person
    return _row(
        position=about.position,
        stream=about.stream,
        version=about.version,
        type=about.event_type,
        occurred_on=about.occurred_on,
        recorded_at=about.recorded_at,
        actor_id=actor.id,
        actor_role=actor.role,
        actor_centre=actor.centre,
        origin=about.origin.kind,
        command_id=about.command_id,
        has_reason=about.reason is not None and not unread,
        details={} if unread else details(event),
        mends=about.mends,
        mended=as_mended(mending),
    )


def _mendings(stream: str, folds: Folds) -> Mendings:
    """What became of the entries of a stream that are mended."""
    name = name_of(stream)
    match kind_of(stream):
        case StreamKind.CASE:
            return folds.case(name).state.mended
        case StreamKind.PROJECT:
            return folds.project(name).state.mended
        case _:
            return folds.beneficiary(name).state.mended


def as_mended(mending: Mending | None) -> Mended | None:
    """As an answer says it."""
    if mending is None:
        return None
    return _mended(
        by=mending.by,
        at=mending.at,
        corrected=mending.corrected,
        wrong_person=mending.wrong_person,
    )


@cache
def coded(event_type: str) -> tuple[str, ...]:
    """The details that are codes of the registry. Nothing behind a veil has any."""
    event = EVENTS.get(event_type)
    if event is None or event.veil is not None:
        return ()
    return tuple(name for name, mark in codes_of(event) if isinstance(mark, Registered))


def details(event: Event) -> dict[str, Any]:
    """The unmarked fields of an event, as JSON has them."""
    cls = type(event)
    shown: dict[str, Any] = cls.__pydantic_serializer__.to_python(
        event, mode="json", exclude=_marked(cls)
    )
    return shown


@cache
def _marked(cls: type[Event]) -> set[str]:
    return {name for name in cls.model_fields if class_of(cls, name) in ENCRYPTED}


TIMELINE = Appended(timeline, _entry)
