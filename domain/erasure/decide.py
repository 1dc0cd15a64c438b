"""The rules of an erasure. What is counted is kept in the commit that erases.

So no key is destroyed whose person is not counted by something else from then on: a key is
destroyed for a recorded `BeneficiaryErased`, and none is recorded but here.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from domain.beneficiary import events as b
from domain.beneficiary import steps as s
from domain.beneficiary.family import cases_of, family, follows_their_cases
from domain.beneficiary.state import BeneficiaryState
from domain.case.counting import statistics_of
from domain.erasure.asked import granted_with, require_answered
from domain.erasure.complaints import erased_with_them, follows_complaints
from domain.erasure.proof import follows_projects, require_proof_outlived
from domain.errors import Refused
from domain.message import Event
from domain.steps.checks import not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.roles import StreamRole


def follows_all(world: World) -> Roles:
    """All streams of the person, their cases, the projects of those, and complaints about them."""
    return {
        **follows_their_cases(world),
        **follows_projects(world),
        **follows_complaints(world),
    }


def erase(world: World, step: s.RequestErasure, ctx: Context) -> Events:
    """With whoever goes by them: they are one person."""
    require_nothing_open(world, step.occurred_on)
    require_proof_outlived(world, ctx.today)
    require_answered(world)
    return all_erased(world, family(world))


def all_erased(
    world: World, people: Iterable[tuple[StreamRole[Any], BeneficiaryState]]
) -> list[tuple[StreamRole[Any], Event]]:
    """What an erasure of these streams of the person comes to, of all that were read."""
    one = world.beneficiary
    events: list[tuple[StreamRole[Any], Event]] = []
    for role, person in people:
        events += [(role, each) for each in granted_with(person)]
        events += [
            (case, statistics_of(world[case], one.sex, one.born))
            for case in cases_of(world, person)
        ]
        events.append((role, b.BeneficiaryErased()))
    return [*events, *erased_with_them(world)]


def require_nothing_open(world: World, day: date) -> None:
    """None of the person's cases is open, nor was closed later than that; raises `Refused`."""
    for _, person in family(world):
        if person.open_case is not None:
            raise Refused("case_still_open")
        not_before(day, person.closed_on)
