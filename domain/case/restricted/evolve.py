"""The fold of it: the days between are a rest, as those of a pause are."""

from domain.case.moment import moment
from domain.case.putting_off import Pause
from domain.case.restricted import events as e
from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope

evolve_restricted: Evolution[CaseState] = Evolution()
on = evolve_restricted.on


@on(e.CaseRestricted)
def _restricted(state: CaseState, _: e.CaseRestricted, envelope: Envelope) -> CaseState:
    return replace(state, restricted=state.restricted or moment(envelope))


@on(e.CaseUnrestricted)
def _unrestricted(state: CaseState, _: e.CaseUnrestricted, envelope: Envelope) -> CaseState:
    begun, until = state.restricted, envelope.occurred_on
    rested = [Pause(begun.on, until)] if begun and until > begun.on else []
    return replace(state, restricted=None, rested=(*state.rested, *rested))
