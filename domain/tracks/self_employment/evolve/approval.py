"""From training to the undertaking: the fold."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.case.evolve import met
from domain.case.moment import moment
from domain.case.schedule import ReviewKind
from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.project.vocabulary import DecisionKind
from domain.rules import FundingSource
from domain.session import events as session
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment.equipment import UNTOUCHED, Equipment
from domain.tracks.self_employment.evolve.track import (
    UNSTUDIED,
    WITHOUT_PROJECT,
    track_so_far,
    with_track,
)
from domain.tracks.self_employment.state import SelfEmployment
from domain.tracks.self_employment.submission import Submission
from domain.tracks.self_employment.vocabulary import OpinionKind
from domain.tracks.training.vocabulary import TrainingStatus

evolve_approval: Evolution[CaseState] = Evolution()
on = evolve_approval.on


@on(e.TrainingWaived)
def _waived(state: CaseState, event: e.TrainingWaived, envelope: Envelope) -> CaseState:
    changes: dict[str, Any] = {"training": TrainingStatus.WAIVED, "learnt": event.trade}
    return with_track(state, event, envelope, **changes, training_changed=moment(envelope))


@on(e.ProjectProposed)
def _proposed(state: CaseState, event: e.ProjectProposed, envelope: Envelope) -> CaseState:
    """In the place of one that was rejected, where there is one."""
    anew = WITHOUT_PROJECT | {
        "project_id": event.project_id,
        "proposals": (*track_so_far(state, event, envelope).proposals, event.project_id),
        "proposers": frozenset({envelope.actor.id}),
        "proposed": moment(envelope),
        "payers": _by_item(event),
        "cost": event.estimated_cost,
        "trade": event.trade,
        "equipment": Equipment(asked=frozenset(event.items)),
    }
    return with_track(state, event, envelope, **anew)


def _by_item(
    event: e.ProjectProposed | e.ProjectRevised | e.ProjectChanged,
) -> Mapping[int, frozenset[FundingSource]]:
    return {item: frozenset(sources) for item, sources in enumerate(event.payers, 1)}


@on(e.ProjectRevised)
def _revised(state: CaseState, event: e.ProjectRevised, envelope: Envelope) -> CaseState:
    """What was sent back may be submitted again; what the division turned back, it looks at anew.

    What others approved of it, and what was ordered of that, stays.
    """
    track = track_so_far(state, event, envelope)
    asked = frozenset(event.items)
    before = track.equipment if track.approvals else UNTOUCHED
    changes: dict[str, Any] = {
        "proposers": track.proposers | {envelope.actor.id},
        "revised": moment(envelope),
        "times": track.once_more(ReviewKind.REVISION),
        "payers": _by_item(event),
        "cost": event.estimated_cost,
        "submissions": _without(
            track, *track.sent_back, *(track.rejected if track.approvals else ())
        ),
        "equipment": replace(before, asked=asked),
    }
    if event.new_study:
        changes |= UNSTUDIED
    elif track.opinion is not OpinionKind.FAVOURABLE:
        changes |= {"opinion": None, "opined": None}
    return with_track(state, event, envelope, **changes)


@on(e.ProjectChanged)
def _changed(state: CaseState, event: e.ProjectChanged, envelope: Envelope) -> CaseState:
    """A part that was refused is nobody's to approve any more."""
    track = track_so_far(state, event, envelope)
    changes = {
        "revised": moment(envelope),
        "payers": _by_item(event),
        "cost": event.estimated_cost,
        "submissions": _without(track, *track.sent_back, *track.rejected),
        "equipment": replace(track.equipment, asked=frozenset(event.items)),
    }
    return with_track(state, event, envelope, **changes)


@on(e.StudyRecorded)
def _studied(state: CaseState, event: e.StudyRecorded, envelope: Envelope) -> CaseState:
    """An opinion is of the study before it."""
    track = track_so_far(state, event, envelope)
    return with_track(
        state,
        event,
        envelope,
        studied=moment(envelope),
        studied_cost=track.cost,
        study_favourable=event.technically_sound and event.financially_sound,
        recommended=event.recommended_amount,
        opinion=None,
        opined=None,
        times=track.once_more(ReviewKind.STUDY),
    )


@on(e.OpinionGiven)
def _opined(state: CaseState, event: e.OpinionGiven, envelope: Envelope) -> CaseState:
    return with_track(
        state,
        event,
        envelope,
        opinion=event.opinion,
        opined=moment(envelope),
        times=track_so_far(state, event, envelope).once_more(ReviewKind.OPINION),
    )


@on(e.SecondFundingAllowed)
def _allowed(state: CaseState, event: e.SecondFundingAllowed, envelope: Envelope) -> CaseState:
    allowed = track_so_far(state, event, envelope).allowed_again | {event.source}
    return with_track(state, event, envelope, allowed_again=allowed)


def _without(track: SelfEmployment, *agreements: UUID) -> Mapping[UUID, Submission]:
    return {each: sub for each, sub in track.submissions.items() if each not in agreements}


def _put(
    state: CaseState,
    event: e.SubmittedToSession | e.RejectionAppealed,
    envelope: Envelope,
    *,
    appeal: bool,
) -> CaseState:
    """Before a session, the next after it was deferred, or waiting for one."""
    track = track_so_far(state, event, envelope)
    before = track.submissions.get(event.agreement_id)
    others = before.by if before is not None and before.pending else frozenset()
    times = track.once_more(ReviewKind.SUBMISSION)
    submission = Submission(
        submitted=moment(envelope),
        number=times[ReviewKind.SUBMISSION],
        by=others | {envelope.actor.id},
        position=envelope.position,
        session_id=event.session_id,
        session_on=event.session_on,
    )
    kept = _without(track, *(track.rejected if appeal else ()))
    submissions = {**kept, event.agreement_id: submission}
    appealed = track.appealed or appeal
    changes = {"submissions": submissions, "appealed": appealed, "times": times}
    return with_track(state, event, envelope, **changes)


@on(e.SubmittedToSession)
def _submitted(state: CaseState, event: e.SubmittedToSession, envelope: Envelope) -> CaseState:
    return _put(state, event, envelope, appeal=False)


@on(e.RejectionAppealed)
def _appealed(state: CaseState, event: e.RejectionAppealed, envelope: Envelope) -> CaseState:
    return _put(state, event, envelope, appeal=True)


@on(e.SubmissionWithdrawn, session.SubmissionFreed)
def _freed(
    state: CaseState, event: e.SubmissionWithdrawn | session.SubmissionFreed, envelope: Envelope
) -> CaseState:
    when = moment(envelope)
    submissions = _without(track_so_far(state, event, envelope), event.agreement_id)
    changes = {"submissions": submissions, "freed": when, "turned_back": when}
    return with_track(state, event, envelope, **changes)


@on(session.SubmissionMoved)
def _moved(state: CaseState, event: session.SubmissionMoved, envelope: Envelope) -> CaseState:
    """Nothing where the submission was taken back since."""
    if event.agreement_id not in track_so_far(state, event, envelope).submissions:
        return state
    return _with_submission(state, event, envelope, session_on=event.session_on)


@on(e.DecisionRecorded)
def _decided(state: CaseState, event: e.DecisionRecorded, envelope: Envelope) -> CaseState:
    when = moment(envelope)
    decided = {"decision": event.decision, "decided": when, "source": event.source}
    decided |= {"next_session_on": event.next_session_on}
    state = _with_submission(state, event, envelope, **decided)
    if event.decision is not DecisionKind.APPROVE:
        return with_track(state, event, envelope, turned_back=when)
    equipment = track_so_far(state, event, envelope).equipment
    granted = replace(equipment, granted=equipment.granted + event.cash_grant)
    return with_track(state, event, envelope, equipment=granted)


def _with_submission(
    state: CaseState,
    event: e.DecisionRecorded | session.SubmissionMoved,
    envelope: Envelope,
    **changes: Any,
) -> CaseState:
    track = track_so_far(state, event, envelope)
    before = track.submissions.get(event.agreement_id) or Submission(moment(envelope))
    submissions = {**track.submissions, event.agreement_id: replace(before, **changes)}
    return with_track(state, event, envelope, submissions=submissions)


@on(e.ApprovalConfirmed)
def _confirmed(state: CaseState, event: e.ApprovalConfirmed, envelope: Envelope) -> CaseState:
    times = track_so_far(state, event, envelope).once_more(ReviewKind.APPROVAL_CONFIRMATION)
    return with_track(state, event, envelope, confirmed=moment(envelope), times=times)


@on(e.UndertakingSigned)
def _signed(state: CaseState, event: e.UndertakingSigned, envelope: Envelope) -> CaseState:
    state = met(state, envelope)
    return with_track(state, event, envelope, undertaking=moment(envelope))


@on(e.CoachingRecorded)
def _coached(state: CaseState, _: e.CoachingRecorded, envelope: Envelope) -> CaseState:
    return met(state, envelope)
