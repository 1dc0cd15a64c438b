"""The tracks of a case, as they stand: an answer of its own for each kind."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, cast
from uuid import UUID

from domain.case.moment import Moment
from domain.case.state import CaseState
from domain.case.vocabulary import Stage, TrackEnd
from domain.message import FieldClass, Message, StreamKind, stream_id
from domain.project.state import ProjectState
from domain.project.vocabulary import DecisionKind, EquipmentCondition, ProjectCondition
from domain.rules import FundingSource
from domain.tracks.self_employment.problems import Problem
from domain.tracks.self_employment.state import SelfEmployment
from domain.tracks.self_employment.submission import Submission
from domain.tracks.self_employment.vocabulary import ProblemDecision, ProblemKind, TrainingStatus
from domain.values.trades import Trade
from ledger.ledger import Ledger
from projections.views import agreements
from projections.views.projects import ProjectFacts, facts_of
from service.access.reader import Reading


class FoundAnswer(Message):
    """How a visit last found an item."""

    item: int
    condition: EquipmentCondition
    seen_on: date


class ProblemAnswer(Message):
    """A problem after the delivery; each date is when it was raised, decided, resolved."""

    number: int
    """Among those raised on that day."""
    kind: Annotated[ProblemKind | None, FieldClass.JUDICIAL]
    items: tuple[int, ...]
    raised_on: date
    decision: ProblemDecision | None
    decided_on: date | None
    resolved_on: date | None
    gone: tuple[int, ...]
    """Of the items, those that came back, or went on to another holder."""
    recovered: Decimal
    """MAD, paid back by the holder."""


class SubmissionAnswer(Message):
    """The project, put to a session under one agreement."""

    agreement_id: UUID
    session_id: UUID | None
    """Null while it waits until a session is scheduled."""
    submitted_on: date
    decision: DecisionKind | None
    decided_on: date | None


class AgreementNamed(Message):
    """An agreement, as people call it."""

    season: str
    funding_source: FundingSource
    signed_at: str
    signed_on: date


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
    agreement: AgreementNamed | None
    """The same; null also for a moment after it was signed."""
    submitted_on: date | None
    submissions: tuple[SubmissionAnswer, ...]
    """Under each agreement that is to pay."""
    approved_on: date | None
    undertaking_on: date | None
    ordered_on: date | None
    received_on: date | None
    ceremony_id: UUID | None
    """The ceremony on whose list the person stands, or stood when it was held."""
    on_list: bool
    """Whether their line there waits."""
    delivered_on: date | None
    ended_on: date | None
    ended_as: TrackEnd | None
    last_visit: ProjectCondition | None
    items_found: tuple[FoundAnswer, ...]
    """Each item that a visit told of, as it was last seen."""
    problems: tuple[ProblemAnswer, ...]
    """What came of the equipment or of its holder after the delivery, the first raised first."""
    project: ProjectFacts | None


TrackAnswer = SelfEmploymentAnswer
"""One answer a kind, told apart by `kind`."""


def track_answers(case: CaseState, reading: Reading) -> tuple[TrackAnswer, ...]:
    """The case's tracks, the first opened first."""
    return tuple(
        _self_employment(case, track_id, track, reading)
        for track_id, track in case.tracks.items()
        if isinstance(track, SelfEmployment)
    )


def _self_employment(
    case: CaseState, track_id: UUID, track: SelfEmployment, reading: Reading
) -> TrackAnswer:
    project = _project(track.project_id, reading.ledger) if track.project_id else None
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
        agreement=_named(track.agreement_id, reading) if track.agreement_id else None,
        submitted_on=_day(track.submitted),
        submissions=tuple(_submission(*each) for each in track.submissions.items()),
        approved_on=_day(track.approved),
        undertaking_on=_day(track.undertaking),
        ordered_on=_day(track.ordered),
        received_on=_day(track.received),
        ceremony_id=track.ceremony_id,
        on_list=track.on_list,
        delivered_on=_day(track.delivered),
        ended_on=_day(track.ended),
        ended_as=track.ended_as,
        last_visit=track.last_visit,
        items_found=_found(project),
        problems=tuple(_problem(each) for _, each in sorted(track.problems.items())),
        project=None if project is None else ProjectFacts(**facts_of(project)),
    )


def _submission(agreement_id: UUID, it: Submission) -> SubmissionAnswer:
    return SubmissionAnswer(
        agreement_id=agreement_id,
        session_id=it.session_id,
        submitted_on=it.submitted.on,
        decision=it.decision,
        decided_on=_day(it.decided),
    )


def _project(project_id: UUID, ledger: Ledger) -> ProjectState:
    return cast("ProjectState", ledger.state(stream_id(StreamKind.PROJECT, project_id)))


def _named(agreement_id: UUID, reading: Reading) -> AgreementNamed | None:
    with reading.views.reading() as conn:
        row = agreements.get(conn, agreement_id)
    if row is None:
        return None
    return AgreementNamed(
        season=row.season,
        funding_source=row.funding_source,
        signed_at=row.signed_at,
        signed_on=row.signed_on,
    )


def _found(project: ProjectState | None) -> tuple[FoundAnswer, ...]:
    found = {} if project is None else project.found
    return tuple(
        FoundAnswer(item=item, condition=each.condition, seen_on=each.on)
        for item, each in sorted(found.items())
    )


def _problem(problem: Problem) -> ProblemAnswer:
    return ProblemAnswer(
        number=problem.number,
        kind=problem.kind,
        items=problem.items,
        raised_on=problem.raised.on,
        decision=problem.decision,
        decided_on=_day(problem.decided),
        resolved_on=_day(problem.resolved),
        gone=tuple(sorted(problem.gone)),
        recovered=problem.recovered,
    )


def _day(moment: Moment | None) -> date | None:
    return moment.on if moment else None
