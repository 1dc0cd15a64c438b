"""Whose case is meant by a number, and whether it may be asked for."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from domain.case.moment import day_of
from domain.case.referral.asking import steps as s
from domain.case.referral.events import ReferralAsked
from domain.errors import Refused
from domain.message import Command, StreamKind, stream_id
from domain.numbers.marks import stream_of
from domain.staff.events import AskedForReferral
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.roles import STAFF, StreamRole, numbered


def reads_number(command: Command, _state: object) -> Roles:
    marks = enumerate(command.marks, 1)
    return {numbered(StreamKind.NUMBERS, at): stream_of(mark) for at, mark in marks}


def follows_to_the_case(world: World) -> Roles:
    """Whoever has the number, whom they go by, and the case that is open."""
    named: dict[StreamRole[Any], str] = {}
    for at, person in enumerate(_people(world), 1):
        role = numbered(StreamKind.BENEFICIARY, at)
        named[role] = stream_id(StreamKind.BENEFICIARY, person)
        open_case = world[role].open_case if role in world.states else None
        if open_case is not None:
            named[numbered(StreamKind.CASE, at)] = stream_id(StreamKind.CASE, open_case)
    return named


def _people(world: World) -> Iterator[UUID]:
    """Who has the number, or was found by name, then whom they go by, as far as those were read; each once."""
    found: list[UUID] = [] if world.marks else [*world.alike]
    for at, mark in enumerate(world.marks, 1):
        role = numbered(StreamKind.NUMBERS, at)
        found += world[role].holders.get(mark, ()) if role in world.states else ()
    roles = (numbered(StreamKind.BENEFICIARY, at) for at in range(1, len(found) + 1))
    into = [world[role].merged_into for role in roles if role in world.states]
    yield from dict.fromkeys((*found, *(each for each in into if each is not None)))


def ask(world: World, step: s.AskForReferral, ctx: Context) -> Events:
    """Of several with the number the first whose case is open elsewhere is meant."""
    own = ctx.actor.centre
    cases = list(open_cases(world))
    elsewhere = [role for role, _ in cases if world[role].centre != own]
    if not elsewhere:
        raise Refused("number_known_here" if cases else "nobody_to_refer")
    role = elsewhere[0]
    case = world[role]
    not_before(step.occurred_on, day_of(case.opened))
    if own in case.referrals.asked:
        raise Refused("referral_asked_before", date=str(case.referrals.asked[known(own)].when.on))
    if case.referrals.pending is not None and case.referrals.pending.to_centre == own:
        raise Refused("referral_on_its_way")
    asked = ReferralAsked(by_centre=known(own), asked_by=ctx.actor.id, explanation=step.explanation)
    told = AskedForReferral(staff_id=ctx.actor.id, of_centre=known(case.centre))
    return [(STAFF, told), (role, asked)]


def open_cases(world: World) -> Iterator[tuple[StreamRole[Any], UUID]]:
    """Each with its id; of nobody who is erased."""
    for at in range(1, len(world.states) + 1):
        role = numbered(StreamKind.CASE, at)
        person = numbered(StreamKind.BENEFICIARY, at)
        if role in world.states and not world[person].erased and world[role].is_open:
            yield role, world[person].open_case
