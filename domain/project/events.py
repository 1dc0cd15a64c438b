"""What is recorded of a project. Items are numbered from 1, in the order proposed."""

from typing import ClassVar
from uuid import UUID

from domain.folds.mended import Mended
from domain.message import Event, Personal, Record, Statistical, StreamKind
from domain.project.vocabulary import (
    DecisionKind,
    EquipmentCondition,
    KeptBackBecause,
    Premises,
    ProjectCondition,
    ReceivedBy,
)
from domain.rules import FundingSource, HolderKind
from domain.values.money import NOTHING, Sum
from domain.values.trades import Sector, Trade


class ProjectEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.PROJECT


class Holder(Record):
    """A person who holds the project, by their case."""

    beneficiary_id: UUID
    case_id: UUID


class SourcePart(Record):
    """What a source is asked for of an item, in MAD."""

    source: FundingSource
    amount: Sum


class AskedItem(Record):
    """One item a project asks for, and who is to pay what of it; its label stands apart."""

    quantity: int = 1
    estimated: Sum
    """For the whole line, not a piece; amounts in MAD."""
    own_cash: Sum = NOTHING
    own_in_kind: Sum = NOTHING
    sources: tuple[SourcePart, ...] = ()


class AgreementPart(Record):
    """What of a price is paid under an agreement, in MAD."""

    agreement_id: UUID
    amount: Sum


class OrderedItem(Record):
    """One item on a line of an order, at the supplier's price in MAD for the whole line."""

    item: int
    line: int
    price: Sum
    parts: tuple[AgreementPart, ...]
    """The rest is the holder's own."""


class HandedItem(Record):
    """One item handed over; what it cost is known from its order."""

    item: int
    serials: tuple[str, ...] = ()


class KeptBackItem(Record):
    """One item that had come in and was not handed over: it waits, or is given up or replaced."""

    item: int
    because: KeptBackBecause


class PaidInstalment(Record):
    """A part of the cash grant, paid by cheque."""

    amount: Sum
    cheque: str


class FoundItem(Record):
    """How a visit found one item that was handed over."""

    item: int
    condition: EquipmentCondition


class PlanTold(ProjectEvent):
    """What is to be bought, and where the business will be."""

    items: tuple[AskedItem, ...]
    labels: Personal[tuple[str, ...]] = None
    """What each item is, the first item's first."""
    start_up_cash: Sum = NOTHING
    premises: Premises
    permits: Personal[tuple[str, ...]] = None
    address: Personal[str] = None


class ProjectRegistered(PlanTold, stored="ProjectRegistered"):
    holders: tuple[Holder, ...]
    holder_kind: HolderKind = HolderKind.PERSON
    trade: Statistical[Trade]
    sector: Statistical[Sector]
    province: Statistical[str]


class PlanRevised(PlanTold, stored="PlanRevised"):
    """In the place of what was told before; its items are numbered anew."""


class ProjectDecided(ProjectEvent, stored="ProjectDecided"):
    decision: DecisionKind
    agreement_id: UUID
    source: FundingSource
    equipment_amount: Sum
    cash_grant: Sum


class ItemsOrdered(ProjectEvent, stored="ItemsOrdered"):
    order_id: UUID
    lines: tuple[OrderedItem, ...]


class ItemsUnordered(ProjectEvent, stored="ItemsUnordered"):
    """Their lines came to nothing: they can be ordered again, or dropped."""

    items: tuple[int, ...]


class ItemReplaced(ProjectEvent, stored="ItemReplaced"):
    """Another thing takes an approved one's place, and the next number."""

    item: int
    number: int
    by: AskedItem
    label: Personal[str] = None


class OwnPartPaid(ProjectEvent, stored="OwnPartPaid"):
    amount: Sum
    reference: str


class OwnPartReturned(ProjectEvent, stored="OwnPartReturned"):
    amount: Sum
    reference: str


class StockTaken(ProjectEvent, stored="StockTaken"):
    """An item comes from an agreement's stock, instead of being ordered."""

    order_id: UUID
    line: OrderedItem
    paid: Sum
    received: bool


class StockGiven(ProjectEvent, stored="StockGiven"):
    """What was ordered for it went to somebody else."""

    item: int
    paid: Sum


class ItemsDropped(ProjectEvent, stored="ItemsDropped"):
    """Approved, and not wanted or not to be had any more."""

    items: tuple[int, ...]
    cash: bool
    """What is left of the cash grant too."""


class ItemsRecovered(ProjectEvent, stored="ItemsRecovered"):
    """They came back from the holder: into the stock of who paid for them."""

    items: tuple[int, ...]


class HolderRefunded(ProjectEvent, stored="HolderRefunded"):
    """For what they were handed."""

    agreement_id: UUID
    """Whose money came back."""
    amount: Sum
    reference: str


class SupplierPaid(ProjectEvent, stored="SupplierPaid"):
    order_id: UUID
    amount: Sum
    invoice: str


class SupplierPaymentReversed(ProjectEvent, stored="SupplierPaymentReversed"):
    order_id: UUID
    amount: Sum


class SupplierRefunded(ProjectEvent, stored="SupplierRefunded"):
    order_id: UUID
    amount: Sum


class SupplierRefundReversed(ProjectEvent, stored="SupplierRefundReversed"):
    """It was entered wrongly: nothing was paid back."""

    order_id: UUID
    amount: Sum


class ItemsReceived(ProjectEvent, stored="ItemsReceived"):
    items: tuple[int, ...]


class ItemsDelivered(ProjectEvent, stored="ItemsDelivered"):
    items: tuple[HandedItem, ...]
    cash: tuple[PaidInstalment, ...]
    cash_of: UUID | None = None
    """The agreement whose grant the cash is of."""
    received_by: ReceivedBy
    kept_back: tuple[KeptBackItem, ...] = ()


class ProjectApprovalEnded(ProjectEvent, stored="ProjectApprovalEnded"):
    agreement_id: UUID


class ProjectVisited(ProjectEvent, stored="ProjectVisited"):
    project: ProjectCondition
    items: tuple[FoundItem, ...]


class ProjectEntriesMended(ProjectEvent, Mended, stored="ProjectEntriesMended"):
    """What a step of the case told of the project does not count any more."""

    entries: tuple[int, ...]
    """The versions of the project's events."""
    corrected: tuple[int, ...] = ()
    wrong_person: bool = False
