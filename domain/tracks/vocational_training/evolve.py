"""The fold of what is a vocational training track's own; a training folds in its room."""

from domain.case.moment import moment
from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.message import Envelope
from domain.tracks.vocational_training import events as e
from domain.tracks.vocational_training.state import VocationalTraining

evolve_vocational_training: Evolution[CaseState] = Evolution()
on = evolve_vocational_training.on


@on(e.TrainingAppliedFor)
def _applied(state: CaseState, event: e.TrainingAppliedFor, envelope: Envelope) -> CaseState:
    return VocationalTraining.changed(
        state,
        event,
        envelope,
        applied=moment(envelope),
        waits=True,
        trade=event.trade,
        provider=event.provider,
    )


@on(e.AdmissionRefused)
def _refused(state: CaseState, event: e.AdmissionRefused, envelope: Envelope) -> CaseState:
    return VocationalTraining.changed(
        state,
        event,
        envelope,
        refused=moment(envelope),
        refused_because=event.because,
        waits=False,
    )
