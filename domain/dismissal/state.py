"""Whether a finding is dismissed, and the fold that says so."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from domain.dismissal.events import (
    FindingDismissed,
    FindingForgotten,
    FindingReopened,
    KeyFoundUsedAgain,
    KeyFoundUsedOnce,
)
from domain.dismissal.vocabulary import DismissedBecause
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.folds.use import Use, use
from domain.message import Envelope, FieldClass


@dataclass(frozen=True)
class Dismissal:
    """By whom, when, and why."""

    by: UUID
    on: date
    position: int
    """Its entry: it covers what had been recorded before."""
    because: DismissedBecause
    explanation: Annotated[str | None, FieldClass.PERSONAL] = None


@dataclass(frozen=True)
class NotedKey:
    """A key that was used once, as it was found: the entries that say it, and until when it was so."""

    key_id: UUID
    issued: int
    taken: int
    taken_in: str
    found: Use
    ended: Use | None = None


@dataclass(frozen=True)
class FindingState:
    """What was said of a finding; version 0 while nothing was."""

    version: int = 0
    seen: int = 0
    dismissal: Dismissal | None = None
    key: NotedKey | None = None
    """Of a finding that no stream's history says by itself."""
    people: frozenset[UUID] = frozenset()
    """Whom it was about when something was written of it."""
    erased: bool = False
    """Whether what was written of it is forgotten: nothing more is written of it then."""


evolve_finding: Evolution[FindingState] = Evolution()


@evolve_finding.on(FindingDismissed)
def _dismissed(state: FindingState, event: FindingDismissed, envelope: Envelope) -> FindingState:
    dismissal = Dismissal(
        by=envelope.actor.id,
        on=envelope.occurred_on,
        position=envelope.position,
        because=event.because,
        explanation=event.explanation,
    )
    return replace(state, dismissal=dismissal, people=state.people | {*event.people})


@evolve_finding.on(FindingReopened)
def _reopened(state: FindingState, _: FindingReopened, __: Envelope) -> FindingState:
    return replace(state, dismissal=None)


@evolve_finding.on(FindingForgotten)
def _forgotten(state: FindingState, _: FindingForgotten, __: Envelope) -> FindingState:
    said = state.dismissal
    return replace(state, erased=True, dismissal=said and replace(said, explanation=None))


@evolve_finding.on(KeyFoundUsedOnce)
def _used_once(state: FindingState, event: KeyFoundUsedOnce, envelope: Envelope) -> FindingState:
    said = {name: getattr(event, name) for name in ("key_id", "issued", "taken", "taken_in")}
    return replace(state, key=NotedKey(**said, found=use(envelope)))


@evolve_finding.on(KeyFoundUsedAgain)
def _used_again(state: FindingState, _: KeyFoundUsedAgain, envelope: Envelope) -> FindingState:
    return replace(state, key=state.key and replace(state.key, ended=use(envelope)))
