"""What is recorded of a session, and what a change of it tells the cases on its list."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.case.events import TrackEvent
from domain.message import Event, StreamKind
from domain.papers.events import AttachedInTheClear, WithdrawnInTheClear
from domain.project.vocabulary import DecisionKind
from domain.rules import DecidingBody


class SessionEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.SESSION


class SessionScheduled(SessionEvent, stored="SessionScheduled"):
    body: DecidingBody
    committee: str | None = None
    region: str | None = None
    meets_on: date


class SessionPostponed(SessionEvent, stored="SessionPostponed"):
    meets_on: date
    explanation: str


class SessionCancelled(SessionEvent, stored="SessionCancelled"):
    explanation: str


class MinutesRecorded(SessionEvent, stored="MinutesRecorded"):
    minutes: str


class SessionLine(SessionEvent):
    """What happens to one line: a project, under one agreement."""

    case_id: UUID
    project_id: UUID
    agreement_id: UUID


class ProjectListed(SessionLine, stored="ProjectListed"):
    track_id: UUID
    appeal: bool = False


class ProjectUnlisted(SessionLine, stored="ProjectUnlisted"):
    pass


class LineDecided(SessionLine, stored="LineDecided"):
    decision: DecisionKind


class SubmissionMoved(TrackEvent, stored="SubmissionMoved"):
    """In the case of a line: its session meets on another day."""

    agreement_id: UUID
    session_on: date


class SubmissionFreed(TrackEvent, stored="SubmissionFreed"):
    """In the case of a line: its session was cancelled, and the project is no longer submitted."""

    agreement_id: UUID


class SessionDocumentAttached(SessionEvent, AttachedInTheClear, stored="SessionDocumentAttached"):
    pass


class SessionDocumentWithdrawn(
    SessionEvent, WithdrawnInTheClear, stored="SessionDocumentWithdrawn"
):
    pass
