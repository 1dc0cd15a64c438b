"""The rules of an erasure. What is counted is kept in the commit that erases.

So no key is destroyed whose person is not counted by something else from then on: a key is
destroyed for a recorded `BeneficiaryErased`, and none is recorded but here.
"""

from domain.beneficiary import events as b
from domain.beneficiary import steps as s
from domain.beneficiary.state import BeneficiaryState
from domain.case.counting import statistics_of
from domain.case.state import CaseState
from domain.errors import NotAllowed
from domain.message import Command, StreamKind, stream_id
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.roles import BENEFICIARY, StreamRole


def _role(number: int) -> StreamRole[CaseState]:
    """Of the person's cases, by number."""
    return StreamRole(f"case_{number}", StreamKind.CASE, answered=False)


def reads_all_cases(_command: Command, state: BeneficiaryState) -> Roles:
    return {
        _role(number): stream_id(StreamKind.CASE, case_id)
        for number, case_id in enumerate(state.cases, 1)
    }


def approve_erasure(world: World, _: s.ApproveErasure, ctx: Context) -> Events:
    person = world.beneficiary
    if ctx.actor.id == person.erasure_asked_by:
        raise NotAllowed("erasure_needs_second_person")
    cases = [_role(number) for number in range(1, len(person.cases) + 1)]
    kept = [(role, statistics_of(world[role], person.sex, person.born)) for role in cases]
    return [*kept, (BENEFICIARY, b.BeneficiaryErased())]
