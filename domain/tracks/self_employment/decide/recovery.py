"""What comes back from a holder, where it was decided so: goods into stock, money to who paid."""

from decimal import Decimal
from uuid import UUID

from domain.errors import Refused
from domain.project import events as p
from domain.project.funders import Funder, funders_of
from domain.project.state import ProjectState
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Events, World
from domain.steps.recording import echo
from domain.steps.roles import CASE, PROJECT
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.decide.problems import problem_of, require_handed_over
from domain.tracks.self_employment.problems import Problem
from domain.tracks.self_employment.vocabulary import ProblemDecision
from domain.values.money import NOTHING


def record_recovery(world: World, step: s.RecordRecovery, _: Context) -> Events:
    """Also once the case, the approval or the agreement is closed: what is back is back."""
    problem = problem_of(world, step)
    if problem.decision is not ProblemDecision.RECOVERY:
        raise Refused("recovery_not_decided")
    if not step.items and step.amount is None:
        raise Refused("nothing_recovered")
    not_before(step.occurred_on, known(problem.decided).on)
    require_of_problem(world.project, problem, step)
    recovered = echo(e.RecoveryRecorded, step, amount=step.amount or NOTHING)
    events: Events = [(CASE, recovered)]
    if step.items:
        events = [*events, (PROJECT, p.ItemsRecovered(items=step.items))]
    if step.amount is not None:
        funder = _funder(world, known(problem.project_id), step.agreement_id)
        events = [*events, *_paid_back(funder, step.amount, step.reference)]
    return events


def require_of_problem(project: ProjectState, problem: Problem, step: s.RecordRecovery) -> None:
    """What the problem is about, where it names items; and in the holder's hands."""
    require_handed_over(project, step.items, step.occurred_on)
    for number in step.items:
        if number not in project.in_hands:
            raise Refused("item_not_delivered", item=number)
        if problem.items and number not in problem.items:
            raise Refused("item_of_no_problem", item=number)


def _paid_back(funder: Funder, amount: Decimal, reference: str) -> Events:
    """No more than the holder was handed of the agreement's."""
    most = funder.approval.money.recoverable
    if amount > most:
        raise Refused("recovery_exceeds_delivered", most=str(most), asked=str(amount))
    refunded = p.HolderRefunded(
        agreement_id=funder.agreement_id, amount=amount, reference=reference
    )
    return [(PROJECT, refunded), *funder.recover(amount)]


def _funder(world: World, project_id: UUID, named: UUID | None) -> Funder:
    """The one named, or the only one of whose money something was handed over."""
    funders = funders_of(world, project_id)
    gave = [each for each in funders.values() if each.approval.money.delivered > NOTHING]
    meant = [each for each in gave if named in (None, each.agreement_id)]
    if len(meant) > 1:
        raise Refused("agreement_not_named")
    if not meant:
        raise Refused("agreement_pays_nothing")
    return meant[0]
