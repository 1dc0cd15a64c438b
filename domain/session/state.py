"""A session and its list, and the fold that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.folds.use import Use, use
from domain.message import Envelope
from domain.papers.state import Papers, remember_papers
from domain.project.vocabulary import DecisionKind
from domain.rules import DecidingBody
from domain.session import events as e


@dataclass(frozen=True)
class Line:
    """One project put to the session, under one agreement."""

    case_id: UUID
    track_id: UUID
    project_id: UUID
    agreement_id: UUID
    appeal: bool = False
    decision: DecisionKind | None = None
    decided_on: date | None = None


@dataclass(frozen=True)
class SessionState:
    """A session at some version."""

    version: int = 0
    seen: int = 0
    papers: Papers = field(default_factory=dict)
    centre: str | None = None
    """Whose it is: the centre that scheduled it. None: the division's own."""
    body: DecidingBody | None = None
    committee: str | None = None
    region: str | None = None
    begun_on: date | None = None
    """The day it was called."""
    meets_on: date | None = None
    """The day planned now, or held."""
    listed_on: date | None = None
    """The latest day on which its list changed."""
    minutes: str | None = None
    minuted: Use | None = None
    """Since when the number of its minutes stands there."""
    cancellation: Use | None = None
    lines: tuple[Line, ...] = ()
    """In the order they came on the list."""

    @property
    def exists(self) -> bool:
        return self.version > 0

    @property
    def cancelled(self) -> bool:
        return self.cancellation is not None

    @property
    def held(self) -> bool:
        return self.minutes is not None

    @property
    def by_case(self) -> Mapping[UUID, tuple[Line, ...]]:
        """The lines that are not decided yet."""
        found: dict[UUID, tuple[Line, ...]] = {}
        for line in self.lines:
            if line.decision is None:
                found[line.case_id] = (*found.get(line.case_id, ()), line)
        return found


evolve_session: Evolution[SessionState] = Evolution()
on = evolve_session.on

remember_papers(evolve_session, e.SessionDocumentAttached, e.SessionDocumentWithdrawn)


@on(e.SessionScheduled)
def _scheduled(state: SessionState, event: e.SessionScheduled, envelope: Envelope) -> SessionState:
    return replace(
        state,
        centre=envelope.actor.centre,
        body=event.body,
        committee=event.committee,
        region=event.region,
        begun_on=envelope.occurred_on,
        meets_on=event.meets_on,
    )


@on(e.SessionPostponed)
def _postponed(state: SessionState, event: e.SessionPostponed, _: Envelope) -> SessionState:
    return replace(state, meets_on=event.meets_on)


@on(e.SessionCancelled)
def _cancelled(state: SessionState, _: e.SessionCancelled, envelope: Envelope) -> SessionState:
    return replace(state, cancellation=use(envelope), lines=())


@on(e.MinutesRecorded)
def _minutes(state: SessionState, event: e.MinutesRecorded, envelope: Envelope) -> SessionState:
    return replace(state, minutes=event.minutes, minuted=use(envelope))


def _others(state: SessionState, event: e.SessionLine) -> tuple[Line, ...]:
    return tuple(line for line in state.lines if not _is_about(event, line))


def _is_about(event: e.SessionLine, line: Line) -> bool:
    return (line.project_id, line.agreement_id) == (event.project_id, event.agreement_id)


def _changed(state: SessionState, at: Envelope, lines: tuple[Line, ...]) -> SessionState:
    """With these lines, of that day."""
    day = at.occurred_on
    return replace(state, lines=lines, listed_on=max(state.listed_on or day, day))


@on(e.ProjectListed)
def _listed(state: SessionState, event: e.ProjectListed, envelope: Envelope) -> SessionState:
    line = Line(event.case_id, event.track_id, event.project_id, event.agreement_id, event.appeal)
    return _changed(state, envelope, (*_others(state, event), line))


@on(e.ProjectUnlisted)
def _unlisted(state: SessionState, event: e.ProjectUnlisted, envelope: Envelope) -> SessionState:
    return _changed(state, envelope, _others(state, event))


@on(e.LineDecided)
def _decided(state: SessionState, event: e.LineDecided, envelope: Envelope) -> SessionState:
    decision, day = event.decision, envelope.occurred_on
    lines = tuple(
        replace(line, decision=decision, decided_on=day) if _is_about(event, line) else line
        for line in state.lines
    )
    return replace(state, lines=lines)
