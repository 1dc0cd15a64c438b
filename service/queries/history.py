"""The whole history of a stream, from the ledger, and how it stood at any moment.

Of cases, projects and people; `histories.py` has those of what several centres share, and of
the house.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from pydantic_core import to_jsonable_python

from domain.events.veil import as_seen
from domain.folds.mended import Mended as MendedEvent
from domain.folds.mended import Mendings
from domain.folds.order import happened_by
from domain.message import (
    Actor,
    FieldClass,
    MadeBy,
    Message,
    Origin,
    Recorded,
    Role,
    StreamKind,
    made_by,
    stream_id,
)
from domain.steps.handling import State
from projections.views.timeline import Mended, as_mended
from service.access.masking import hidden_fields, shown_of_event, shown_of_state
from service.access.reader import Reading
from service.access.table import FIELDS
from service.access.things import SeenCase, SeenPerson, SeenProject


class Moment(Message):
    """Which moment of a stream is asked about; what is left out does not limit."""

    version: int | None = None
    occurred_by: date | None = None
    known_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which moment is asked about, and which part of what led up to it."""

    moment: Moment
    after: int
    """The events with a version greater than this."""
    limit: int
    latest: bool = False
    """Whether of more events than that the last are meant, and not the first."""
    stated: bool = True
    """Whether it is asked what they come to, too."""


class HistoricEvent(Message):
    """An event with all that is known about it."""

    position: int
    version: int
    event_id: UUID
    type: str
    """`CircumstancesRecorded` for whatever tells of custody, to who may not know of it."""
    type_version: int
    occurred_on: date
    """Of custody the first day of the month, to who may not know more."""
    recorded_at: datetime
    step: str = Field(examples=["record-release"])
    """The step it came of; one may record several events."""
    actor: Actor
    origin: Origin
    made_by: MadeBy
    """Whether a person or the system made it; of what nobody typed, the system."""
    command_id: UUID
    rules_version: str
    calendar_version: str
    reason: Annotated[str | None, FieldClass.PERSONAL]
    fields: dict[str, Any]
    masked: tuple[str, ...]
    """The fields that were left out, because your role may not see them, or they were told in the
    wrong person's case."""
    mends: int | None = None
    """The version of the entry in whose place it stands."""
    mended: Mended | None = None
    """What became of it by that moment, where it does not count any more."""

    @property
    def name(self) -> str:
        """Of what happened, whatever version it is written in."""
        return self.type.partition(":")[0]


class History(Message):
    """The events up to a moment, and what they come to."""

    stream: str = Field(examples=["case/6f0c2a52-6e0c-5d1f-9b1a-2f4a54c6a7e1"])
    version: int
    """Of the stream at that moment, reminders counted: what `version` asks for."""
    state: dict[str, Any]
    """How it stood; `{}` where nothing had happened."""
    events: tuple[HistoricEvent, ...]
    next_after: int | None
    """Give it as `after` for the next page; none after the last."""


def get_case_history(reading: Reading, case: SeenCase, stretch: Stretch) -> History:
    return history(reading, stream_id(StreamKind.CASE, case.id), stretch)


def get_project_history(reading: Reading, project: SeenProject, stretch: Stretch) -> History:
    return history(reading, stream_id(StreamKind.PROJECT, project.id), stretch)


def get_beneficiary_history(reading: Reading, person: SeenPerson, stretch: Stretch) -> History:
    return history(reading, stream_id(StreamKind.BENEFICIARY, person.id), stretch)


def history(reading: Reading, stream: str, stretch: Stretch) -> History:
    """The stretch of events; all up to the moment that count make the state."""
    moment = stretch.moment
    known = known_at(reading, stream, moment)
    unread = _unread(reading, stream)
    readable = [each for each in known if each.envelope.version not in unread]
    counted, told = readable, known
    if moment.occurred_by is not None:
        counted = happened_by(readable, moment.occurred_by)
        told = _told_by(known, moment.occurred_by) if counted else []
    state = reading.ledger.fold(stream, counted)
    mended = _mended_in(reading, stream, known)
    return shown(reading, stream, state, told, stretch, Marks(mended, unread))


@dataclass(frozen=True, slots=True)
class Marks:
    """What is said of entries that do not count."""

    mended: Mendings = field(default_factory=dict)
    unread: Collection[int] = ()
    """The versions of which nothing is to be read here."""


NO_MARKS = Marks()


def _told_by(known: Sequence[Recorded], day: date) -> list[Recorded]:
    """What tells of days up to that one, what is mended too."""
    return [each for each in known if each.envelope.occurred_on <= day]


def _unread(reading: Reading, stream: str) -> frozenset[int]:
    """As it is now, whichever moment is asked about: what was told in the wrong person's case."""
    mended: Mendings = getattr(reading.ledger.state(stream), "mended", {})
    return frozenset(version for version, each in mended.items() if each.wrong_person)


def _mended_in(reading: Reading, stream: str, known: Sequence[Recorded]) -> Mendings:
    """What became of entries, by these events as their reader may see them."""
    if not any(isinstance(each.event, MendedEvent) for each in known):
        return {}
    mended: Mendings = getattr(reading.ledger.fold(stream, known), "mended", {})
    return mended


def shown(
    reading: Reading,
    stream: str,
    state: State,
    told: Sequence[Recorded],
    stretch: Stretch,
    marks: Marks = NO_MARKS,
) -> History:
    """What a stream came to, and those of its events that are `told`."""
    role = reading.reader.actor.role
    later = [each for each in told if each.envelope.version > stretch.after]
    page = later[-stretch.limit :] if stretch.latest else later[: stretch.limit]
    ends = page[-1:] == later[-1:]
    return History(
        stream=stream,
        version=state.version,
        state=_state(state, role) if state.version and stretch.stated else {},
        events=tuple(_events(page, role, marks)),
        next_after=None if ends else page[-1].envelope.version,
    )


def counted_at(reading: Reading, stream: str, moment: Moment) -> list[Recorded]:
    """The events that count at that moment, as the reader may see them."""
    events = known_at(reading, stream, moment)
    return events if moment.occurred_by is None else happened_by(events, moment.occurred_by)


def known_at(reading: Reading, stream: str, moment: Moment) -> list[Recorded]:
    """The events known at that moment, as the reader may see them.

    By their days too: whoever may not know a day may not find it by asking day after day.
    """
    allowed = FIELDS.get(reading.reader.actor.role, frozenset())
    known = reading.ledger.history(stream, up_to=moment.version, known_by=moment.known_by)
    return [as_seen(recorded, allowed) for recorded in known]


def _state(state: object, role: Role) -> dict[str, Any]:
    """What of it the role may see, as JSON has it."""
    shown: dict[str, Any] = shown_of_state(state, to_jsonable_python(state), role)
    return shown


def _events(page: Iterable[Recorded], role: Role, marks: Marks) -> Iterable[HistoricEvent]:
    for recorded in page:
        envelope, event = recorded.envelope, recorded.event
        unread = envelope.version in marks.unread
        hidden = type(event).model_fields if unread else hidden_fields(type(event), role)
        yield HistoricEvent(
            position=envelope.position,
            version=envelope.version,
            event_id=envelope.event_id,
            type=envelope.event_type,
            type_version=envelope.event_version,
            occurred_on=envelope.occurred_on,
            recorded_at=envelope.recorded_at,
            step=envelope.step,
            actor=envelope.actor,
            origin=envelope.origin,
            made_by=made_by(envelope.actor.role, envelope.origin.kind),
            command_id=envelope.command_id,
            rules_version=envelope.rules_version,
            calendar_version=envelope.calendar_version,
            reason=None if unread else envelope.reason,
            fields={} if unread else shown_of_event(event, role),
            masked=tuple(sorted(hidden)),
            mends=envelope.mends,
            mended=as_mended(marks.mended.get(envelope.version)),
        )
