"""The timeline: a row an event of a case, of its projects, and of its beneficiary.

Details carry the fields that are not marked as personal, judicial or health, and nothing
else. Of a reason it is only said that there is one, until it is erased with its person.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Index, Text, select

from domain.message import Event, FieldClass, Recorded, StreamKind, stream_id
from projections.deriving import Appended
from projections.tables import Flag, Instant, Row, date_column, id_column, view_table
from projections.views.agreements import projects
from projections.views.caseload_rows import caseload

timeline = view_table(
    "timeline",
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("stream", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("type", Text, nullable=False),
    date_column("occurred_on", nullable=False),
    Column("recorded_at", Instant, nullable=False),
    id_column("actor_id", nullable=False),
    Column("actor_role", Text, nullable=False),
    Column("actor_centre", Text),
    Column("origin", Text, nullable=False),
    id_column("command_id", nullable=False),
    Column("has_reason", Flag, nullable=False),
    Column("details", Text, nullable=False),
    owner="position",
)
Index("timeline_by_stream", timeline.c.stream, timeline.c.position)

SHOWN = frozenset({StreamKind.CASE, StreamKind.PROJECT, StreamKind.BENEFICIARY})
OPEN_TO_ALL = frozenset({FieldClass.PUBLIC, FieldClass.INTERNAL})


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as a reader of the case sees it."""

    position: int
    stream: str
    version: int
    type: str
    occurred_on: date
    recorded_at: datetime
    actor_id: UUID
    actor_role: str
    actor_centre: str | None
    origin: str
    command_id: UUID
    has_reason: bool
    details: dict[str, Any]


def of_case(conn: Connection, case_id: UUID, after: int = 0, limit: int = 100) -> list[Entry]:
    """The entries with a position > `after`, oldest first; a shorter list is the last."""
    person = select(caseload.c.beneficiary_id).where(caseload.c.case_id == case_id)
    held = select(projects.c.project_id).where(projects.c.case_id == case_id)
    streams = [
        stream_id(StreamKind.CASE, case_id),
        *(stream_id(StreamKind.BENEFICIARY, row[0]) for row in conn.execute(person)),
        *(stream_id(StreamKind.PROJECT, row[0]) for row in conn.execute(held)),
    ]
    entries = (
        select(timeline)
        .where(timeline.c.stream.in_(streams), timeline.c.position > after)
        .order_by(timeline.c.position)
        .limit(limit)
    )
    return [
        Entry(**{**row._mapping, "details": json.loads(row.details)})  # noqa: SLF001 (SQLAlchemy's public name for it)
        for row in conn.execute(entries)
    ]


def _rows(recorded: Recorded) -> Sequence[Row]:
    about = recorded.envelope
    if about.stream.partition("/")[0] not in SHOWN:
        return ()
    actor = about.actor
    return (
        (
            about.position,
            about.stream,
            about.version,
            about.event_type,
            about.occurred_on.isoformat(),
            about.recorded_at.isoformat(),
            _written(actor.id),
            _written(actor.role),
            actor.centre,
            _written(about.origin.kind),
            _written(about.command_id),
            int(about.reason is not None),
            details(recorded.event),
        ),
    )


_written = lru_cache(1024)(str)


def details(event: Event) -> str:
    """The unmarked fields of an event, as JSON."""
    cls = type(event)
    dumped: bytes = cls.__pydantic_serializer__.to_json(event, exclude=_marked(cls))
    return dumped.decode()


@cache
def _marked(cls: type[Event]) -> set[str]:
    return {
        name
        for name, field in cls.model_fields.items()
        if any(isinstance(mark, FieldClass) and mark not in OPEN_TO_ALL for mark in field.metadata)
    }


TIMELINE = Appended(timeline, _rows)
