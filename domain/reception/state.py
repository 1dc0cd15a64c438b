"""A reception, and the fold that says so."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope, FieldClass
from domain.reception import events as e
from domain.reception.vocabulary import ReceptionReason


@dataclass(frozen=True)
class ReceptionState:
    """A reception at some version."""

    version: int = 0
    seen: int = 0
    centre: str | None = None
    reason: ReceptionReason | None = None
    sent_to: str | None = None
    sent_elsewhere: Annotated[str | None, FieldClass.PERSONAL] = None
    begun_on: date | None = None
    recorded_by: UUID | None = None
    cancelled: bool = False

    @property
    def exists(self) -> bool:
        return self.version > 0


evolve_reception: Evolution[ReceptionState] = Evolution()


@evolve_reception.on(e.ReceptionRecorded)
def _recorded(
    state: ReceptionState, event: e.ReceptionRecorded, envelope: Envelope
) -> ReceptionState:
    return replace(
        state,
        centre=event.centre,
        reason=event.reason,
        sent_to=event.sent_to,
        sent_elsewhere=event.sent_elsewhere,
        begun_on=envelope.occurred_on,
        recorded_by=envelope.actor.id,
    )


@evolve_reception.on(e.ReceptionCancelled)
def _cancelled(state: ReceptionState, _: e.ReceptionCancelled, __: Envelope) -> ReceptionState:
    return replace(state, cancelled=True)
