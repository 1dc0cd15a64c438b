"""The fold of referrals. A case is its centre's from the day on which the referral is accepted."""

from collections.abc import Mapping
from dataclasses import replace as with_changed

from domain.case.moment import moment
from domain.case.referral import events as e
from domain.case.referral.state import AskedFor, Referral
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
    asked = _without(before.asked, event.to_centre)
    changed = with_changed(before, last=referral, waits=True, asked=asked)
    return replace(state, referrals=changed)


def _without(asked: Mapping[str, AskedFor], centre: str) -> Mapping[str, AskedFor]:
    return {name: each for name, each in asked.items() if name != centre}


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
def _not_given(state: CaseState, event: e.ReferralNotGiven, _: Envelope) -> CaseState:
    asked = _without(state.referrals.asked, event.by_centre)
    return replace(state, referrals=with_changed(state.referrals, asked=asked))


@on(e.ReferralAccepted)
def _accepted(state: CaseState, event: e.ReferralAccepted, envelope: Envelope) -> CaseState:
    day = envelope.occurred_on
    before = state.referrals
    settled = with_changed(
        before,
        waits=False,
        settled_on=day,
        moved_on=day,
        asked=_without(before.asked, event.to_centre),
    )
    return replace(
        state,
        centre=event.to_centre,
        caseworker=event.caseworker,
        had_by=state.had_by | {event.caseworker},
        referrals=settled,
    )


@on(e.ReferralRefused, e.ReferralWithdrawn)
def _settled(
    state: CaseState, _: e.ReferralRefused | e.ReferralWithdrawn, envelope: Envelope
) -> CaseState:
    day = envelope.occurred_on
    return replace(state, referrals=with_changed(state.referrals, waits=False, settled_on=day))
