"""The rules of an erasure. What is counted is kept in the commit that erases.

So no key is destroyed whose person is not counted by something else from then on: a key is
destroyed for a recorded `BeneficiaryErased`, and none is recorded but here.
"""

from domain.beneficiary import events as b
from domain.beneficiary import steps as s
from domain.beneficiary.state import BeneficiaryState
from domain.case.counting import statistics_of
from domain.erasure.proof import require_proof_outlived
from domain.message import Command, StreamKind, stream_id
from domain.steps.checks import not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.roles import BENEFICIARY, numbered


def reads_all_cases(_command: Command, state: BeneficiaryState) -> Roles:
    return {
        numbered(StreamKind.CASE, number): stream_id(StreamKind.CASE, case_id)
        for number, case_id in enumerate(state.cases, 1)
    }


def erase(world: World, step: s.RequestErasure, ctx: Context) -> Events:
    person = world.beneficiary
    not_before(step.occurred_on, person.closed_on)
    require_proof_outlived(world, ctx.today)
    cases = [numbered(StreamKind.CASE, number) for number in range(1, len(person.cases) + 1)]
    kept = [(role, statistics_of(world[role], person.sex, person.born)) for role in cases]
    return [*kept, (BENEFICIARY, b.BeneficiaryErased())]
