"""The fold of the employment track's events, into the state of its case."""

from domain.case.moment import moment
from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.message import Envelope
from domain.tracks.employment import events as e
from domain.tracks.employment.state import Employment, Placement

evolve_employment: Evolution[CaseState] = Evolution()
on = evolve_employment.on


@on(e.Hired)
def _hired(state: CaseState, event: e.Hired, envelope: Envelope) -> CaseState:
    track = Employment.so_far(state, event, envelope)
    job = Placement(
        moment(envelope), event.employer, event.contract_kind, event.company, event.trade
    )
    return Employment.changed(
        state, event, envelope, placements=(*track.placements, job), trade=event.trade
    )
