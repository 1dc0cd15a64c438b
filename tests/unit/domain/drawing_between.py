"""A case on its way to another centre and back, and its person elsewhere, drawn by chance."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import cast

from domain.case.referral import steps as r
from domain.case.referral.vocabulary import ReferralReason
from domain.case.residence.steps import RecordMove
from domain.example.beside import register_centre
from domain.example.person import EXAMPLE
from domain.message import Actor, Role, Step
from domain.registry.steps import Catchment
from domain.staff.state import StaffState
from tests.support.paper import ADMINISTRATOR, DIRECTORY, REGISTRY
from tests.unit.domain.conftest import House, hire

OTHER = "ifrane"
CENTRES = (EXAMPLE.centre, OTHER)
ANSWERED_THERE = (r.AcceptReferral, r.RefuseReferral)
WHY = "e"


def second_centre(house: House) -> None:
    """Another centre with a caseworker, which a case may be referred to."""
    like = register_centre(replace(EXAMPLE, centre=OTHER, province=OTHER))
    served = (Catchment(province=OTHER, since=date(2015, 1, 1)),)
    house.paper.take(REGISTRY, like.model_copy(update={"catchment": served}), ADMINISTRATOR)
    hire(house.paper, f"{OTHER}-caseworker", Role.CASEWORKER, OTHER)


def acting(house: House, step: Step, actor: Actor) -> Actor:
    """The same post at the centre that has the case, or that answers for it."""
    last, centre = house.case.referrals.last, house.case.centre
    if isinstance(step, ANSWERED_THERE) and last is not None:
        centre = last.to_centre
    if actor.centre is None or centre is None:
        return actor
    return actor.model_copy(update={"centre": centre})


def moving(random: Random, house: House, day: date) -> Step | None:
    """Mostly towards the other centre, so that what was done there meets what was done before."""
    case = house.case
    if random.random() < 0.2 or case.centre is None:
        province = random.choice((EXAMPLE.province, OTHER, "fes"))
        return RecordMove(occurred_on=day, province=province)
    if case.referrals.pending is None:
        (other,) = (each for each in CENTRES if each != case.centre)
        because = random.choice(list(ReferralReason))
        return r.ReferCase(occurred_on=day, to_centre=other, because=because, explanation=WHY)
    turned = random.choice((r.RefuseReferral, r.WithdrawReferral, None))
    if turned is not None:
        return turned(occurred_on=day, explanation=WHY)
    staff = cast("StaffState", house.paper.state(DIRECTORY)).staff.values()
    there = (
        each.actor
        for each in staff
        if each.actor.centre == case.referrals.pending.to_centre
        and each.actor.role is Role.CASEWORKER
    )
    return r.AcceptReferral(occurred_on=day, caseworker=next(there).id)
