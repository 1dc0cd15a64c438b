"""The rows of sessions and of their lists: each line is decided by itself."""

from collections.abc import Iterable
from datetime import date
from typing import Literal
from uuid import UUID

from domain.message import Message, StreamKind
from domain.project.vocabulary import DecisionKind
from domain.rules import DecidingBody
from domain.session.state import SessionState
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated

Status = Literal["scheduled", "held", "cancelled"]


class SessionRow(Message):
    """A session, and how far its list is decided; counted by the lines the reader may see."""

    session_id: UUID
    centre: str | None
    """The centre that scheduled it; null for the division's own."""
    body: DecidingBody
    committee: str | None
    region: str | None
    meets_on: date
    """The day planned now, or held."""
    minutes: str | None
    status: Status
    listed: int
    decided: int
    version: int


class SessionLine(Message):
    """One project on the list, under one agreement."""

    session_id: UUID
    case_id: UUID
    project_id: UUID
    agreement_id: UUID
    appeal: bool
    decision: DecisionKind | None
    decided_on: date | None


sessions = View(
    "sessions",
    SessionRow,
    key=["session_id"],
    owner="session_id",
    indexes=[["meets_on", "session_id"]],
)
lines = View(
    "session_lines",
    SessionLine,
    key=["session_id", "project_id", "agreement_id"],
    owner="session_id",
    indexes=[["case_id"]],
)
_row = unvalidated(SessionRow)
_line = unvalidated(SessionLine)


def _status(state: SessionState) -> Status:
    if state.cancelled:
        return "cancelled"
    return "held" if state.held else "scheduled"


def _rows(name: str, folds: Folds) -> Iterable[SessionRow]:
    state = folds.session(name).state
    if state.body is None or state.meets_on is None:
        return
    yield _row(
        session_id=UUID(name),
        centre=state.centre,
        body=state.body,
        committee=state.committee,
        region=state.region,
        meets_on=state.meets_on,
        minutes=state.minutes,
        status=_status(state),
        listed=len(state.lines),
        decided=sum(line.decision is not None for line in state.lines),
        version=state.seen,
    )


def _line_rows(name: str, folds: Folds) -> Iterable[SessionLine]:
    for line in folds.session(name).state.lines:
        yield _line(
            session_id=UUID(name),
            case_id=line.case_id,
            project_id=line.project_id,
            agreement_id=line.agreement_id,
            appeal=line.appeal,
            decision=line.decision,
            decided_on=line.decided_on,
        )


SESSIONS = Derived(sessions, StreamKind.SESSION, _rows)
LINES = Derived(lines, StreamKind.SESSION, _line_rows)
