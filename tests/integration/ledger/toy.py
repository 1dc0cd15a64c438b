"""A domain of a few lines, so that the ledger's promises are tested apart from the programme.

A pot (an agreement stream) holds so many coins. A person (a beneficiary stream) has a
name and an illness. A claim (a case stream) takes coins from the pot for the person, and
has a private note. A pot is poured into another, a claim is shared with another: so two of
a kind meet in one decision. That the person fainted or recovered is behind a veil. `Stumble` is
a step whose rule has a fault.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar
from uuid import UUID

from domain.errors import Refused
from domain.events.stored import by_name
from domain.folds.evolution import counted
from domain.folds.past import Past
from domain.message import (
    Command,
    Envelope,
    Event,
    FieldClass,
    Step,
    StreamKind,
    Veil,
    stream_id,
)
from domain.steps.handling import Context, Events, State, World
from domain.steps.roles import StreamRole
from ledger.port import Domain, Part

Secret = Annotated[str | None, FieldClass.PERSONAL]
DAY = date(2024, 7, 18)


class FillPot(Step):
    coins: int
    occurred_on: date = DAY


class Register(Step):
    name: Secret
    illness: Annotated[str | None, FieldClass.HEALTH] = None
    occurred_on: date = DAY


class Erase(Step):
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


class Pour(Step):
    coins: int
    into: str
    """The other pot."""
    occurred_on: date = DAY


class Share(Step):
    note: Secret
    other: str
    """The other claim."""
    others_note: Secret
    occurred_on: date = DAY


class Faint(Step):
    where: Secret = None
    occurred_on: date = DAY


class Recover(Step):
    occurred_on: date = DAY


class Stumble(Step):
    note: Secret
    how: str = "decide"
    occurred_on: date = DAY


class PotFilled(Event, stored="PotFilled"):
    stream: ClassVar[StreamKind] = StreamKind.AGREEMENT
    coins: int


class CoinsTaken(Event, stored="CoinsTaken"):
    stream: ClassVar[StreamKind] = StreamKind.AGREEMENT
    coins: int
    claim: str


class Registered(Event, stored="Registered"):
    stream: ClassVar[StreamKind] = StreamKind.BENEFICIARY
    name: Secret = None
    illness: Annotated[str | None, FieldClass.HEALTH] = None


class Erased(Event, stored="Erased"):
    stream: ClassVar[StreamKind] = StreamKind.BENEFICIARY


class Claimed(Event, stored="Claimed", version=2):
    stream: ClassVar[StreamKind] = StreamKind.CASE
    amount: Decimal
    """Version 1 called it `coins`."""
    person: UUID
    note: Secret = None


class NoteAdded(Event, stored="NoteAdded"):
    stream: ClassVar[StreamKind] = StreamKind.CASE
    note: Secret = None
    reason: Secret = None
    """The event's own, not the envelope's."""


class HealthChanged(Event, stored="HealthChanged"):
    """What can be told of a faint and of a recovery."""

    stream: ClassVar[StreamKind] = StreamKind.CASE


SCREEN = Veil(HealthChanged, "NoteHealth", FieldClass.HEALTH)


class Fainted(Event, stored="Fainted", veil=SCREEN):
    stream: ClassVar[StreamKind] = StreamKind.CASE
    where: Secret = None


class Recovered(Event, stored="Recovered", veil=SCREEN):
    stream: ClassVar[StreamKind] = StreamKind.CASE


class Boasted(Event, stored="Boasted"):
    """Has a personal field in a stream that has no subject."""

    stream: ClassVar[StreamKind] = StreamKind.AGREEMENT
    name: Secret = None


@dataclass(frozen=True)
class Pot:
    version: int = 0
    seen: int = 0
    coins: int = 0


@dataclass(frozen=True)
class Person:
    version: int = 0
    seen: int = 0
    name: str | None = None


@dataclass(frozen=True)
class ClaimState:
    version: int = 0
    seen: int = 0
    person: UUID | None = None
    amount: Decimal = Decimal(0)
    notes: tuple[str | None, ...] = ()
    health: tuple[str, ...] = ()
    """What happened to it, in order."""


POT: StreamRole[Pot] = StreamRole("pot", StreamKind.AGREEMENT)
OTHER_POT: StreamRole[Pot] = StreamRole("other_pot", StreamKind.AGREEMENT)
PERSON: StreamRole[Person] = StreamRole("person", StreamKind.BENEFICIARY)
CLAIM: StreamRole[ClaimState] = StreamRole("claim", StreamKind.CASE)
OTHER_CLAIM: StreamRole[ClaimState] = StreamRole("other_claim", StreamKind.CASE)

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
        case Fainted() | Recovered() | HealthChanged():
            state = replace(state, health=(*state.health, type(event).stored))
        case _:
            pass
    folded: State = counted(state, envelope)
    return folded


def _fill(_: World, step: FillPot, __: Context) -> Event:
    return PotFilled(coins=step.coins)


def _register(_: World, step: Register, __: Context) -> Event:
    return Registered(name=step.name, illness=step.illness)


def _erase(_: World, __: Erase, ___: Context) -> Event:
    return Erased()


def _claim(world: World, step: Claim, ctx: Context) -> Events:
    taken = _taken(world, step.coins, ctx)
    claimed = Claimed(amount=Decimal(step.coins), person=step.person, note=step.note)
    return [(CLAIM, claimed), (POT, taken)]


def _pour(world: World, step: Pour, ctx: Context) -> Events:
    return [(POT, _taken(world, step.coins, ctx)), (OTHER_POT, PotFilled(coins=step.coins))]


def _taken(world: World, coins: int, ctx: Context) -> CoinsTaken:
    pot = world[POT]
    if coins > pot.coins:
        raise Refused("pot_empty", left=pot.coins)
    return CoinsTaken(coins=coins, claim=ctx.target)


def _share(_: World, step: Share, __: Context) -> Events:
    return [(CLAIM, NoteAdded(note=step.note)), (OTHER_CLAIM, NoteAdded(note=step.others_note))]


def _note(_: World, step: AddNote, __: Context) -> Event:
    return NoteAdded(note=step.note, reason=step.reason)


def _faint(_: World, step: Faint, __: Context) -> Event:
    return Fainted(where=step.where)


def _recover(_: World, __: Recover, ___: Context) -> Event:
    return Recovered()


def _stumble(_: World, step: Stumble, __: Context) -> Event:
    match step.how:
        case "subject":
            return Boasted(name=step.note)
        case "kind":
            return NoteAdded(note=step.note)
        case _:
            raise ValueError(f"cannot stand {step.note}")


@dataclass(frozen=True, slots=True)
class Toy:
    role: StreamRole[Any]
    rule: Any
    reads: Any = lambda _command, _state: {}

    def world(self, command: Command, load: Callable[[str], State], _past: Past, /) -> World:
        ids = {self.role: command.target, **self.reads(command, load(command.target))}
        return World({role: load(stream) for role, stream in ids.items()}, ids)

    def decide(self, world: World, step: Any, ctx: Context, /) -> Events:
        made: Event | Events = self.rule(world, step, ctx)
        return [(self.role, made)] if isinstance(made, Event) else made


HANDLINGS: dict[type[Step], Toy] = {
    FillPot: Toy(POT, _fill),
    Register: Toy(PERSON, _register),
    Erase: Toy(PERSON, _erase),
    Claim: Toy(CLAIM, _claim, lambda command, _state: {POT: command.step.pot}),
    AddNote: Toy(CLAIM, _note),
    Pour: Toy(POT, _pour, lambda command, _state: {OTHER_POT: command.step.into}),
    Share: Toy(CLAIM, _share, lambda command, _state: {OTHER_CLAIM: command.step.other}),
    Faint: Toy(CLAIM, _faint),
    Recover: Toy(CLAIM, _recover),
    Stumble: Toy(POT, _stumble),
}


def subject_of(world: World, step: Step, role: StreamRole[Any], _: Event) -> UUID | None:
    if role is PERSON:
        return UUID(world.ids[role].partition("/")[2])
    if role.kind is StreamKind.CASE:
        claim: ClaimState = world[role]
        return step.person if isinstance(step, Claim) else claim.person
    return None


def _claimed_in_coins(_: Envelope, payload: dict[str, Any]) -> list[Part]:
    return [Part("Claimed", 2, {"amount": payload.pop("coins"), **payload})]


def named(step: type[Step] | Step) -> str:
    return (step if isinstance(step, type) else type(step)).__name__


TOY = Domain(
    handlings=HANDLINGS,
    steps={named(step): step for step in HANDLINGS},
    events=by_name(
        (
            *(PotFilled, CoinsTaken, Registered, Erased, Claimed, NoteAdded, Boasted),
            *(HealthChanged, Fainted, Recovered),
        )
    ),
    by_day=frozenset({StreamKind.CASE, StreamKind.BENEFICIARY}),
    initial=lambda kind: INITIAL[kind],
    evolve=evolve,
    upcasts={("Claimed", 1): _claimed_in_coins},
    step_name=named,
    subject_of=subject_of,
    rules_version_of=lambda _world: "toy-1",
    directory=stream_id(StreamKind.STAFF, "directory"),
    holds=lambda _state, _actor, _today, _step: True,
    is_erased=lambda _state: True,
)


def pot(name: str = "pot") -> str:
    return stream_id(StreamKind.AGREEMENT, name)


def claim(name: UUID | str) -> str:
    return stream_id(StreamKind.CASE, name)


def person(name: UUID) -> str:
    return stream_id(StreamKind.BENEFICIARY, name)
