"""What a project has come to, and the fold that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.project import events as e
from domain.project.vocabulary import DecisionKind, EquipmentCondition, ProjectCondition
from domain.values.money import NOTHING, total
from domain.values.trades import Sector, Trade


@dataclass(frozen=True)
class ProjectState:
    """A project at some version; amounts in MAD."""

    version: int = 0
    seen: int = 0
    holders: tuple[e.Holder, ...] = ()
    trade: Trade | None = None
    sector: Sector | None = None
    province: str | None = None
    own_contribution: Decimal = NOTHING
    estimates: tuple[Decimal, ...] = ()
    """The estimated price of each item, the first item's first."""
    decision: DecisionKind | None = None
    """The committee's last."""
    agreement_id: UUID | None = None
    approved: bool = False
    equipment_amount: Decimal = NOTHING
    cash_grant: Decimal = NOTHING
    prices: Mapping[int, Decimal] = field(default_factory=dict)
    """What each ordered item costs."""
    ordered: Mapping[int, date] = field(default_factory=dict)
    """The day of each item's order."""
    paid: Decimal = NOTHING
    received: Mapping[int, date] = field(default_factory=dict)
    """The day on which each item came in."""
    delivered: frozenset[int] = frozenset()
    cash_paid: Decimal = NOTHING
    visited: date | None = None
    condition: ProjectCondition | None = None
    """As of the latest visit, by its day."""
    equipment: EquipmentCondition | None = None

    @property
    def subject(self) -> UUID | None:
        """The first holder, whose key encrypts what is personal."""
        return self.holders[0].beneficiary_id if self.holders else None

    @property
    def estimated_cost(self) -> Decimal:
        return total(self.estimates)

    @property
    def ordered_total(self) -> Decimal:
        return total(self.prices.values())

    @property
    def goods_delivered(self) -> Decimal:
        return total(self.prices.get(item, NOTHING) for item in self.delivered)

    @property
    def order_is_complete(self) -> bool:
        return len(self.prices) == len(self.estimates)


evolve_project: Evolution[ProjectState] = Evolution()
on = evolve_project.on


@on(e.ProjectRegistered)
def _registered(state: ProjectState, event: e.ProjectRegistered, _: Envelope) -> ProjectState:
    estimates = tuple(item.estimated for item in event.items)
    return replace(
        state,
        holders=event.holders,
        trade=event.trade,
        sector=event.sector,
        province=event.province,
        own_contribution=event.own_contribution,
        estimates=estimates,
    )


@on(e.ProjectDecided)
def _decided(state: ProjectState, event: e.ProjectDecided, _: Envelope) -> ProjectState:
    return replace(
        state,
        decision=event.decision,
        agreement_id=event.agreement_id,
        approved=event.decision is DecisionKind.APPROVE,
        equipment_amount=event.equipment_amount,
        cash_grant=event.cash_grant,
    )


@on(e.ItemsOrdered)
def _ordered(state: ProjectState, event: e.ItemsOrdered, envelope: Envelope) -> ProjectState:
    prices = {line.item: line.price for line in event.prices}
    days = dict.fromkeys(prices, envelope.occurred_on)
    return replace(state, prices={**state.prices, **prices}, ordered={**state.ordered, **days})


@on(e.SupplierPaid)
def _paid(state: ProjectState, event: e.SupplierPaid, _: Envelope) -> ProjectState:
    return replace(state, paid=state.paid + event.amount)


@on(e.ItemsReceived)
def _received(state: ProjectState, event: e.ItemsReceived, envelope: Envelope) -> ProjectState:
    days = dict.fromkeys(event.items, envelope.occurred_on)
    return replace(state, received={**state.received, **days})


@on(e.ItemsDelivered)
def _delivered(state: ProjectState, event: e.ItemsDelivered, _: Envelope) -> ProjectState:
    return replace(
        state,
        delivered=state.delivered | {line.item for line in event.items},
        cash_paid=state.cash_paid + total(part.amount for part in event.cash),
    )


@on(e.ProjectApprovalEnded)
def _ended(state: ProjectState, _: e.ProjectApprovalEnded, __: Envelope) -> ProjectState:
    return replace(state, approved=False)


@on(e.ProjectVisited)
def _visited(state: ProjectState, event: e.ProjectVisited, envelope: Envelope) -> ProjectState:
    day = envelope.occurred_on
    if state.visited is not None and day < state.visited:
        return state
    return replace(state, visited=day, condition=event.project, equipment=event.equipment)
