"""Whether a finding is dismissed, and the fold that says so."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from domain.dismissal.events import FindingDismissed, FindingReopened
from domain.dismissal.vocabulary import DismissedBecause
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
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
class FindingState:
    """What was said of a finding; version 0 while nothing was."""

    version: int = 0
    seen: int = 0
    dismissal: Dismissal | None = None


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
    return replace(state, dismissal=dismissal)


@evolve_finding.on(FindingReopened)
def _reopened(state: FindingState, _: FindingReopened, __: Envelope) -> FindingState:
    return replace(state, dismissal=None)
