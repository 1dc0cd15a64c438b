"""Where an agreement's money and places stand, and the fold that says so."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.agreement import events as e
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.rules import FundingSource
from domain.values.money import NOTHING


@dataclass(frozen=True)
class AgreementState:
    """An agreement at some version; amounts in MAD."""

    version: int = 0
    seen: int = 0
    signed_on: date | None = None
    signed_at: str | None = None
    province: str | None = None
    season: e.AgreedSeason | None = None
    funding_source: FundingSource | None = None
    envelope: Decimal = NOTHING
    planned_places: int = 0
    allowed_places: int = 0
    """Beyond those planned, by a supervisor's decision."""
    places_taken: int = 0
    received: Decimal = NOTHING
    committed: Decimal = NOTHING
    contracted: Decimal = NOTHING
    paid: Decimal = NOTHING
    delivered: Decimal = NOTHING
    repaid: Decimal = NOTHING
    closed: bool = False

    @property
    def exists(self) -> bool:
        return self.version > 0

    @property
    def begun_on(self) -> date | None:
        return self.signed_on

    @property
    def is_open(self) -> bool:
        return self.exists and not self.closed

    @property
    def available(self) -> Decimal:
        """What can still be committed."""
        return self.envelope - self.committed - self.repaid

    @property
    def places_left(self) -> int:
        return self.planned_places + self.allowed_places - self.places_taken


evolve_agreement: Evolution[AgreementState] = Evolution()
on = evolve_agreement.on


@on(e.AgreementSigned)
def _signed(state: AgreementState, event: e.AgreementSigned, envelope: Envelope) -> AgreementState:
    return replace(
        state,
        signed_on=envelope.occurred_on,
        signed_at=event.signed_at,
        province=event.province,
        season=event.season,
        funding_source=event.funding_source,
        envelope=event.envelope,
        planned_places=event.planned_places,
    )


@on(e.AgreementAmended)
def _amended(state: AgreementState, event: e.AgreementAmended, _: Envelope) -> AgreementState:
    return replace(state, envelope=event.envelope, planned_places=event.planned_places)


@on(e.MorePlacesAllowed)
def _allowed(state: AgreementState, event: e.MorePlacesAllowed, _: Envelope) -> AgreementState:
    return replace(state, allowed_places=state.allowed_places + event.places)


@on(e.FundsReceived)
def _received(state: AgreementState, event: e.FundsReceived, _: Envelope) -> AgreementState:
    return replace(state, received=state.received + event.amount)


@on(e.FundsCommitted)
def _committed(state: AgreementState, event: e.FundsCommitted, _: Envelope) -> AgreementState:
    return replace(
        state, committed=state.committed + event.amount, places_taken=state.places_taken + 1
    )


@on(e.FundsContracted)
def _contracted(state: AgreementState, event: e.FundsContracted, _: Envelope) -> AgreementState:
    return replace(state, contracted=state.contracted + event.amount)


@on(e.FundsPaid)
def _paid(state: AgreementState, event: e.FundsPaid, _: Envelope) -> AgreementState:
    return replace(state, paid=state.paid + event.amount)


@on(e.FundsDelivered)
def _delivered(state: AgreementState, event: e.FundsDelivered, _: Envelope) -> AgreementState:
    return replace(state, delivered=state.delivered + event.amount)


@on(e.FundsFreed)
def _freed(state: AgreementState, event: e.FundsFreed, _: Envelope) -> AgreementState:
    return replace(
        state,
        committed=state.committed - event.amount,
        contracted=state.contracted - event.contracted,
        places_taken=state.places_taken - 1,
    )


@on(e.AgreementClosed)
def _closed(state: AgreementState, event: e.AgreementClosed, _: Envelope) -> AgreementState:
    return replace(state, closed=True, repaid=state.repaid + event.repaid)
