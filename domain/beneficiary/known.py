"""A number that somebody has already: the same person, most likely.

Asked under the lock, so of two offices that register one card at once the second is told. What the
refusal says of the other is what the asker may read anyway: the case, in their own centre; else the
centre's name, which can refer the person, and nothing more.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from domain.beneficiary.state import BeneficiaryState
from domain.errors import Refused
from domain.message import Actor, Command, Role, StreamKind, name_of, stream_id
from domain.numbers.events import NumberKnown, NumberReleased
from domain.numbers.marks import stream_of
from domain.numbers.state import NumbersState
from domain.steps.handling import Events, Roles, World
from domain.steps.roles import BENEFICIARY, CENTRES, StreamRole, numbered

OF_A_CENTRE = frozenset({Role.CASEWORKER, Role.COORDINATOR})
READS_RESTRICTED = frozenset({Role.COORDINATOR, Role.AUDITOR})


def reads_numbers(command: Command, _state: BeneficiaryState) -> Roles:
    """Whose the step's numbers are, and the centres: a refusal names one."""
    if not command.marks:
        return {}
    kept = {_role(number): stream_of(mark) for number, mark in enumerate(command.marks, 1)}
    return {CENTRES: CENTRES.only, **kept}


def reads_numbers_known(command: Command, state: BeneficiaryState) -> Roles:
    """Whose the step's numbers are, and those that were told of the person before."""
    told = enumerate(command.known, 1)
    return {
        **{_told_role(number): stream_of(mark) for number, (_, mark) in told},
        **reads_numbers(command, state),
    }


def follows_holders(world: World) -> Roles:
    """Whoever has one of the numbers beside the person, and the case opened for them last."""
    others = list(_others(world))
    people = {numbered(StreamKind.BENEFICIARY, n): each for n, each in enumerate(others, 1)}
    named: dict[StreamRole[Any], str] = {
        role: stream_id(StreamKind.BENEFICIARY, each) for role, each in people.items()
    }
    for number, role in enumerate(people, 1):
        case = world[role].last_case if role in world.states else None
        if case is not None:
            named[numbered(StreamKind.CASE, number)] = stream_id(StreamKind.CASE, case)
    return named


def take_numbers(world: World, actor: Actor, anyway_because: str | None) -> Events:
    """From now on the numbers are the person's.

    Raises `Refused` where one is somebody's who is not erased, unless it is said why it may be
    two people's all the same.
    """
    person = UUID(name_of(world.ids[BENEFICIARY]))
    if anyway_because is None:
        _require_nobodys(world, actor)
    return [
        (_role(number), NumberKnown(mark=mark, beneficiary_id=person))
        for number, mark in enumerate(world.marks, 1)
        if person not in _holders(world, number, mark)
    ]


def release_number(world: World, number: str | None) -> Events:
    """The number was never the person's: whoever has it in truth may be registered with it."""
    person = UUID(name_of(world.ids[BENEFICIARY]))
    for at, (known, mark) in enumerate(world.known, 1):
        role = _told_role(at)
        if known == number and person in world[role].holders.get(mark, ()):
            return [(role, NumberReleased(mark=mark, beneficiary_id=person))]
    return []


def _role(number: int) -> StreamRole[Any]:
    return numbered(StreamKind.NUMBERS, number)


def _told_role(number: int) -> StreamRole[NumbersState]:
    """Of a number that was told of the person before."""
    return StreamRole(f"number_told_{number}", StreamKind.NUMBERS, answered=False)


def _holders(world: World, number: int, mark: str) -> tuple[UUID, ...]:
    role = _role(number)
    holders: tuple[UUID, ...] = world[role].holders.get(mark, ()) if role in world.states else ()
    return holders


def _others(world: World) -> Iterator[UUID]:
    """Who has one of the numbers, and then whom they go by, as far as those were read."""
    theirs = {UUID(name_of(world.ids[BENEFICIARY])), *world.beneficiary.aliases}
    marks = enumerate(world.marks, 1)
    holders = (each for number, mark in marks for each in _holders(world, number, mark))
    found = list(dict.fromkeys(each for each in holders if each not in theirs))
    roles = (numbered(StreamKind.BENEFICIARY, number) for number in range(1, len(found) + 1))
    known = (world[role].merged_into for role in roles if role in world.states)
    yield from dict.fromkeys((*found, *(one for one in known if one is not None)))


def _require_nobodys(world: World, actor: Actor) -> None:
    """Shown is the one they go by rather than an alias, and who may be read rather than not."""
    numbers = range(1, len(list(_others(world))) + 1)
    people = [(n, world[numbered(StreamKind.BENEFICIARY, n)]) for n in numbers]
    known = [(n, each) for n, each in people if not each.erased]
    for number, other in sorted(known, key=lambda each: _unfit(each[1], actor)):
        _refuse(world, number, other, actor)


def _unfit(other: BeneficiaryState, actor: Actor) -> tuple[bool, bool]:
    return not _may_read(other, actor), other.merged_into is not None


def _may_read(other: BeneficiaryState, actor: Actor) -> bool:
    if other.restricted and actor.role not in READS_RESTRICTED:
        return False
    if actor.role in OF_A_CENTRE:
        return actor.centre is not None and actor.centre == other.centre
    return True


def _refuse(world: World, number: int, other: BeneficiaryState, actor: Actor) -> None:
    role = numbered(StreamKind.BENEFICIARY, number)
    if not _may_read(other, actor):
        centre = other.centre or ""
        known = world.registry.centres.get(centre)
        raise Refused(
            "number_known_at_centre",
            centre=centre,
            centre_fr=known.name_fr if known else centre,
            centre_ar=known.name_ar if known else centre,
        )
    beneficiary_id = name_of(world.ids[role])
    if other.last_case is None:
        raise Refused("number_known_without_case", beneficiary_id=beneficiary_id)
    raise Refused(
        "number_known",
        reference=world[numbered(StreamKind.CASE, number)].reference,
        case_id=str(other.last_case),
        beneficiary_id=beneficiary_id,
    )
