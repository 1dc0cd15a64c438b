"""The tracks of a case, as they stand: an answer of its own for each kind."""

from datetime import date
from typing import Literal, cast
from uuid import UUID

from domain.case.moment import Moment
from domain.case.state import CaseState
from domain.case.vocabulary import Stage
from domain.message import Message, StreamKind, stream_id
from domain.project.state import ProjectState
from domain.project.vocabulary import ProjectCondition
from domain.tracks.self_employment.state import SelfEmployment
from domain.tracks.self_employment.vocabulary import TrainingStatus
from domain.values.trades import Trade
from ledger.ledger import Ledger
from projections.views.projects import ProjectFacts, facts_of


class SelfEmploymentAnswer(Message):
    """A self-employment track; each date is when that milestone happened."""

    track_id: UUID
    kind: Literal["self_employment"]
    stage: Stage
    opened_on: date | None
    training: TrainingStatus
    trade: Trade | None
    project_id: UUID | None
    proposed_on: date | None
    studied_on: date | None
    agreement_id: UUID | None
    submitted_on: date | None
    approved_on: date | None
    undertaking_on: date | None
    ordered_on: date | None
    received_on: date | None
    ceremony_id: UUID | None
    delivered_on: date | None
    last_visit: ProjectCondition | None
    project: ProjectFacts | None


TrackAnswer = SelfEmploymentAnswer
"""One answer a kind, told apart by `kind`."""


def track_answers(case: CaseState, ledger: Ledger) -> tuple[TrackAnswer, ...]:
    """The case's tracks, the first opened first."""
    return tuple(
        _self_employment(case, track_id, track, ledger)
        for track_id, track in case.tracks.items()
        if isinstance(track, SelfEmployment)
    )


def _self_employment(
    case: CaseState, track_id: UUID, track: SelfEmployment, ledger: Ledger
) -> TrackAnswer:
    return SelfEmploymentAnswer(
        track_id=track_id,
        kind="self_employment",
        stage=track.stage(case),
        opened_on=track.opened.on,
        training=track.training,
        trade=track.trade,
        project_id=track.project_id,
        proposed_on=_day(track.proposed),
        studied_on=_day(track.studied),
        agreement_id=track.agreement_id,
        submitted_on=_day(track.submitted),
        approved_on=_day(track.approved),
        undertaking_on=_day(track.undertaking),
        ordered_on=_day(track.ordered),
        received_on=_day(track.received),
        ceremony_id=track.ceremony_id,
        delivered_on=_day(track.delivered),
        last_visit=track.last_visit,
        project=_project(track.project_id, ledger) if track.project_id else None,
    )


def _project(project_id: UUID, ledger: Ledger) -> ProjectFacts:
    state = cast("ProjectState", ledger.state(stream_id(StreamKind.PROJECT, project_id)))
    return ProjectFacts(**facts_of(state))


def _day(moment: Moment | None) -> date | None:
    return moment.on if moment else None
