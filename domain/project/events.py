"""What is recorded of a project. Items are numbered from 1, in the order proposed."""

from typing import Annotated, ClassVar
from uuid import UUID

from domain.message import Event, FieldClass, LongText, Message, StreamKind
from domain.money import Amount
from domain.project.items import CashInstalment, ItemEstimate, ItemHandover, ItemPrice
from domain.project.vocabulary import (
    DecisionKind,
    EquipmentCondition,
    Premises,
    ProjectCondition,
    ReceivedBy,
)
from domain.trades import Sector, Trade


class ProjectEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.PROJECT


class Holder(Message):
    """A person who holds the project, by their case."""

    beneficiary_id: UUID
    case_id: UUID


class ProjectRegistered(ProjectEvent):
    holders: tuple[Holder, ...]
    trade: Trade
    sector: Sector
    province: str
    items: tuple[ItemEstimate, ...]
    premises: Premises
    own_contribution: Amount
    permits: tuple[str, ...] = ()
    address: Annotated[LongText | None, FieldClass.PERSONAL] = None


class ProjectDecided(ProjectEvent):
    decision: DecisionKind
    agreement_id: UUID
    equipment_amount: Amount
    cash_grant: Amount


class ItemsOrdered(ProjectEvent):
    supplier: str
    contract: str
    prices: tuple[ItemPrice, ...]


class SupplierPaid(ProjectEvent):
    amount: Amount
    invoice: str


class ItemsReceived(ProjectEvent):
    items: tuple[int, ...]


class ItemsDelivered(ProjectEvent):
    items: tuple[ItemHandover, ...]
    cash: tuple[CashInstalment, ...]
    received_by: ReceivedBy


class ProjectApprovalEnded(ProjectEvent):
    pass


class ProjectVisited(ProjectEvent):
    project: ProjectCondition
    equipment: EquipmentCondition
