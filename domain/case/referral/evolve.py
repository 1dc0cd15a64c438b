"""The fold of referrals. A case is its centre's from the day on which the referral is accepted."""

from dataclasses import replace as with_changed

from domain.case.moment import moment
from domain.case.referral import events as e
from domain.case.referral.state import Referral
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
    return replace(state, referrals=with_changed(before, last=referral, waits=True))


@on(e.ReferralAccepted)
def _accepted(state: CaseState, event: e.ReferralAccepted, envelope: Envelope) -> CaseState:
    day = envelope.occurred_on
    settled = with_changed(state.referrals, waits=False, settled_on=day, moved_on=day)
    return replace(state, centre=event.to_centre, caseworker=event.caseworker, referrals=settled)


@on(e.ReferralRefused, e.ReferralWithdrawn)
def _settled(
    state: CaseState, _: e.ReferralRefused | e.ReferralWithdrawn, envelope: Envelope
) -> CaseState:
    day = envelope.occurred_on
    return replace(state, referrals=with_changed(state.referrals, waits=False, settled_on=day))
