"""The whole history of a stream, from the ledger, and how it stood at any moment.

Of cases, projects and people; `histories.py` has those of what several centres share, and of
the house.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import wraps
from itertools import chain
from typing import Annotated, Any, ParamSpec, Protocol, Self, cast
from uuid import UUID

from pydantic import Field, PrivateAttr
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
from domain.registry.state import REGISTRY, RegistryState
from domain.steps.handling import State
from domain.values.calendar import local_date
from ledger.ledger import Ledger
from projections.views.timeline import Mended, as_mended
from service.access.masking import hidden_fields, shown_of_event, shown_of_state
from service.access.reader import Reader, Reading
from service.access.table import AUDITORS, FIELDS
from service.access.things import SeenCase, SeenPerson, SeenProject
from service.queries.replaying import (
    Basis,
    Changed,
    NamedCode,
    begin_between,
    changed_by,
    come_to,
    named_in,
    run_address,
)

P = ParamSpec("P")
ALL_EVENTS = 10**9


class OfLedger(Protocol):
    """All that a history is told from: a `Reading` has it, and so has whoever opened the ledger."""

    @property
    def ledger(self) -> Ledger: ...
    @property
    def reader(self) -> Reader: ...
    @property
    def temporal_pages(self) -> str | None: ...


class Moment(Message):
    """Which moment of a stream is asked about; what is left out does not limit."""

    version: int | None = None
    occurred_by: date | None = None
    known_by: datetime | None = None
    position: int | None = None
    """What the whole ledger had up to there."""

    def reached(self, recorded: Recorded) -> bool:
        return self.position is None or recorded.envelope.position <= self.position


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
    changes: bool = False
    """Whether it is asked what each of them changed."""
    since: Moment | None = None
    """The other moment, where it is asked what differs from it."""


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
    days_late: int
    """How long after that day it was recorded."""
    changes: tuple[Changed, ...] | None = None
    """What it changed of the thing as it was known before; None unless `changes=true` asked for it."""
    run_address: str | None = None
    """The run of Temporal that carried it, in Temporal's own pages: told to who audits or runs the house,
    where they are known."""

    @property
    def name(self) -> str:
        """Of what happened, whatever version it is written in."""
        return self.type.partition(":")[0]


class Compared(Message):
    """What differs between the moment that was asked about and another one."""

    version: int
    """Of the stream at that other moment."""
    changes: tuple[Changed, ...]
    """From that moment to the one asked about, whichever of them is the earlier."""
    came: tuple[int, ...]
    """The versions of the entries that count at the moment asked about alone."""
    left: tuple[int, ...]
    """And of those that count at that other moment alone: they were mended, or are of later days."""
    more: int = 0
    """So many more fields differ, where that is too much for one answer: compare moments that lie
    closer together."""


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
    compared: Compared | None = None
    """With the moment that `from_version`, `from_occurred_by`, `from_known_by` or `from_position` say."""
    named: tuple[NamedCode, ...] = ()
    """What the changes that were asked for name by a code of the registry."""
    _counted: frozenset[int] = PrivateAttr(default=frozenset())

    @property
    def counted(self) -> frozenset[int]:
        """The versions of all entries that count at that moment, also those on other pages."""
        return self._counted

    def counting(self, versions: Iterable[int]) -> Self:
        self._counted = frozenset(versions)
        return self


def comparable(query: Callable[P, History]) -> Callable[P, History]:
    """The history's query, which says too what differs from another moment, where that is asked.

    Both are told by the very same query, so neither has more in it than its reader may see.
    """

    @wraps(query)
    def told(*asked: P.args, **named: P.kwargs) -> History:
        stretch = cast("Stretch", asked[-1])
        found = query(*asked, **named)
        if stretch.since is None:
            return found
        plain: Any = query
        whole = replace(stretch, after=0, limit=1, latest=False, stated=True, changes=False)
        there = plain(*asked[:-1], replace(whole, moment=stretch.since, since=None))
        here = plain(*asked[:-1], replace(whole, since=None))
        compared = _compared(there, here)
        reading = cast("OfLedger", asked[0])
        codes = named_in(_registry(reading), compared.changes)
        known = {each.code: each for each in (*found.named, *codes)}
        return found.model_copy(update={"compared": compared, "named": tuple(known.values())})

    return told


def _registry(reading: OfLedger) -> RegistryState:
    return cast("RegistryState", reading.ledger.state(REGISTRY))


def _compared(there: History, here: History) -> Compared:
    before, after = there.counted, here.counted
    told, more = begin_between(there.state, here.state, Role.AUDITOR)  # both are masked already
    return Compared(
        version=there.version,
        changes=told,
        came=tuple(sorted(after - before)),
        left=tuple(sorted(before - after)),
        more=more,
    )


@comparable
def get_case_history(reading: Reading, case: SeenCase, stretch: Stretch) -> History:
    return history(reading, stream_id(StreamKind.CASE, case.id), stretch)


@comparable
def get_project_history(reading: Reading, project: SeenProject, stretch: Stretch) -> History:
    return history(reading, stream_id(StreamKind.PROJECT, project.id), stretch)


@comparable
def get_beneficiary_history(reading: Reading, person: SeenPerson, stretch: Stretch) -> History:
    return history(reading, stream_id(StreamKind.BENEFICIARY, person.id), stretch)


def history(reading: OfLedger, stream: str, stretch: Stretch) -> History:
    """The stretch of events; all up to the moment that count make the state."""
    moment = stretch.moment
    known = known_at(reading, stream, moment)
    unread = _unread(reading, stream)
    readable = [each for each in known if each.envelope.version not in unread]
    counted, told = readable, known
    if moment.occurred_by is not None:
        counted = happened_by(readable, moment.occurred_by)
        told = _told_by(known, moment.occurred_by) if counted else []
    state = come_to(reading.ledger, stream, counted, now=moment == Moment())
    mended = _mended_in(reading, stream, known)
    basis = Basis(readable, moment.occurred_by)
    return shown(reading, stream, state, told, stretch, basis, Marks(mended, unread))


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


def _unread(reading: OfLedger, stream: str) -> frozenset[int]:
    """As it is now, whichever moment is asked about: what was told in the wrong person's case."""
    mended: Mendings = getattr(reading.ledger.state(stream), "mended", {})
    return frozenset(version for version, each in mended.items() if each.wrong_person)


def _mended_in(reading: OfLedger, stream: str, known: Sequence[Recorded]) -> Mendings:
    """What became of entries, by these events as their reader may see them."""
    if not any(isinstance(each.event, MendedEvent) for each in known):
        return {}
    mended: Mendings = getattr(reading.ledger.fold(stream, known), "mended", {})
    return mended


def shown(
    reading: OfLedger,
    stream: str,
    state: State,
    told: Sequence[Recorded],
    stretch: Stretch,
    basis: Basis | None = None,
    marks: Marks = NO_MARKS,
) -> History:
    """What a stream came to, and those of its events that are `told`.

    What each changed is found in all that made the state (`basis`), where that is more than is told.
    """
    role = reading.reader.actor.role
    later = [each for each in told if each.envelope.version > stretch.after]
    page = later[-stretch.limit :] if stretch.latest else later[: stretch.limit]
    changes = dict[int, tuple[Changed, ...]]()
    if stretch.changes:
        every = stretch.limit == ALL_EVENTS
        changes = changed_by(stream, basis or Basis(told), page, role, whole=every)
        if changes:  # the page ends where they do
            page = [each for each in page if each.envelope.version <= max(changes)]
    ends = page[-1:] == later[-1:]
    events = _events(page, role, marks, pages_for(reading))
    found = History(
        stream=stream,
        version=state.version,
        state=_state(state, role) if state.version and stretch.stated else {},
        events=tuple(
            each.model_copy(update={"changes": changes.get(each.version, ())})
            if stretch.changes
            else each
            for each in events
        ),
        next_after=None if ends else page[-1].envelope.version,
        named=named_in(_registry(reading), chain.from_iterable(changes.values()))
        if changes
        else (),
    )
    return found.counting(
        each.envelope.version for each in told if each.envelope.version not in marks.mended
    )


def pages_for(reading: OfLedger) -> str | None:
    """Where Temporal's own pages are, for who audits or runs the house; None for everybody else."""
    return reading.temporal_pages if reading.reader.actor.role in AUDITORS else None


def counted_at(reading: OfLedger, stream: str, moment: Moment) -> list[Recorded]:
    """The events that count at that moment, as the reader may see them."""
    events = known_at(reading, stream, moment)
    return events if moment.occurred_by is None else happened_by(events, moment.occurred_by)


def known_at(reading: OfLedger, stream: str, moment: Moment) -> list[Recorded]:
    """The events known at that moment, as the reader may see them.

    By their days too: whoever may not know a day may not find it by asking day after day.
    """
    allowed = FIELDS.get(reading.reader.actor.role, frozenset())
    known = reading.ledger.history(stream, up_to=moment.version, known_by=moment.known_by)
    return [as_seen(recorded, allowed) for recorded in known if moment.reached(recorded)]


def _state(state: object, role: Role) -> dict[str, Any]:
    """What of it the role may see, as JSON has it."""
    shown: dict[str, Any] = shown_of_state(state, to_jsonable_python(state), role)
    return shown


def _origin(origin: Origin, role: Role) -> Origin:
    """Who shares a browser with whom is the auditor's to see."""
    if origin.device is None or role is Role.AUDITOR:
        return origin
    return origin.model_copy(update={"device": None})


def _events(
    page: Iterable[Recorded], role: Role, marks: Marks, pages: str | None
) -> Iterable[HistoricEvent]:
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
            origin=_origin(envelope.origin, role),
            made_by=made_by(envelope.actor.role, envelope.origin.kind),
            command_id=envelope.command_id,
            rules_version=envelope.rules_version,
            calendar_version=envelope.calendar_version,
            reason=None if unread else envelope.reason,
            fields={} if unread else shown_of_event(event, role),
            masked=tuple(sorted(hidden)),
            mends=envelope.mends,
            mended=as_mended(marks.mended.get(envelope.version)),
            days_late=max((local_date(envelope.recorded_at) - envelope.occurred_on).days, 0),
            run_address=run_address(pages, envelope.stream, envelope.origin.run),
        )
