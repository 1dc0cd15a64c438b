"""The shapes everything else is made of: steps, events, and what surrounds them.

A *step* is what a person or a timer issues, an *event* is what was recorded. Both are
payload only. A `Command` wraps a step with who asks and for which stream; `Recorded`
wraps an event with its `Envelope`, written by the ledger and by nobody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, NamedTuple, TypeVar
from uuid import UUID, uuid5

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from domain.values.days import ProgrammeDay
from domain.values.texts import name, one_line, several_lines

COMMAND_NAMESPACE = UUID("6f0c2a52-6e0c-5d1f-9b1a-2f4a54c6a7e1")


class StreamKind(StrEnum):
    """The kinds of streams in the ledger; a stream's id is `<kind>/<name>`."""

    CASE = "case"
    PROJECT = "project"
    AGREEMENT = "agreement"
    ORDER = "order"
    SESSION = "session"
    CEREMONY = "ceremony"
    COHORT = "cohort"
    COMPLAINT = "complaint"
    RECEPTION = "reception"
    BENEFICIARY = "beneficiary"
    STAFF = "staff"
    REGISTRY = "registry"
    REFERENCE = "reference"
    NUMBERS = "numbers"
    BATCH = "batch"
    UPKEEP = "upkeep"
    FINDING = "finding"


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
    STATISTICAL = "statistical"
    """Counted, and kept in the clear when its person is erased."""
    PERSONAL = "personal"
    JUDICIAL = "judicial"
    HEALTH = "health"
    HIDDEN = "hidden"
    """By which something is recognised; shown to nobody, and kept in the clear."""


ENCRYPTED = frozenset({FieldClass.PERSONAL, FieldClass.JUDICIAL, FieldClass.HEALTH})

T = TypeVar("T")
Statistical = Annotated[T, FieldClass.STATISTICAL]
Personal = Annotated[T | None, FieldClass.PERSONAL]
Judicial = Annotated[T | None, FieldClass.JUDICIAL]
Health = Annotated[T | None, FieldClass.HEALTH]
"""`Health[str]`: an encrypted field of an event; its default must be None, as it reads erased."""
Hidden = Annotated[T, FieldClass.HIDDEN]

ShortText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(one_line),
]
NameText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(name),
]
"""What a house, an office, a place, a thing is called: a short text with a letter in it."""
LongText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4000),
    AfterValidator(several_lines),
]


def class_of(model: type[BaseModel], name: str) -> FieldClass:
    """The class of a model's field."""
    return class_among(model.model_fields[name].metadata)


def class_among(marks: Iterable[object]) -> FieldClass:
    """The class that a field's annotations name; internal where they name none."""
    return next((mark for mark in marks if isinstance(mark, FieldClass)), FieldClass.INTERNAL)


class Message(BaseModel):
    """A frozen form that refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Record(BaseModel):
    """A frozen part of what was recorded, read as it stands.

    It has no limits, and passes over what it does not know: a form may become stricter, and
    what was recorded under the form before it stays readable. The form of a part is made
    from it, with its limits.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        revalidate_instances="subclass-instances",
    )


class Step(Message):
    """What somebody asks for. Its name in the API is the class name in kebab case."""

    occurred_on: ProgrammeDay = Field(examples=["2024-07-18"])
    """The day it happened, as the user dates it (Africa/Casablanca); not when it was typed."""

    may_precede: ClassVar[bool] = False
    """Whether it may tell of days before that on which what it is taken on began."""
    with_the_person: ClassVar[bool] = False
    """Whether it is done with the person, or for their life to come: on no day after their death."""


@dataclass(frozen=True, slots=True)
class Veil:
    """What types of events look alike as whose very name would tell too much (`domain.events.veil`)."""

    event: "type[Event]"
    """What is left of them. It has no field: one would tell which of them it was."""
    step: str
    """In the place of the step's name."""
    mark: FieldClass
    """Who may read this class sees through."""


class Event(Record):
    """What happened. `stream` says in which kind of stream it is kept.

    `class CaseOpened(CaseEvent, stored="CaseOpened", version=1)`: a type that is recorded says
    under which name and version. The name is the ledger's for good, whatever becomes of the
    class's; another shape needs another version and an upcast (`domain.upcasts`).
    """

    stream: ClassVar[StreamKind]
    stored: ClassVar[str] = ""
    """Empty for what several types share, and is never recorded itself."""
    schema_version: ClassVar[int] = 1
    veil: ClassVar[Veil | None] = None

    def __init_subclass__(
        cls, *, stored: str = "", version: int = 1, veil: Veil | None = None, **config: Any
    ) -> None:
        super().__init_subclass__(**config)
        cls.stored, cls.schema_version, cls.veil = stored, version, veil


class Role(StrEnum):
    CASEWORKER = "caseworker"
    COORDINATOR = "coordinator"
    DIVISION = "division"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    TIMER = "timer"
    """The system itself, when a due time passes. No person can hold it."""
    OPERATOR = "operator"
    """Whoever runs a command at the machine itself. Nobody comes with it over the network."""


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
    MACHINE = "machine"
    """A command at the machine itself, beside those that found an installation."""


BY_PEOPLE = frozenset({OriginKind.API, OriginKind.BATCH})
"""What comes in over the network, by somebody with a credential; the rest is begun here."""


class Origin(Message):
    """The way by which a command came in."""

    kind: OriginKind
    id: str | None = None
    run: str | None = None
    """The workflow run it came through, where it came through one."""
    device: str | None = None
    """A keyed hash by which a browser is known again, where it came from one, or the device that a program
    says it runs on; it tells of nobody."""


class MadeBy(StrEnum):
    """Whether a person or the system made an event."""

    PERSON = "person"
    """Somebody signed in, or with a key."""
    LIST = "list"
    """A list that somebody prepared and started, line by line."""
    IMPORT = "import"
    """An import, by somebody at the machine."""
    OPERATOR = "operator"
    """A command at the machine itself."""
    SYSTEM = "system"
    """Nobody: a day came, or what had to follow followed."""


_MADE_BY = {
    OriginKind.TIMER: MadeBy.SYSTEM,
    OriginKind.BATCH: MadeBy.LIST,
    OriginKind.IMPORT: MadeBy.IMPORT,
    OriginKind.FOUNDING: MadeBy.OPERATOR,
    OriginKind.MACHINE: MadeBy.OPERATOR,
}


def made_by(role: Role, origin: OriginKind) -> MadeBy:
    """Who made what this role recorded in this way."""
    return MadeBy.SYSTEM if role is Role.TIMER else _MADE_BY.get(origin, MadeBy.PERSON)


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
    marks: tuple[str, ...] = ()
    """Of the numbers of people that its step tells of, each as a keyed hash, in their order. The
    ledger puts them there before it decides: no rule has the key."""
    known: tuple[tuple[str, str], ...] = ()
    """Where it says anew who its person is: each number that was told of them, and its mark."""
    cases_left: int = 0
    """How many open cases are with somebody who leaves, where whoever sent it looked."""
    alike: tuple[UUID, ...] = ()
    """Who is registered already under a name and a birth like those it tells of, where whoever sent
    it looked: they are told of."""


def command_id(actor: UUID, idempotency_key: str) -> UUID:
    """The id of what `actor` asks under this key: the same for every repetition."""
    return uuid5(COMMAND_NAMESPACE, f"{actor}/{idempotency_key}")


def derived_id(command: UUID, name: str) -> UUID:
    """The id of a thing made by a command, the same each time the command is decided."""
    return uuid5(command, name)


class Envelope(NamedTuple):
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
    lost: bool = False
    """Whether what is encrypted reads as if erased, and nobody was: the subject's key is neither
    there nor destroyed. Known when it is read, and never stored."""
    mends: int | None = None
    """The version of the event whose place it takes, where it corrects one: the first that ever
    stood there. Its step and day are those of what it tells instead."""


class Recorded(NamedTuple):
    """An event and its envelope, as it stands in the ledger."""

    envelope: Envelope
    event: Event

    @property
    def originator_id(self) -> str:
        return self.envelope.stream

    @property
    def originator_version(self) -> int:
        return self.envelope.version
