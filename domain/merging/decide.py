"""The rules of merging two registrations of one person, and of parting them again."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from domain.beneficiary import events as b
from domain.beneficiary import steps as s
from domain.beneficiary.family import ONE, cases_of, follows_their_cases
from domain.beneficiary.known import OF_A_CENTRE
from domain.beneficiary.state import BeneficiaryState
from domain.case.events import CaseSetAside, CaseStandsAgain
from domain.case.state import CaseState
from domain.errors import NotAllowed, Refused
from domain.message import Actor, Command, Event, Role, StreamKind, name_of, stream_id
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.roles import BENEFICIARY, StreamRole

OTHER: StreamRole[BeneficiaryState] = StreamRole(
    "other_person", StreamKind.BENEFICIARY, answered=False
)
"""Into whom somebody is to be merged."""
THEIR_CASE: StreamRole[CaseState] = StreamRole("their_case", StreamKind.CASE, answered=False)


def reads_to_merge(command: Command, _state: BeneficiaryState) -> Roles:
    """Into whom; what is theirs follows."""
    into = cast("s.MergePerson", command.step).goes_by
    return {OTHER: stream_id(StreamKind.BENEFICIARY, into)}


def follows_both(world: World) -> Roles:
    """The cases of the person, and the open one of whom they are to be merged into."""
    named = dict(follows_their_cases(world))
    if OTHER in world.states:
        aliases = enumerate(world[OTHER].aliases, 1)
        named |= {_alias(n): stream_id(StreamKind.BENEFICIARY, each) for n, each in aliases}
        open_case = _their_open_case(world)
        if open_case is not None:
            named[THEIR_CASE] = stream_id(StreamKind.CASE, open_case)
    return named


def _alias(number: int) -> StreamRole[Any]:
    return StreamRole(f"other_alias_{number}", StreamKind.BENEFICIARY, answered=False)


def _their_open_case(world: World) -> UUID | None:
    """The one open case of whom the person is merged into, in whichever of their streams."""
    other = world[OTHER]
    roles = (_alias(number) for number in range(1, len(other.aliases) + 1))
    streams = (other, *(world[role] for role in roles if role in world.states))
    open_cases = (each.open_case for each in streams if each.open_case is not None)
    return next((case for case in open_cases if case not in other.set_aside), None)


def merge(world: World, step: s.MergePerson, ctx: Context) -> Events:
    """The person becomes an alias of another; the case that goes on is named where both have one.

    Whoever asks it of another centre's person learns nothing of them by asking: the division, who
    reads of both, is told at the confirming what stands against it.
    """
    person, other = world.beneficiary, world[OTHER]
    if ctx.actor.role in OF_A_CENTRE and ctx.actor.centre != other.centre and other.exists:
        return []
    _require_mergeable(ctx.name, step.goes_by, person, other)
    for each in (person, other):
        not_before(step.occurred_on, each.merging_turned_on)
    set_aside = _set_aside(person.open_case, _their_open_case(world), step.goes_on)
    merged = b.PersonMerged(
        goes_by=step.goes_by,
        goes_on=step.goes_on,
        set_aside=set_aside,
        explanation=step.explanation,
    )
    events: list[tuple[StreamRole[Any], Event]] = [
        (BENEFICIARY, merged),
        (OTHER, b.PersonJoined(other=ctx.name, set_aside=set_aside)),
    ]
    if set_aside is not None:
        goes_on = known(step.goes_on)
        role = world.role_of(StreamKind.CASE, set_aside)
        events.append((role, CaseSetAside(goes_on=goes_on)))
    if other.born is not None:
        events += _born(world, person, other.born)
    return events


def _require_mergeable(
    name: UUID, into: UUID, person: BeneficiaryState, other: BeneficiaryState
) -> None:
    if name == into:
        raise Refused("merged_into_oneself")
    if not other.exists:
        raise Refused("beneficiary_not_found")
    if other.erased:
        raise Refused("erased")
    if other.restricted:
        raise Refused("person_restricted")
    if other.merged_into is not None:
        raise Refused("person_merged")
    if person.aliases:
        raise Refused("person_has_aliases")


def _set_aside(own: UUID | None, theirs: UUID | None, goes_on: UUID | None) -> UUID | None:
    """Which of two open cases is set aside; raises `Refused` unless the other is named."""
    both = [case for case in (own, theirs) if case is not None]
    if goes_on is not None and goes_on not in both:
        raise Refused("case_not_of_them")
    if len(both) < 2:  # noqa: PLR2004 (two open cases)
        return None
    if goes_on is None:
        raise Refused("case_that_goes_on_not_named")
    return own if goes_on == theirs else theirs


def _born(world: World, person: BeneficiaryState, born: date) -> Events:
    """What the person's cases must know of when they were born, if it is another day now."""
    cases = cases_of(world, person)
    return [(role, b.BirthDateKnown(born=born)) for role in cases if world[role].born != born]


def require_second(world: World, _step: s.MergePerson, actor: Actor) -> None:
    """Of two centres' people the division says that they are one; raises `NotAllowed`."""
    of_two_centres = world.beneficiary.centre != world[OTHER].centre
    if of_two_centres and actor.role is not Role.DIVISION:
        raise NotAllowed("division_confirms")


def part(world: World, step: s.UndoMerge, _: Context) -> Events:
    """Two again, each with their own streams: what was recorded since stays where it was."""
    person, other = world.beneficiary, world[ONE]
    own = UUID(name_of(world.ids[BENEFICIARY]))
    not_before(step.occurred_on, person.merging_turned_on)
    events: list[tuple[StreamRole[Any], Event]] = [
        (
            BENEFICIARY,
            b.MergeUndone(apart_from=known(person.merged_into), explanation=step.explanation),
        ),
        (ONE, b.PersonParted(other=own)),
    ]
    aside = other.joined.get(own)
    if aside is not None:
        events.append((world.role_of(StreamKind.CASE, aside), CaseStandsAgain()))
    if person.born is not None:
        events += _born(world, person, person.born)
    return events
