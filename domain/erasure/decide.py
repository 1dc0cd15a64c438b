"""The rules of an erasure. What is counted is kept in the commit that erases.

So no key is destroyed whose person is not counted by something else from then on: a key is
destroyed for a recorded `BeneficiaryErased`, and none is recorded but here.
"""

from domain.beneficiary import events as b
from domain.beneficiary import steps as s
from domain.beneficiary.state import Asked, BeneficiaryState
from domain.case.counting import statistics_of
from domain.case.state import CaseState
from domain.errors import NotAllowed, Refused
from domain.message import Command, Event, StreamKind, stream_id
from domain.staff.second import CONFIRMED_WITHIN, require_here_before
from domain.staff.state import DIRECTORY
from domain.steps.checks import known
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.roles import BENEFICIARY, STAFF, StreamRole


def _role(number: int) -> StreamRole[CaseState]:
    """Of the person's cases, by number."""
    return StreamRole(f"case_{number}", StreamKind.CASE, answered=False)


def reads_all_cases(_command: Command, state: BeneficiaryState) -> Roles:
    cases = {
        _role(number): stream_id(StreamKind.CASE, case_id)
        for number, case_id in enumerate(state.cases, 1)
    }
    return {STAFF: DIRECTORY, **cases}


def request_erasure(world: World, _: s.RequestErasure, ctx: Context) -> Event:
    """Asked once; anew when it lapsed: nobody moves its day behind whom they make staff."""
    asked = world.beneficiary.erasure_asked
    if asked is not None and not _lapsed(asked, ctx):
        raise Refused("erasure_already_requested")
    return b.ErasureRequested()


def _lapsed(asked: Asked, ctx: Context) -> bool:
    return ctx.now - asked.known > CONFIRMED_WITHIN


def approve_erasure(world: World, _: s.ApproveErasure, ctx: Context) -> Events:
    person = world.beneficiary
    asked = known(person.erasure_asked)
    if ctx.actor.id == asked.by:
        raise NotAllowed("erasure_needs_second_person")
    require_here_before(world.staff, ctx.actor, asked.position)
    if _lapsed(asked, ctx):
        raise Refused("erasure_request_lapsed")
    cases = [_role(number) for number in range(1, len(person.cases) + 1)]
    kept = [(role, statistics_of(world[role], person.sex, person.born)) for role in cases]
    return [*kept, (BENEFICIARY, b.BeneficiaryErased())]
