"""The fold of moves: by their days, so the last of them is where the person lives."""

from domain.case.moment import day_of
from domain.case.residence import events as e
from domain.case.residence.state import Lived
from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope

evolve_residence: Evolution[CaseState] = Evolution()


@evolve_residence.on(e.ResidenceMoved)
def _moved(state: CaseState, event: e.ResidenceMoved, envelope: Envelope) -> CaseState:
    lived, opened = state.lived, day_of(state.opened)
    if not lived and opened is not None and state.province is not None:
        lived = (Lived(opened, state.province),)
    lived = (*lived, Lived(envelope.occurred_on, event.province))
    return replace(state, province=event.province, commune=event.commune, lived=lived)
