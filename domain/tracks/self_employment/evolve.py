"""The fold of the self-employment track's events, into the state of its case."""

from typing import Any

from domain.case.events import TrackEvent
from domain.case.moment import Moment, moment
from domain.case.state import CaseState
from domain.case.track import Track
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.project.vocabulary import DecisionKind
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment.state import Handover, SelfEmployment
from domain.tracks.self_employment.vocabulary import TrainingStatus

evolve_self_employment: Evolution[CaseState] = Evolution()
on = evolve_self_employment.on
evolve_self_employment.ignore(e.CoachingRecorded, e.PaymentRecorded, e.BusinessFormalised)

WITHOUT_PROJECT: dict[str, Any] = {
    "project_id": None,
    "proposed_by": None,
    "proposed": None,
    "studied": None,
    "study_favourable": False,
    "agreement_id": None,
    "submitted": None,
    "submitted_at": 0,
    "session_on": None,
    "approved": None,
    "undertaking": None,
    "ordered": None,
    "order_complete": False,
    "received": None,
    "receipt_complete": False,
    "ceremony_id": None,
}
"""A track whose project was rejected, or its approval ended: another may be proposed."""


def opened(before: Track | None, when: Moment) -> SelfEmployment:
    """The track opened; what happened on it before, by its day, stays."""
    track = before if isinstance(before, SelfEmployment) else SelfEmployment(opened=when)
    return replace(track, opened=when)


def _so_far(state: CaseState, event: TrackEvent, envelope: Envelope) -> SelfEmployment:
    """The event's track. Total: one that is not open yet begins here."""
    track = state.tracks.get(event.track_id)
    return track if isinstance(track, SelfEmployment) else SelfEmployment(opened=moment(envelope))


def _with(state: CaseState, event: TrackEvent, envelope: Envelope, **changes: Any) -> CaseState:
    track = replace(_so_far(state, event, envelope), **changes)
    return state.with_track(event.track_id, track)


@on(e.TrainingEnrolled)
def _enrolled(state: CaseState, event: e.TrainingEnrolled, envelope: Envelope) -> CaseState:
    return _with(
        state,
        event,
        envelope,
        training=TrainingStatus.ENROLLED,
        training_changed=moment(envelope),
        enrolled=moment(envelope),
        training_planned_end=event.planned_end,
        trade=event.trade,
    )


@on(e.TrainingCompleted)
def _completed(state: CaseState, event: e.TrainingCompleted, envelope: Envelope) -> CaseState:
    return _with(
        state, event, envelope, training=TrainingStatus.COMPLETED, training_changed=moment(envelope)
    )


@on(e.TrainingDroppedOut)
def _dropped_out(state: CaseState, event: e.TrainingDroppedOut, envelope: Envelope) -> CaseState:
    return _with(
        state,
        event,
        envelope,
        training=TrainingStatus.DROPPED_OUT,
        training_changed=moment(envelope),
    )


@on(e.TrainingWaived)
def _waived(state: CaseState, event: e.TrainingWaived, envelope: Envelope) -> CaseState:
    return _with(
        state, event, envelope, training=TrainingStatus.WAIVED, training_changed=moment(envelope)
    )


@on(e.ProjectProposed)
def _proposed(state: CaseState, event: e.ProjectProposed, envelope: Envelope) -> CaseState:
    return _with(
        state,
        event,
        envelope,
        project_id=event.project_id,
        proposals=(*_so_far(state, event, envelope).proposals, event.project_id),
        proposed_by=envelope.actor.id,
        proposed=moment(envelope),
        trade=event.trade,
    )


@on(e.StudyRecorded)
def _studied(state: CaseState, event: e.StudyRecorded, envelope: Envelope) -> CaseState:
    favourable = event.technically_sound and event.financially_sound
    return _with(state, event, envelope, studied=moment(envelope), study_favourable=favourable)


@on(e.SubmittedToSession)
def _submitted(state: CaseState, event: e.SubmittedToSession, envelope: Envelope) -> CaseState:
    return _with(
        state,
        event,
        envelope,
        agreement_id=event.agreement_id,
        submitted=moment(envelope),
        submitted_at=envelope.position,
        session_on=event.session_on,
    )


@on(e.DecisionRecorded)
def _decided(state: CaseState, event: e.DecisionRecorded, envelope: Envelope) -> CaseState:
    when = moment(envelope)
    match event.decision:
        case DecisionKind.APPROVE:
            return _with(state, event, envelope, approved=when)
        case DecisionKind.REJECT:
            return _with(state, event, envelope, **WITHOUT_PROJECT, turned_back=when)
        case _:
            return _with(
                state,
                event,
                envelope,
                submitted=None,
                submitted_at=0,
                session_on=None,
                agreement_id=None,
                turned_back=when,
            )


@on(e.UndertakingSigned)
def _signed(state: CaseState, event: e.UndertakingSigned, envelope: Envelope) -> CaseState:
    return _with(state, event, envelope, undertaking=moment(envelope))


@on(e.EquipmentOrdered)
def _ordered(state: CaseState, event: e.EquipmentOrdered, envelope: Envelope) -> CaseState:
    """Complete is what one of the orders completed, whichever of them was entered last."""
    complete = event.complete or _so_far(state, event, envelope).order_complete
    return _with(state, event, envelope, ordered=moment(envelope), order_complete=complete)


@on(e.EquipmentReceived)
def _received(state: CaseState, event: e.EquipmentReceived, envelope: Envelope) -> CaseState:
    complete = event.complete or _so_far(state, event, envelope).receipt_complete
    return _with(state, event, envelope, received=moment(envelope), receipt_complete=complete)


@on(e.PlacedOnCeremony)
def _placed(state: CaseState, event: e.PlacedOnCeremony, envelope: Envelope) -> CaseState:
    return _with(
        state, event, envelope, ceremony_id=event.ceremony_id, list_changed=moment(envelope)
    )


@on(e.TakenOffCeremony)
def _taken_off(state: CaseState, event: e.TakenOffCeremony, envelope: Envelope) -> CaseState:
    return _with(state, event, envelope, ceremony_id=None, list_changed=moment(envelope))


@on(e.DeliveryConfirmed)
def _delivered(state: CaseState, event: e.DeliveryConfirmed, envelope: Envelope) -> CaseState:
    when, so_far = moment(envelope), _so_far(state, event, envelope)
    complete = event.complete or so_far.delivered is not None
    return _with(
        replace(state, last_contact=when),
        event,
        envelope,
        first_delivery=so_far.first_delivery or when,
        delivered=when if complete else None,
        handovers=(*so_far.handovers, _handover(state, so_far, event, envelope)),
    )


def _handover(
    case: CaseState, track: SelfEmployment, event: e.DeliveryConfirmed, envelope: Envelope
) -> Handover:
    return Handover(
        position=envelope.position,
        on=envelope.occurred_on,
        goods=event.goods,
        cash=event.cash,
        project_id=track.project_id,
        agreement_id=track.agreement_id,
        ceremony_id=event.ceremony_id,
        trade=track.trade,
        province=case.province,
        centre=case.centre,
    )


@on(e.ApprovalEnded)
def _ended(state: CaseState, event: e.ApprovalEnded, envelope: Envelope) -> CaseState:
    return _with(state, event, envelope, **WITHOUT_PROJECT, turned_back=moment(envelope))


@on(e.VisitRecorded)
def _visited(state: CaseState, event: e.VisitRecorded, envelope: Envelope) -> CaseState:
    when = moment(envelope)
    done = state.reviews_done | ({event.review} if event.review else set())
    state = replace(state, last_contact=when, reviews_done=done)
    return _with(state, event, envelope, visited=when, last_visit=event.project)


@on(e.VisitRescheduled)
def _rescheduled(state: CaseState, event: e.VisitRescheduled, envelope: Envelope) -> CaseState:
    moved = {**state.moved, event.review: Moment(event.due_on, envelope.recorded_at)}
    return replace(state, moved=moved)
