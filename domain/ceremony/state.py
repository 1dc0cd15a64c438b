"""A ceremony and its list, and the fold that says so."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.ceremony import events as e
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope


@dataclass(frozen=True, slots=True)
class CeremonyState:
    """A ceremony at some version."""

    version: int = 0
    seen: int = 0
    province: str | None = None
    held_on: date | None = None
    listed: frozenset[UUID] = frozenset()
    confirmed: frozenset[UUID] = frozenset()
    held: bool = False
    cancelled: bool = False

    @property
    def exists(self) -> bool:
        return self.version > 0


evolve_ceremony: Evolution[CeremonyState] = Evolution()
on = evolve_ceremony.on


@on(e.CeremonyScheduled)
def _scheduled(state: CeremonyState, event: e.CeremonyScheduled, _: Envelope) -> CeremonyState:
    return replace(state, province=event.province, held_on=event.held_on)


@on(e.CeremonyPostponed)
def _postponed(state: CeremonyState, event: e.CeremonyPostponed, _: Envelope) -> CeremonyState:
    return replace(state, held_on=event.held_on)


@on(e.CeremonyCancelled)
def _cancelled(state: CeremonyState, _: e.CeremonyCancelled, __: Envelope) -> CeremonyState:
    return replace(state, cancelled=True)


@on(e.CeremonyHeld)
def _held(state: CeremonyState, _: e.CeremonyHeld, __: Envelope) -> CeremonyState:
    return replace(state, held=True)


@on(e.BeneficiaryListed)
def _listed(state: CeremonyState, event: e.BeneficiaryListed, _: Envelope) -> CeremonyState:
    return replace(state, listed=state.listed | {event.case_id})


@on(e.BeneficiaryUnlisted)
def _unlisted(state: CeremonyState, event: e.BeneficiaryUnlisted, _: Envelope) -> CeremonyState:
    return replace(state, listed=state.listed - {event.case_id})


@on(e.LineConfirmed)
def _confirmed(state: CeremonyState, event: e.LineConfirmed, _: Envelope) -> CeremonyState:
    return replace(state, confirmed=state.confirmed | {event.case_id})
