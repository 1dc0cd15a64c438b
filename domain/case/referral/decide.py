"""The rules of referrals: to whom, and who answers.

The answer is the receiving centre's, on a case that is another's until then. So whose it is does not
follow from the case's centre: it is asked here, at the door and again under the lock.
"""

from datetime import date

from domain.beneficiary.events import CaseMoved
from domain.case.decide import reads_beneficiary, require_caseworker
from domain.case.referral import events as e
from domain.case.referral import steps as s
from domain.case.referral.state import Referral
from domain.case.state import CaseState
from domain.errors import NotAllowed, Refused
from domain.message import Actor, Command, Event, derived_id
from domain.registry.state import REGISTRY, require_centre_open
from domain.staff.state import DIRECTORY
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import BENEFICIARY, CASE, CENTRES, STAFF


def reads_centres(_command: Command, _state: CaseState) -> Roles:
    return {CENTRES: REGISTRY}


def reads_to_accept(command: Command, state: CaseState) -> Roles:
    return {CENTRES: REGISTRY, STAFF: DIRECTORY, **reads_beneficiary(command, state)}


def to_their_centre(_world: World, state: CaseState, actor: Actor, _today: date) -> None:
    """Raises `NotAllowed` unless the case was referred to the actor's centre last.

    One that was taken back, or answered by a colleague, meanwhile is told so, not that it is another's.
    """
    last = state.referrals.last
    if last is None or actor.centre not in (state.centre, last.to_centre):
        raise NotAllowed("other_centre")
    if state.referrals.waits and actor.centre != last.to_centre:
        raise NotAllowed("receiving_centre_answers")


def refer(world: World, step: s.ReferCase, ctx: Context) -> Event:
    own = known(world.case.centre)
    if step.to_centre == own:
        raise Refused("referred_to_itself")
    require_centre_open(world.registry, step.to_centre, ctx.today)
    not_before(step.occurred_on, world.case.referrals.settled_on)
    referral_id = derived_id(ctx.command_id, "referral")
    return echo(e.CaseReferred, step, referral_id=referral_id, from_centre=own)


def accept(world: World, step: s.AcceptReferral, ctx: Context) -> Events:
    """The same case moves whole, and its person with it."""
    referral = _answered(world, step.occurred_on)
    require_centre_open(world.registry, referral.to_centre, ctx.today)
    require_caseworker(world, step.caseworker, referral.to_centre)
    accepted = e.ReferralAccepted(
        referral_id=referral.referral_id,
        from_centre=referral.from_centre,
        to_centre=referral.to_centre,
        caseworker=step.caseworker,
    )
    moved = CaseMoved(case_id=ctx.name, centre=referral.to_centre)
    return [(CASE, accepted), (BENEFICIARY, moved)]


def refuse(world: World, step: s.RefuseReferral, _: Context) -> Event:
    referral = _answered(world, step.occurred_on)
    return echo(
        e.ReferralRefused, step, referral_id=referral.referral_id, to_centre=referral.to_centre
    )


def withdraw(world: World, step: s.WithdrawReferral, _: Context) -> Event:
    referral = _answered(world, step.occurred_on)
    return echo(
        e.ReferralWithdrawn, step, referral_id=referral.referral_id, to_centre=referral.to_centre
    )


def decline(world: World, step: s.DeclineReferralRequest, _: Context) -> Event:
    asked = world.case.referrals.asked.get(step.by_centre)
    if asked is None:
        raise Refused("referral_not_asked_for")
    not_before(step.occurred_on, asked.when.on)
    return echo(e.ReferralNotGiven, step)


def _answered(world: World, day: date) -> Referral:
    referral = known(world.case.referrals.pending)
    not_before(day, referral.when.on)
    return referral
