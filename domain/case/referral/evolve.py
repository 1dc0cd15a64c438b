"""The fold of referrals. A case is its centre's from the day on which the referral is accepted."""

from dataclasses import replace as with_changed

from domain.case.moment import moment
from domain.case.referral import events as e
from domain.case.referral.answering import answered, given
from domain.case.referral.state import AskedFor, Referral
from domain.case.referral.vocabulary import ReferralOutcome
from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope

evolve_referral: Evolution[CaseState] = Evolution()
on = evolve_referral.on


@on(e.CaseReferred)
def _referred(state: CaseState, event: e.CaseReferred, envelope: Envelope) -> CaseState:
    before = state.referrals
    referral = Referral(
        referral_id=event.referral_id,
        number=before.last.number + 1 if before.last else 1,
        from_centre=event.from_centre,
        to_centre=event.to_centre,
        by=envelope.actor.id,
        when=moment(envelope),
        because=event.because,
        explanation=event.explanation,
    )
    told = given(before, event.to_centre, state.centre, envelope, ReferralOutcome.REFERRED)
    return replace(state, referrals=with_changed(told, last=referral, waits=True))


@on(e.ReferralAsked)
def _asked(state: CaseState, event: e.ReferralAsked, envelope: Envelope) -> CaseState:
    """Nobody asks for a case that is theirs."""
    before = state.referrals
    if event.by_centre == state.centre:
        return state
    times = before.times_asked + 1
    asked = AskedFor(times, event.asked_by, moment(envelope), event.explanation)
    changed = with_changed(
        before, asked={**before.asked, event.by_centre: asked}, times_asked=times
    )
    return replace(state, referrals=changed)


@on(e.ReferralNotGiven)
def _not_given(state: CaseState, event: e.ReferralNotGiven, envelope: Envelope) -> CaseState:
    outcome, why = ReferralOutcome.DECLINED, event.explanation
    told = given(state.referrals, event.by_centre, state.centre, envelope, outcome, why)
    return replace(state, referrals=told)


@on(e.ReferralAccepted)
def _accepted(state: CaseState, event: e.ReferralAccepted, envelope: Envelope) -> CaseState:
    day, outcome = envelope.occurred_on, ReferralOutcome.ACCEPTED
    settled = with_changed(
        answered(state.referrals, envelope, outcome), waits=False, settled_on=day, moved_on=day
    )
    told = given(settled, event.to_centre, state.centre, envelope, ReferralOutcome.REFERRED)
    return replace(
        state,
        centre=event.to_centre,
        caseworker=event.caseworker,
        had_by=state.had_by | {event.caseworker},
        referrals=told,
    )


@on(e.ReferralRefused, e.ReferralWithdrawn)
def _settled(
    state: CaseState, event: e.ReferralRefused | e.ReferralWithdrawn, envelope: Envelope
) -> CaseState:
    refused = isinstance(event, e.ReferralRefused)
    outcome = ReferralOutcome.REFUSED if refused else ReferralOutcome.WITHDRAWN
    told = answered(state.referrals, envelope, outcome, event.explanation)
    settled = with_changed(told, waits=False, settled_on=envelope.occurred_on)
    return replace(state, referrals=settled)
