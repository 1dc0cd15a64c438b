"""What of an event may leave the house, and under which names.

The fields that may are named here one by one: a new one stays inside until somebody adds it. None
is of a class that says something of a person, and none tells that somebody is or was in custody.
"""

import hmac
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from domain.case.events import CaseOpened
from domain.events.stored import EVENTS
from domain.events.veil import as_seen
from domain.message import (
    TIMER,
    Event,
    FieldClass,
    OriginKind,
    Recorded,
    StreamKind,
    class_of,
    kind_of,
    name_of,
)
from domain.values.calendar import local_date

USE = "exchange"
"""What the installation's own key is derived for."""

LEAVES = frozenset({FieldClass.PUBLIC, FieldClass.INTERNAL})
"""Not what is counted of a person: a few bands together tell somebody apart."""

FIELDS: Mapping[type, frozenset[str]] = {
    Decimal: frozenset(
        {
            *("amount", "cash", "cash_grant", "contracted", "envelope", "equipment"),
            *("equipment_amount", "estimated_cost", "fee", "goods", "own_contribution", "paid"),
            *("recommended_amount", "total"),
        }
    ),
    bool: frozenset(
        {
            *("appeal", "eligible", "ended", "financially_sound", "in_person", "later", "missed"),
            *("new_study", "technically_sound"),
        }
    ),
    int: frozenset({"level", "people_employed", "places", "planned_places"}),
    StrEnum: frozenset(
        {
            *("answer", "contract_kind", "decision", "ended_as", "funding_source", "opinion"),
            *("presence", "project", "result", "source", "track"),
        }
    ),
}
"""Amounts (MAD), yes or no, numbers, and codes: by their type, since a name has several meanings."""

THINGS = frozenset(
    {
        *(StreamKind.CASE, StreamKind.BENEFICIARY, StreamKind.PROJECT, StreamKind.AGREEMENT),
        *(StreamKind.ORDER, StreamKind.SESSION, StreamKind.CEREMONY, StreamKind.COHORT),
    }
)
"""What is told of. Complaints are not: to whom one is about, there is none."""

NAMING = {f"{kind}_id": kind for kind in THINGS} | {
    "into": StreamKind.AGREEMENT,
    "out_of": StreamKind.AGREEMENT,
}
"""Fields that name another thing."""

NEUTRAL_STEPS = frozenset(each.veil.step for each in EVENTS.values() if each.veil)
"""By which something of custody is known to everybody."""

OPENED_IN = "opened_in"
"""The code of the centre in which a case was opened."""

STAFF = "staff"
"""The kind of whoever made an entry; of timers, the system itself."""
SYSTEM = "system"

Scalar = bool | int | Decimal | str


class Pseudonyms:
    """Names by which a thing is known again in every export of an installation, and by no one else."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def of(self, kind: str, name: str | UUID) -> str:
        digest = hmac.digest(self._secret, f"{kind}/{name}".encode(), sha256)
        return f"{kind}-{digest[:10].hex()}"

    def of_stream(self, stream: str) -> str:
        return self.of(kind_of(stream), name_of(stream))


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that an entry is about or names."""

    kind: StreamKind
    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it may leave."""

    position: int
    version: int
    thing: Thing
    """In whose history it stands."""
    activity: str
    """Its stored name; one for all that tells of custody."""
    step: str
    day: date
    """Of what tells of custody the month's first."""
    neutral: bool
    """Whether it stands for something of custody."""
    recorded_at: datetime
    by: str
    """A keyed name, or the system's."""
    role: str
    centre: str | None
    via: OriginKind
    command: UUID
    rules: str
    mends: int | None
    fields: dict[str, Scalar]
    names: tuple[Thing, ...]

    @property
    def days_late(self) -> int | None:
        """From its day to the day on which it was entered; not told of a month."""
        return None if self.neutral else (local_date(self.recorded_at) - self.day).days


def outward(events: Iterable[Recorded]) -> list[Recorded]:
    """The events as whoever may read nothing of a person sees them.

    A step that recorded something of custody is neutral as a whole: by its name in another of its
    events, or by its day, one would know what it was.
    """
    seen = [as_seen(each, LEAVES) for each in events]
    neutral = {each.envelope.command_id: each for each in seen if _is_neutral(each)}
    return [_beside(each, neutral.get(each.envelope.command_id)) for each in seen]


def _beside(recorded: Recorded, neutral: Recorded | None) -> Recorded:
    if neutral is None:
        return recorded
    step, day = neutral.envelope.step, neutral.envelope.occurred_on
    return Recorded(recorded.envelope._replace(step=step, occurred_on=day), recorded.event)


def told(recorded: Recorded, names: Pseudonyms, unread: Collection[int] = ()) -> Told:
    """One event that `outward` has let pass; `unread`: versions told in a wrong person's case."""
    envelope, event = recorded.envelope, recorded.event
    silent = envelope.version in unread
    timed = envelope.actor.id == TIMER.id
    return Told(
        position=envelope.position,
        version=envelope.version,
        thing=Thing(kind_of(envelope.stream), name_of(envelope.stream)),
        activity=envelope.event_type.partition(":")[0],
        step=envelope.step,
        day=envelope.occurred_on,
        neutral=_is_neutral(recorded),
        recorded_at=envelope.recorded_at,
        by=SYSTEM if timed else names.of(STAFF, envelope.actor.id),
        role=str(envelope.actor.role),
        centre=envelope.actor.centre,
        via=envelope.origin.kind,
        command=envelope.command_id,
        rules=envelope.rules_version,
        mends=envelope.mends,
        fields={} if silent else dict(_fields(event)),
        names=() if silent else tuple(_named(event)),
    )


def _is_neutral(recorded: Recorded) -> bool:
    """Also of somebody who is erased, of whom nothing else is left to be read."""
    return recorded.envelope.step in NEUTRAL_STEPS


def moment_of(day: date) -> str:
    """Noon, UTC: the same day in Morocco, whatever its offset then."""
    return f"{day}T12:00:00+00:00"


def _fields(event: Event) -> Iterator[tuple[str, Scalar]]:
    if isinstance(event, CaseOpened):
        yield OPENED_IN, event.centre
    for name in type(event).model_fields:
        value = getattr(event, name)
        kind = next((each for each in FIELDS if isinstance(value, each)), None)
        if kind and name in FIELDS[kind] and class_of(type(event), name) in LEAVES:
            yield name, str(value) if kind is StrEnum else value


def _named(event: Event) -> Iterator[Thing]:
    for name in type(event).model_fields:
        value = getattr(event, name)
        kind = NAMING.get(name)
        if kind and isinstance(value, UUID) and class_of(type(event), name) in LEAVES:
            yield Thing(kind, str(value))
