"""Findings: what stands in the records and should be looked at; each with the entries it rests on."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, cast
from uuid import UUID

from domain.dismissal.state import FindingState
from domain.errors import NotAllowed, Refused
from domain.events.veil import as_seen
from domain.message import Actor, FieldClass, MadeBy, Message, StreamKind, made_by, stream_id
from projections.views import findings
from projections.views.pages import Part
from service.access.reader import Reading, Sources
from service.access.scope import reads_restricted
from service.access.table import FIELDS
from service.queries.cursors import opened, sealed


class FindingPage(Message):
    findings: tuple[findings.Finding, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""
    position: int
    """Up to this entry of the ledger all were looked at."""


class FoundEntry(Message):
    """An entry that a finding rests on: who recorded it and when; what it says has its history."""

    position: int
    stream: str
    version: int
    type: str
    """`CircumstancesRecorded` for whatever tells of custody, to who may not know of it."""
    step: str
    occurred_on: date
    """Of custody the first day of the month, to who may not know more."""
    recorded_at: datetime
    actor: Actor
    made_by: MadeBy


class FindingAnswer(Message):
    """One finding, with its entries, and what was said of it."""

    finding: findings.Finding
    entries: tuple[FoundEntry, ...]
    """Those of `rests_on`, in their order; none of a restricted person's case that you do not read."""
    explanation: Annotated[str | None, FieldClass.PERSONAL]
    """Of its dismissal."""
    has_yours: bool
    """Whether an entry that it rests on is yours: then it is somebody else who may dismiss it."""
    version: int
    """Of what was said of it: what `If-Match` asks for."""
    position: int
    """Up to this entry of the ledger it was looked at."""


def list_findings(
    reading: Reading, filters: findings.Filters, part: Part | None = None
) -> FindingPage:
    """Of the cases that `filters` leave."""
    part = opened(reading, part or Part(findings.NEWEST))
    position = reading.views.position()
    with reading.views.reading() as conn:
        restricted = reads_restricted(reading)
        page = findings.find(conn, filters, part, reading.today, restricted=restricted)
    cursor = sealed(reading, page.next_cursor)
    return FindingPage(
        findings=tuple(page.rows), next_cursor=cursor, total=page.total, position=position
    )


def get_finding(reading: Reading, filters: findings.Filters) -> FindingAnswer:
    """The one that `filters` name; raises `Refused` where they leave none."""
    page = list_findings(reading, filters)
    if filters.finding_id is None or not page.findings:
        raise Refused("finding_not_found")
    (found,) = page.findings
    said = cast(
        "FindingState", reading.ledger.state(stream_id(StreamKind.FINDING, found.finding_id))
    )
    return FindingAnswer(
        finding=found,
        entries=tuple(_entries(reading, found)),
        explanation=said.dismissal.explanation if said.dismissal and found.dismissed else None,
        has_yours=_has_of(reading, found.finding_id, reading.reader.actor),
        version=said.seen,
        position=page.position,
    )


def _entries(reading: Reading, found: findings.Finding) -> Iterator[FoundEntry]:
    """As the reader may see them: what is behind a veil stays there, and so does what a restricted
    person's case says, whose reference is not told either.
    """
    allowed = FIELDS.get(reading.reader.actor.role, frozenset())
    for each in told_of(found):
        for recorded in reading.ledger.events(each.position - 1, 1):
            about = as_seen(recorded, allowed).envelope
            yield FoundEntry(
                position=about.position,
                stream=about.stream,
                version=about.version,
                type=about.event_type,
                step=about.step,
                occurred_on=about.occurred_on,
                recorded_at=about.recorded_at,
                actor=about.actor,
                made_by=made_by(about.actor.role, about.origin.kind),
            )


def told_of(found: findings.Finding) -> list[findings.RestsOn]:
    """What it rests on, without the cases that the reader does not read of."""
    return [each for each in found.rests_on if each.case_id is None or each.reference is not None]


def require_found(sources: Sources, finding_id: UUID) -> None:
    """Raises `Refused` where there is no such finding to say something of."""
    with sources.views.reading() as conn:
        if not findings.find(conn, findings.Filters(finding_id=finding_id)).rows:
            raise Refused("finding_not_found")


def require_of_others(sources: Sources, finding_id: UUID, actor: Actor) -> None:
    """Raises `NotAllowed` where an entry that it rests on is the actor's own."""
    if _has_of(sources, finding_id, actor):
        raise NotAllowed("finding_of_yours")


def _has_of(sources: Sources, finding_id: UUID, actor: Actor) -> bool:
    with sources.views.reading() as conn:
        positions = findings.positions_of(conn, finding_id)
    feed = sources.ledger.feed
    stored = [found for each in positions if (found := feed.stored(each)) is not None]
    return any(each.actor.id == actor.id for each in feed.about(stored))


def people_in(sources: Sources, finding_id: UUID) -> tuple[UUID, ...]:
    """Whose cases it rests on: all of them, also those that are not shown."""
    with sources.views.reading() as conn:
        return findings.people_in(conn, finding_id)
