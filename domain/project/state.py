"""What a project has come to, and the fold that says so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.folds.evolution import Evolution
from domain.folds.mended import Mendings, remember_mended
from domain.folds.replacing import replace
from domain.folds.use import Use, use
from domain.message import Envelope
from domain.project import events as e
from domain.project.item import Item
from domain.project.uses import Uses, cheques_of, marks, serials_of, used
from domain.project.vocabulary import DecisionKind, EquipmentCondition, ProjectCondition
from domain.rules import FundingSource, HolderKind
from domain.values.money import NOTHING, total
from domain.values.trades import Sector, Trade


@dataclass(frozen=True)
class Granted:
    """What one agreement approved for the project; amounts in MAD."""

    source: FundingSource
    equipment: Decimal
    cash: Decimal
    given: Use
    """Where the decision stands."""
    end: Use | None = None

    @property
    def ended(self) -> bool:
        return self.end is not None


@dataclass(frozen=True)
class Found:
    """How an item was found, and when."""

    condition: EquipmentCondition
    on: date


@dataclass(frozen=True)
class ProjectState:
    """A project at some version; amounts in MAD."""

    version: int = 0
    seen: int = 0
    holders: tuple[e.Holder, ...] = ()
    trade: Trade | None = None
    sector: Sector | None = None
    province: str | None = None
    holder_kind: HolderKind = HolderKind.PERSON
    start_up_cash: Decimal = NOTHING
    """As the plan asks for it."""
    items: Mapping[int, Item] = field(default_factory=dict)
    """By number: 1 for the first proposed; one that takes another's place gets the next number."""
    decision: DecisionKind | None = None
    """The last in a session."""
    agreement_id: UUID | None = None
    """Under which it was decided last."""
    granted: Mapping[UUID, Granted] = field(default_factory=dict)
    """By agreement, ended ones too."""
    paid: Decimal = NOTHING
    """To suppliers by whoever funds it, less what they paid back."""
    recovered: Decimal = NOTHING
    """By the holder paid back, of what they were handed."""
    own_paid: Decimal = NOTHING
    """By the holder, of their own part."""
    cash_paid: Decimal = NOTHING
    cash_dropped: bool = False
    given_up_on: date | None = None
    """The latest day on which an item or the cash was."""
    money_moved_on: date | None = None
    """The latest day on which something public was paid, handed over, or paid back."""
    serials: Uses = field(default_factory=dict)
    """Of all that was handed over."""
    cheques: Uses = field(default_factory=dict)
    """By which the cash was paid."""
    mended: Mendings = field(default_factory=dict)
    """What became of what steps of the case had told."""
    visited: date | None = None
    condition: ProjectCondition | None = None
    """As of the latest visit, by its day."""
    found: Mapping[int, Found] = field(default_factory=dict)
    """Each item that a visit told of, as of the latest, by its day."""

    @property
    def subject(self) -> UUID | None:
        """The first holder, whose key encrypts what is personal."""
        return self.holders[0].beneficiary_id if self.holders else None

    @property
    def estimated_cost(self) -> Decimal:
        return total(item.estimated for item in self.items.values() if not item.dropped)

    @property
    def own_contribution(self) -> Decimal:
        """In cash and in kind, as planned."""
        return total(item.own for item in self.items.values() if not item.dropped)

    @property
    def own_due(self) -> Decimal:
        """What the holder is still to pay: as ordered, else as planned; below zero they get it back."""
        due = total(item.own_due for item in self.items.values() if not item.dropped)
        return due - self.own_paid

    @property
    def approved(self) -> bool:
        """Whether somebody's approval stands."""
        return any(not each.ended for each in self.granted.values())

    def standing(self) -> Iterator[tuple[UUID, Granted]]:
        """The approvals that stand, the first given first."""
        return ((name, each) for name, each in self.granted.items() if not each.ended)

    def has_given(self, agreement_id: UUID) -> bool:
        """Whether something of what the agreement approved was handed over."""
        given = (item for item in self.items.values() if item.delivered)
        return self.cash_paid > NOTHING or any(agreement_id in item.parts for item in given)

    def funded(self) -> Iterator[tuple[UUID, Granted]]:
        """The approvals that count: they stand, or something was handed over under them."""
        return (
            (name, each)
            for name, each in self.granted.items()
            if not each.ended or self.has_given(name)
        )

    @property
    def sold_on(self) -> date | None:
        """The latest day on which a visit found an item sold."""
        sold = (
            each.on for each in self.found.values() if each.condition is EquipmentCondition.SOLD
        )
        return max(sold, default=None)

    @property
    def equipment_amount(self) -> Decimal:
        return total(each.equipment for _, each in self.standing())

    @property
    def cash_grant(self) -> Decimal:
        return total(each.cash for _, each in self.standing())

    @property
    def own_in_kind(self) -> Decimal:
        return total(item.own_in_kind for item in self.items.values() if not item.dropped)

    def asked_of(self, source: FundingSource) -> Decimal:
        """What the plan of finance asks a source for, beside the cash to begin with."""
        return total(i.asked_of(source) for i in self.items.values() if not i.dropped)

    @property
    def whole_cost(self) -> Decimal:
        """Of the items, and the cash to begin with."""
        return self.estimated_cost + self.start_up_cash

    @property
    def ordered_total(self) -> Decimal:
        return total(item.price for item in self.items.values())

    @property
    def goods_delivered(self) -> Decimal:
        """The funders' part of what was handed over."""
        return total(item.funded for item in self.items.values() if item.delivered)

    @property
    def complete(self) -> bool:
        """Whether all that its funders are asked for was handed over or given up, the cash too."""
        goods = all(item.settled for item in self.items.values() if item.asked > NOTHING)
        return goods and (self.cash_dropped or self.cash_paid >= self.cash_grant)

    @property
    def delivered(self) -> frozenset[int]:
        return frozenset(number for number, item in self.items.items() if item.delivered)

    @property
    def in_hands(self) -> frozenset[int]:
        """Those handed over that the holder has still."""
        return frozenset(number for number, item in self.items.items() if item.in_hands)

    def settled_for(self, source: FundingSource) -> bool:
        """Whether each item that the source is asked for was handed over, or dropped."""
        return all(item.settled for item in self.items.values() if item.asks(source))


evolve_project: Evolution[ProjectState] = Evolution()
on = evolve_project.on
remember_mended(evolve_project, e.ProjectEntriesMended)


def _with_items(state: ProjectState, changed: Mapping[int, Item], **more: Any) -> ProjectState:
    return replace(state, items={**state.items, **changed}, **more)


@on(e.ProjectRegistered)
def _registered(state: ProjectState, event: e.ProjectRegistered, _: Envelope) -> ProjectState:
    return replace(
        _planned(state, event),
        holders=event.holders,
        holder_kind=event.holder_kind,
        trade=event.trade,
        sector=event.sector,
        province=event.province,
    )


@on(e.PlanRevised)
def _revised(state: ProjectState, event: e.PlanRevised, _: Envelope) -> ProjectState:
    """What was ordered, handed over or given up of an item stays so."""
    return _planned(state, event)


def _planned(state: ProjectState, event: e.PlanTold) -> ProjectState:
    told = {number: Item.planned(item) for number, item in enumerate(event.items, 1)}
    known = state.items
    items = {n: known[n].replanned(item) if n in known else item for n, item in told.items()}
    return replace(state, items=items, start_up_cash=event.start_up_cash)


@on(e.ProjectDecided)
def _decided(state: ProjectState, event: e.ProjectDecided, envelope: Envelope) -> ProjectState:
    state = replace(state, decision=event.decision, agreement_id=event.agreement_id)
    if event.decision is not DecisionKind.APPROVE:
        return state
    granted = Granted(event.source, event.equipment_amount, event.cash_grant, use(envelope))
    return replace(state, granted={**state.granted, event.agreement_id: granted})


@on(e.ItemsOrdered)
def _ordered(state: ProjectState, event: e.ItemsOrdered, envelope: Envelope) -> ProjectState:
    day = envelope.occurred_on
    return _with_items(
        state,
        {
            line.item: state.items[line.item].ordered(event.order_id, line, day)
            for line in event.lines
        },
    )


@on(e.ItemsReceived)
def _received(state: ProjectState, event: e.ItemsReceived, envelope: Envelope) -> ProjectState:
    day = envelope.occurred_on
    return _with_items(
        state, {number: replace(state.items[number], received_on=day) for number in event.items}
    )


@on(e.ItemsUnordered)
def _unordered(state: ProjectState, event: e.ItemsUnordered, envelope: Envelope) -> ProjectState:
    day = envelope.occurred_on
    left = {number: state.items[number].unordered(day) for number in event.items}
    return _with_items(state, left)


@on(e.SupplierPaid)
def _paid(state: ProjectState, event: e.SupplierPaid, envelope: Envelope) -> ProjectState:
    return replace(state, paid=state.paid + event.amount, money_moved_on=_moved(state, envelope))


def _moved(state: ProjectState, envelope: Envelope) -> date:
    return max(state.money_moved_on or envelope.occurred_on, envelope.occurred_on)


@on(e.SupplierPaymentReversed)
def _reversed(state: ProjectState, event: e.SupplierPaymentReversed, _: Envelope) -> ProjectState:
    return replace(state, paid=state.paid - event.amount)


@on(e.SupplierRefunded)
def _refunded(state: ProjectState, event: e.SupplierRefunded, envelope: Envelope) -> ProjectState:
    paid = state.paid - event.amount
    return replace(state, paid=paid, money_moved_on=_moved(state, envelope))


@on(e.SupplierRefundReversed)
def _paid_after_all(
    state: ProjectState, event: e.SupplierRefundReversed, _: Envelope
) -> ProjectState:
    return replace(state, paid=state.paid + event.amount)


@on(e.ItemsRecovered)
def _came_back(state: ProjectState, event: e.ItemsRecovered, envelope: Envelope) -> ProjectState:
    back, day = use(envelope), envelope.occurred_on
    return _with_items(state, {n: state.items[n].returned(back, day) for n in event.items})


@on(e.HolderRefunded)
def _recovered(state: ProjectState, event: e.HolderRefunded, envelope: Envelope) -> ProjectState:
    recovered = state.recovered + event.amount
    return replace(state, recovered=recovered, money_moved_on=_moved(state, envelope))


@on(e.ItemReplaced)
def _replaced(state: ProjectState, event: e.ItemReplaced, envelope: Envelope) -> ProjectState:
    gone = replace(state.items[event.item], dropped=True)
    new = replace(Item.planned(event.by), waits_since=envelope.occurred_on)
    return _with_items(state, {event.item: gone, event.number: new})


@on(e.OwnPartPaid)
def _own_part(state: ProjectState, event: e.OwnPartPaid, _: Envelope) -> ProjectState:
    return replace(state, own_paid=state.own_paid + event.amount)


@on(e.OwnPartReturned)
def _own_part_back(state: ProjectState, event: e.OwnPartReturned, _: Envelope) -> ProjectState:
    return replace(state, own_paid=state.own_paid - event.amount)


@on(e.StockTaken)
def _taken(state: ProjectState, event: e.StockTaken, envelope: Envelope) -> ProjectState:
    day = envelope.occurred_on
    item = state.items[event.line.item].ordered(event.order_id, event.line, day)
    if event.received:
        item = replace(item, received_on=day)
    return _with_items(state, {event.line.item: item}, paid=state.paid + event.paid)


@on(e.StockGiven)
def _given(state: ProjectState, event: e.StockGiven, envelope: Envelope) -> ProjectState:
    left = state.items[event.item].unordered(envelope.occurred_on)
    if left.in_hands:
        left = left.returned(use(envelope), envelope.occurred_on)
    return _with_items(state, {event.item: left}, paid=state.paid - event.paid)


@on(e.ItemsDropped)
def _dropped(state: ProjectState, event: e.ItemsDropped, envelope: Envelope) -> ProjectState:
    changed = {number: replace(state.items[number], dropped=True) for number in event.items}
    day = envelope.occurred_on
    return _with_items(
        state,
        changed,
        cash_dropped=state.cash_dropped or event.cash,
        given_up_on=max(state.given_up_on or day, day),
    )


@on(e.ItemsDelivered)
def _delivered(state: ProjectState, event: e.ItemsDelivered, envelope: Envelope) -> ProjectState:
    return _with_items(
        state,
        {
            line.item: replace(state.items[line.item], delivered=True, serials=marks(line.serials))
            for line in event.items
        },
        cash_paid=state.cash_paid + total(part.amount for part in event.cash),
        money_moved_on=_moved(state, envelope),
        serials=used(state.serials, serials_of(event.items), envelope),
        cheques=used(state.cheques, cheques_of(event.cash), envelope),
    )


@on(e.ProjectApprovalEnded)
def _ended(state: ProjectState, event: e.ProjectApprovalEnded, envelope: Envelope) -> ProjectState:
    """What was not ordered is dropped; what was stands in the agreement's stock.

    Total: while its decision is left out, there is nothing to end.
    """
    if event.agreement_id not in state.granted:
        return state
    ended = replace(state.granted[event.agreement_id], end=use(envelope))
    granted = {**state.granted, event.agreement_id: ended}
    return replace(state, granted=granted)


@on(e.ProjectVisited)
def _visited(state: ProjectState, event: e.ProjectVisited, envelope: Envelope) -> ProjectState:
    day = envelope.occurred_on
    told = {each.item: Found(each.condition, day) for each in event.items}
    later = {
        item: found
        for item, found in told.items()
        if item not in state.found or state.found[item].on <= day
    }
    state = replace(state, found={**state.found, **later})
    if state.visited is not None and day < state.visited:
        return state
    return replace(state, visited=day, condition=event.project)
