"""The shapes everything else is made of: steps, events, and what surrounds them.

A *step* is what a person or a timer issues, an *event* is what was recorded. Both are
payload only. A `Command` wraps a step with who asks and for which stream; `Recorded`
wraps an event with its `Envelope`, written by the ledger and by nobody else.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

COMMAND_NAMESPACE = UUID("6f0c2a52-6e0c-5d1f-9b1a-2f4a54c6a7e1")


class StreamKind(StrEnum):
    """The kinds of streams in the ledger; a stream's id is `<kind>/<name>`."""

    CASE = "case"
    PROJECT = "project"
    AGREEMENT = "agreement"
    CEREMONY = "ceremony"
    BENEFICIARY = "beneficiary"
    STAFF = "staff"
    REGISTRY = "registry"


def stream_id(kind: StreamKind, name: UUID | str) -> str:
    """`case/6f0c…`: the id under which the ledger keeps a stream."""
    return f"{kind}/{name}"


def kind_of(stream: str) -> StreamKind:
    return StreamKind(stream.partition("/")[0])


def name_of(stream: str) -> str:
    return stream.partition("/")[2]


class FieldClass(StrEnum):
    """How far a field may travel. Unmarked fields are internal.

    Personal, judicial and health fields of an event are encrypted under the key of the
    event's subject, and are `None` once that key is destroyed. Marks count at the top
    level of an event only, so a marked list or record is encrypted whole.
    """

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    JUDICIAL = "judicial"
    HEALTH = "health"


ENCRYPTED = frozenset({FieldClass.PERSONAL, FieldClass.JUDICIAL, FieldClass.HEALTH})

ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class Message(BaseModel):
    """A frozen record that refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Step(Message):
    """What somebody asks for. Its name in the API is the class name in kebab case."""

    occurred_on: date = Field(examples=["2024-07-18"])
    """The day it happened, as the user dates it (Africa/Casablanca); not when it was typed."""


class Event(Message):
    """What happened. `stream` says in which kind of stream it is kept."""

    stream: ClassVar[StreamKind]
    schema_version: ClassVar[int] = 1


class Role(StrEnum):
    CASEWORKER = "caseworker"
    COORDINATOR = "coordinator"
    DIVISION = "division"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    TIMER = "timer"
    """The system itself, when a due time passes. No person can hold it."""


class Actor(Message):
    """Who acts: a member of staff and, for those bound to one, their centre."""

    id: UUID
    role: Role
    centre: str | None = None
    credential: UUID | None = None
    """The id of the access key they came with; none for what no person asks for."""


TIMER = Actor(id=UUID(int=0), role=Role.TIMER)


class OriginKind(StrEnum):
    API = "api"
    TIMER = "timer"
    BATCH = "batch"
    IMPORT = "import"
    FOUNDING = "founding"


BY_PEOPLE = frozenset({OriginKind.API, OriginKind.BATCH})
"""What comes in over the network, by somebody with a credential; the rest is begun here."""


class Origin(Message):
    """The way by which a command came in."""

    kind: OriginKind
    id: str | None = None
    run: str | None = None
    """The workflow run it came through, where it came through one."""


class Command(Message):
    """A step, on one stream, by one actor. `id` alone decides sameness, with the body."""

    id: UUID
    target: str
    step: Step
    actor: Actor
    origin: Origin
    expected_version: int | None = None
    """The version the asker saw (`If-Match`); when people changed it since, it is refused."""
    reason: str | None = None
    sealed_at: datetime | None = None
    """When it was sealed as an order (UTC), where it came as one."""


def command_id(actor: UUID, idempotency_key: str) -> UUID:
    """The id of what `actor` asks under this key: the same for every repetition."""
    return uuid5(COMMAND_NAMESPACE, f"{actor}/{idempotency_key}")


def derived_id(command: UUID, name: str) -> UUID:
    """The id of a thing made by a command, the same each time the command is decided."""
    return uuid5(command, name)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the ledger knows of an event beside its payload."""

    event_id: UUID
    event_type: str
    event_version: int
    stream: str
    version: int
    """1 for a stream's first event, without gaps."""
    position: int
    """1 for the ledger's first event, without gaps; 0 until it is stored."""
    subject: UUID | None
    """Whose key encrypts the personal fields."""
    occurred_on: date
    recorded_at: datetime
    """UTC."""
    step: str
    """What it came of, by its name in the API: one step may record several events."""
    actor: Actor
    origin: Origin
    command_id: UUID
    rules_version: str
    calendar_version: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event and its envelope, as it stands in the ledger."""

    envelope: Envelope
    event: Event

    @property
    def originator_id(self) -> str:
        return self.envelope.stream

    @property
    def originator_version(self) -> int:
        return self.envelope.version
