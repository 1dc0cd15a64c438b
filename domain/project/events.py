"""What is recorded of a project. Items are numbered from 1, in the order proposed."""

from typing import ClassVar
from uuid import UUID

from domain.message import Event, Personal, Record, Statistical, StreamKind
from domain.project.vocabulary import (
    DecisionKind,
    EquipmentCondition,
    Premises,
    ProjectCondition,
    ReceivedBy,
)
from domain.values.money import Sum
from domain.values.trades import Sector, Trade


class ProjectEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.PROJECT


class Holder(Record):
    """A person who holds the project, by their case."""

    beneficiary_id: UUID
    case_id: UUID


class AskedItem(Record):
    """One item a project asks for, with its estimated price in MAD; its label stands apart."""

    quantity: int = 1
    estimated: Sum
    """For the whole line, not a piece."""


class PricedItem(Record):
    """The price agreed with the supplier for one item, in MAD for the whole line."""

    item: int
    price: Sum


class HandedItem(Record):
    """One item handed over; what it cost is known from its order."""

    item: int
    serials: tuple[str, ...] = ()


class PaidInstalment(Record):
    """A part of the cash grant, paid by cheque."""

    amount: Sum
    cheque: str


class ProjectRegistered(ProjectEvent, stored="ProjectRegistered"):
    holders: tuple[Holder, ...]
    trade: Statistical[Trade]
    sector: Statistical[Sector]
    province: Statistical[str]
    items: tuple[AskedItem, ...]
    labels: Personal[tuple[str, ...]] = None
    """What each item is, the first item's first."""
    premises: Premises
    own_contribution: Sum
    permits: Personal[tuple[str, ...]] = None
    address: Personal[str] = None


class ProjectDecided(ProjectEvent, stored="ProjectDecided"):
    decision: DecisionKind
    agreement_id: UUID
    equipment_amount: Sum
    cash_grant: Sum


class ItemsOrdered(ProjectEvent, stored="ItemsOrdered"):
    supplier: str
    contract: str
    prices: tuple[PricedItem, ...]


class SupplierPaid(ProjectEvent, stored="SupplierPaid"):
    amount: Sum
    invoice: str


class ItemsReceived(ProjectEvent, stored="ItemsReceived"):
    items: tuple[int, ...]


class ItemsDelivered(ProjectEvent, stored="ItemsDelivered"):
    items: tuple[HandedItem, ...]
    cash: tuple[PaidInstalment, ...]
    received_by: ReceivedBy


class ProjectApprovalEnded(ProjectEvent, stored="ProjectApprovalEnded"):
    pass


class ProjectVisited(ProjectEvent, stored="ProjectVisited"):
    project: ProjectCondition
    equipment: EquipmentCondition
