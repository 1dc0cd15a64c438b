"""All streams of one person: the one they go by, and those merged into it (`domain/merging`)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from domain.beneficiary.state import BeneficiaryState
from domain.message import StreamKind, name_of, stream_id
from domain.steps.handling import Roles, World
from domain.steps.roles import BENEFICIARY, StreamRole

ONE: StreamRole[BeneficiaryState] = StreamRole("the_one", StreamKind.BENEFICIARY, answered=False)
"""Into whom the person was merged."""


def follows_family(world: World) -> Roles:
    """The person's other streams, as far as those that were read name them."""
    if BENEFICIARY not in world.states:
        return {}
    person = world.beneficiary
    if person.merged_into is None:
        return dict(_aliases(person.aliases))
    named: dict[StreamRole[Any], str] = {ONE: stream_id(StreamKind.BENEFICIARY, person.merged_into)}
    if ONE in world.states:
        own = UUID(name_of(world.ids[BENEFICIARY]))
        named |= _aliases(tuple(each for each in world[ONE].aliases if each != own))
    return named


def _aliases(aliases: tuple[UUID, ...]) -> Iterator[tuple[StreamRole[Any], str]]:
    for number, each in enumerate(aliases, 1):
        yield alias(number), stream_id(StreamKind.BENEFICIARY, each)


def alias(number: int) -> StreamRole[Any]:
    return StreamRole(f"alias_{number}", StreamKind.BENEFICIARY, answered=False)


def family(world: World) -> Iterator[tuple[StreamRole[Any], BeneficiaryState]]:
    """Each of the person's streams that was read, their own first."""
    aliases = (alias(number) for number in range(1, len(world.states) + 1))
    for role in (BENEFICIARY, ONE, *aliases):
        if role in world.states:
            yield role, world[role]


def has_open_case(world: World) -> bool:
    """Whether a case of theirs is open that was not set aside for another of theirs."""
    aside = {case for _, person in family(world) for case in person.set_aside}
    open_cases = {person.open_case for _, person in family(world)} - {None}
    return bool(open_cases - aside)


def follows_their_cases(world: World) -> Roles:
    """The other streams of the person, and the cases of all of them."""
    cases = [case for _, person in family(world) for case in person.cases]
    roles = {_case_of(number): case for number, case in enumerate(cases, 1)}
    named = {role: stream_id(StreamKind.CASE, case) for role, case in roles.items()}
    return {**follows_family(world), **named}


def _case_of(number: int) -> StreamRole[Any]:
    """Apart from the cases of whoever else is read."""
    return StreamRole(f"case_of_theirs_{number}", StreamKind.CASE, answered=False)


def cases_of(world: World, person: BeneficiaryState) -> Iterator[StreamRole[Any]]:
    """The roles of somebody's cases, in whatever roles they were read; each once."""
    for case in person.cases:
        yield world.role_of(StreamKind.CASE, case)
