"""A self-employment track as it stands: its milestones, its project, what came of it."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, cast
from uuid import UUID

from domain.case.state import CaseState
from domain.case.vocabulary import TrackKind
from domain.message import FieldClass, Message, StreamKind, stream_id
from domain.project.state import ProjectState
from domain.project.vocabulary import DecisionKind, EquipmentCondition, ProjectCondition
from domain.rules import FundingSource
from domain.tracks.self_employment.problems import Problem
from domain.tracks.self_employment.state import SelfEmployment
from domain.tracks.self_employment.submission import Submission
from domain.tracks.self_employment.vocabulary import ProblemDecision, ProblemKind
from domain.tracks.training.vocabulary import TrainingStatus
from ledger.ledger import Ledger
from projections.views import agreements
from projections.views.projects import ProjectFacts, facts_of
from service.access.reader import Reading
from service.queries.tracks.base import AnyTrackAnswer, day_of, told_of_any


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


class SelfEmploymentAnswer(AnyTrackAnswer):
    """A self-employment track; each date is when that milestone happened."""

    kind: Literal[TrackKind.SELF_EMPLOYMENT]
    training: TrainingStatus
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
    last_visit: ProjectCondition | None
    items_found: tuple[FoundAnswer, ...]
    """Each item that a visit told of, as it was last seen."""
    problems: tuple[ProblemAnswer, ...]
    """What came of the equipment or of its holder after the delivery, the first raised first."""
    project: ProjectFacts | None

    @property
    def begun_on(self) -> date | None:
        return self.delivered_on

    @property
    def family_may_continue(self) -> bool:
        return True

    @property
    def money_to_come(self) -> bool:
        return self.approved_on is not None and self.delivered_on is None


def self_employment(
    case: CaseState, track_id: UUID, track: SelfEmployment, reading: Reading
) -> SelfEmploymentAnswer:
    project = _project(track.project_id, reading.ledger) if track.project_id else None
    return SelfEmploymentAnswer(
        **told_of_any(case, track_id, track),
        kind=TrackKind.SELF_EMPLOYMENT,
        training=track.training,
        project_id=track.project_id,
        proposed_on=day_of(track.proposed),
        studied_on=day_of(track.studied),
        agreement_id=track.agreement_id,
        agreement=_named(track.agreement_id, reading) if track.agreement_id else None,
        submitted_on=day_of(track.submitted),
        submissions=tuple(_submission(*each) for each in track.submissions.items()),
        approved_on=day_of(track.approved),
        undertaking_on=day_of(track.undertaking),
        ordered_on=day_of(track.ordered),
        received_on=day_of(track.received),
        ceremony_id=track.ceremony_id,
        on_list=track.on_list,
        delivered_on=day_of(track.delivered),
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
        decided_on=day_of(it.decided),
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
        decided_on=day_of(problem.decided),
        resolved_on=day_of(problem.resolved),
        gone=tuple(sorted(problem.gone)),
        recovered=problem.recovered,
    )
