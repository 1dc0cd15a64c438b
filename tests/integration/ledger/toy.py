"""A domain of a few lines, so that the ledger's promises are tested apart from the programme.

A pot (an agreement stream) holds so many coins. A person (a beneficiary stream) has a
name and an illness. A claim (a case stream) takes coins from the pot for the person, and
has a private note. `Stumble` is a step whose rule has a fault.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, cast
from uuid import UUID

from domain.errors import Refused
from domain.evolution import counted
from domain.handling import Context, State, World
from domain.message import Envelope, Event, FieldClass, Step, StreamKind, stream_id
from ledger.port import Domain

Secret = Annotated[str | None, FieldClass.PERSONAL]
DAY = date(2024, 7, 18)


class FillPot(Step):
    coins: int
    occurred_on: date = DAY


class Register(Step):
    name: Secret
    illness: Annotated[str | None, FieldClass.HEALTH] = None
    occurred_on: date = DAY


class Claim(Step):
    unfingerprinted: ClassVar[frozenset[str]] = frozenset({"attempt"})

    coins: int
    pot: str
    person: UUID
    note: Secret = None
    attempt: int = 0
    occurred_on: date = DAY


class AddNote(Step):
    note: Secret
    reason: Secret = None
    occurred_on: date = DAY


class Stumble(Step):
    note: Secret
    how: str = "decide"
    occurred_on: date = DAY


class PotFilled(Event):
    stream: ClassVar[StreamKind] = StreamKind.AGREEMENT
    coins: int


class CoinsTaken(Event):
    stream: ClassVar[StreamKind] = StreamKind.AGREEMENT
    coins: int
    claim: str


class Registered(Event):
    stream: ClassVar[StreamKind] = StreamKind.BENEFICIARY
    name: Secret = None
    illness: Annotated[str | None, FieldClass.HEALTH] = None


class Claimed(Event):
    stream: ClassVar[StreamKind] = StreamKind.CASE
    schema_version: ClassVar[int] = 2
    amount: Decimal
    """Version 1 called it `coins`."""
    person: UUID
    note: Secret = None


class NoteAdded(Event):
    stream: ClassVar[StreamKind] = StreamKind.CASE
    note: Secret = None
    reason: Secret = None
    """The event's own, not the envelope's."""


class Boasted(Event):
    """Has a personal field in a stream that has no subject."""

    stream: ClassVar[StreamKind] = StreamKind.AGREEMENT
    name: Secret = None


@dataclass(frozen=True, slots=True)
class Pot:
    version: int = 0
    seen: int = 0
    coins: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    version: int = 0
    seen: int = 0
    name: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimState:
    version: int = 0
    seen: int = 0
    person: UUID | None = None
    amount: Decimal = Decimal(0)
    notes: tuple[str | None, ...] = ()


INITIAL: dict[StreamKind, Any] = {
    StreamKind.AGREEMENT: Pot(),
    StreamKind.BENEFICIARY: Person(),
    StreamKind.CASE: ClaimState(),
    StreamKind.STAFF: Person(),
}


def evolve(_kind: StreamKind, state: Any, event: Event, envelope: Envelope) -> State:
    match event:
        case PotFilled(coins=coins):
            state = replace(state, coins=state.coins + coins)
        case CoinsTaken(coins=coins):
            state = replace(state, coins=state.coins - coins)
        case Registered(name=name):
            state = replace(state, name=name)
        case Claimed(amount=amount, person=person, note=note):
            notes = (*state.notes, note)
            state = replace(state, amount=state.amount + amount, person=person, notes=notes)
        case NoteAdded(note=note):
            state = replace(state, notes=(*state.notes, note))
        case _:
            pass
    folded: State = counted(state, envelope)
    return folded


def _fill(_: World, step: FillPot, __: Context) -> list[Event]:
    return [PotFilled(coins=step.coins)]


def _register(_: World, step: Register, __: Context) -> list[Event]:
    return [Registered(name=step.name, illness=step.illness)]


def _claim(world: World, step: Claim, ctx: Context) -> list[Event]:
    pot: Any = world.agreement
    if step.coins > pot.coins:
        raise Refused("pot_empty", left=pot.coins)
    return [
        Claimed(amount=Decimal(step.coins), person=step.person, note=step.note),
        CoinsTaken(coins=step.coins, claim=ctx.target),
    ]


def _note(_: World, step: AddNote, __: Context) -> list[Event]:
    return [NoteAdded(note=step.note, reason=step.reason)]


def _stumble(_: World, step: Stumble, __: Context) -> list[Event]:
    match step.how:
        case "subject":
            return [Boasted(name=step.note)]
        case "kind":
            return [NoteAdded(note=step.note)]
        case _:
            raise ValueError(f"cannot stand {step.note}")


@dataclass(frozen=True, slots=True)
class Toy:
    kind: StreamKind
    decide: Any
    reads: Any = lambda _command, _state: ()


HANDLINGS: dict[type[Step], Toy] = {
    FillPot: Toy(StreamKind.AGREEMENT, _fill),
    Register: Toy(StreamKind.BENEFICIARY, _register),
    Claim: Toy(StreamKind.CASE, _claim, lambda command, _state: (command.step.pot,)),
    AddNote: Toy(StreamKind.CASE, _note),
    Stumble: Toy(StreamKind.AGREEMENT, _stumble),
}


def subject_of(world: World, step: Step, ctx: Context, kind: StreamKind) -> UUID | None:
    match kind:
        case StreamKind.BENEFICIARY:
            return UUID(ctx.target.partition("/")[2])
        case StreamKind.CASE:
            claim: Any = world.case
            return step.person if isinstance(step, Claim) else cast("UUID | None", claim.person)
        case _:
            return None


def upcast(type_name: str, version: int, payload: dict[str, Any]) -> dict[str, Any]:
    if type_name == "Claimed" and version == 1:
        payload["amount"] = payload.pop("coins")
    return payload


def named(step: type[Step] | Step) -> str:
    return (step if isinstance(step, type) else type(step)).__name__


TOY = Domain(
    handlings=HANDLINGS,
    steps={named(step): step for step in HANDLINGS},
    events={
        cls.__name__: cls
        for cls in (PotFilled, CoinsTaken, Registered, Claimed, NoteAdded, Boasted)
    },
    by_day=frozenset({StreamKind.CASE, StreamKind.BENEFICIARY}),
    initial=lambda kind: INITIAL[kind],
    evolve=evolve,
    upcast=upcast,
    step_name=named,
    subject_of=subject_of,
    rules_version_of=lambda _world: "toy-1",
    directory=stream_id(StreamKind.STAFF, "directory"),
    holds=lambda _state, _actor: True,
)


def pot(name: str = "pot") -> str:
    return stream_id(StreamKind.AGREEMENT, name)


def claim(name: UUID | str) -> str:
    return stream_id(StreamKind.CASE, name)


def person(name: UUID) -> str:
    return stream_id(StreamKind.BENEFICIARY, name)
