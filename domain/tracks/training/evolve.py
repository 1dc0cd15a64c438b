"""The fold of a training, into the state of its case. An event of no track changes nothing."""

from typing import Any

from domain.case.events import TrackEvent
from domain.case.evolve import met
from domain.case.moment import moment
from domain.case.schedule import ReviewKind
from domain.case.state import CaseState
from domain.cohort import events as c
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.tracks.training import events as e
from domain.tracks.training.state import Trained
from domain.tracks.training.vocabulary import Presence, TrainingResult, TrainingStatus

evolve_training: Evolution[CaseState] = Evolution()
on = evolve_training.on


def _track(state: CaseState, event: TrackEvent) -> Trained | None:
    track = state.tracks.get(event.track_id)
    return track if isinstance(track, Trained) else None


def _with(state: CaseState, event: TrackEvent, **changes: Any) -> CaseState:
    track = _track(state, event)
    return state if track is None else state.with_track(event.track_id, replace(track, **changes))


@on(e.TrainingEnrolled)
def _enrolled(state: CaseState, event: e.TrainingEnrolled, envelope: Envelope) -> CaseState:
    track = _track(state, event)
    first = track.enrolled_first if track else None
    return _with(
        state,
        event,
        training=TrainingStatus.ENROLLED,
        training_changed=moment(envelope),
        enrolled=moment(envelope),
        enrolled_first=first or envelope.occurred_on,
        provider=event.provider,
        trainers=(*(track.trainers if track else ()), event.provider),
        training_planned_end=event.planned_end,
        cohort_id=None,
        trade=event.trade,
    )


@on(e.CohortJoined)
def _joined(state: CaseState, event: e.CohortJoined, _: Envelope) -> CaseState:
    return _with(state, event, cohort_id=event.cohort_id)


@on(e.CohortLeft)
def _left(state: CaseState, event: e.CohortLeft, _: Envelope) -> CaseState:
    return _with(state, event, cohort_id=None)


@on(e.AttendanceRecorded)
def _attended(state: CaseState, event: e.AttendanceRecorded, envelope: Envelope) -> CaseState:
    """Who came was met."""
    track = _track(state, event)
    if track is None:
        return state
    told = {**track.attended, envelope.occurred_on: event.presence}
    with_day = _with(state, event, attended=told)
    return met(with_day, envelope) if event.presence is Presence.PRESENT else with_day


@on(e.TrainingCompleted)
def _completed(state: CaseState, event: e.TrainingCompleted, envelope: Envelope) -> CaseState:
    """Passed, or attended with a certificate: trained in its trade, also for another track of the
    case; who failed is not.
    """
    track = _track(state, event)
    if track is None:
        return state
    passed = event.result is TrainingResult.PASSED
    attended = event.result is TrainingResult.ATTENDED and event.certificate
    changes: dict[str, Any] = {"training": TrainingStatus.NOT_PASSED}
    if passed or attended:
        changes = {"training": TrainingStatus.COMPLETED, "learnt": track.trade}
        learnt = frozenset({track.trade} if track.trade is not None else ())
        state = replace(state, trained_in=state.trained_in | learnt)
    times = track.once_more(ReviewKind.TRAINING_END)
    return _with(state, event, **changes, training_changed=moment(envelope), times=times)


@on(e.TrainingDroppedOut)
def _dropped_out(state: CaseState, event: e.TrainingDroppedOut, envelope: Envelope) -> CaseState:
    track = _track(state, event)
    if track is None:
        return state
    return _with(
        state,
        event,
        training=TrainingStatus.DROPPED_OUT,
        training_changed=moment(envelope),
        times=track.once_more(ReviewKind.TRAINING_END),
    )


def _is_in(state: CaseState, event: c.TrainingMoved | c.TrainingCalledOff) -> bool:
    """Whether they are still in a training in that cohort, and did not complete it."""
    track = _track(state, event)
    return track is not None and track.attends and track.cohort_id == event.cohort_id


@on(c.TrainingMoved)
def _moved(state: CaseState, event: c.TrainingMoved, _: Envelope) -> CaseState:
    if not _is_in(state, event):
        return state
    return _with(state, event, training_planned_end=event.planned_end)


@on(c.TrainingCalledOff)
def _called_off(state: CaseState, event: c.TrainingCalledOff, envelope: Envelope) -> CaseState:
    """As if nothing had begun: the person can be enrolled in another."""
    if not _is_in(state, event):
        return state
    return _with(
        state,
        event,
        training=TrainingStatus.NONE,
        training_changed=moment(envelope),
        cohort_id=None,
    )
