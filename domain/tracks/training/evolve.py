"""What a change of its cohort makes of a track's training: the fold."""

from typing import Any

from domain.case.moment import moment
from domain.case.state import CaseState
from domain.cohort import events as c
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.tracks.self_employment.vocabulary import TrainingStatus

evolve_training: Evolution[CaseState] = Evolution()
on = evolve_training.on


@on(c.TrainingMoved)
def _moved(state: CaseState, event: c.TrainingMoved, _: Envelope) -> CaseState:
    track: Any = state.tracks.get(event.track_id)
    if track is None:
        return state
    return state.with_track(event.track_id, replace(track, training_planned_end=event.planned_end))


@on(c.TrainingCalledOff)
def _called_off(state: CaseState, event: c.TrainingCalledOff, envelope: Envelope) -> CaseState:
    """As if nothing had begun: the person can be enrolled in another."""
    track: Any = state.tracks.get(event.track_id)
    if track is None:
        return state
    freed = replace(track, training=TrainingStatus.NONE, training_changed=moment(envelope))
    return state.with_track(event.track_id, freed)
