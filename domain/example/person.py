"""Who the example is about, what it touches, and the days it counts from its begin."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from domain.values.calendar import months_after
from domain.values.money import total
from domain.values.trades import Trade

DELIVERED = 555
"""The day of the handover, counted from the opening of the case."""

FOUNDED = date(2020, 1, 1)
"""When the centre was registered, and all else that steps name; its staff came the day after."""

BENEFICIARY = UUID("0f8b7a52-1d7e-5c1a-9a57-3c1c1f0c8a01")
CASEWORKER = UUID("5b1f1d0e-8b0a-5d6b-8a86-7a2f6a1e9b02")
AGREEMENT = UUID("c9d3b7f4-2c1e-5a7b-9d40-8e6f5a4b3c04")
SESSION = UUID("d7e6f5a4-1b2c-5d3e-9f40-5a6b7c8d9e08")
CEREMONY = UUID("e6f5a4b3-9d40-5c2d-8b1a-7f6e5d4c3b05")
PROJECT = UUID("b6c5d4e3-7a2f-5b1c-8d90-6e5f4a3b2c08")
COHORT = UUID("c0a1b2c3-5d4e-5f60-8a7b-4d3c2b1a0f0e")
ORDER = UUID("a7b6c5d4-6b1e-5c2d-9e01-5d4e3f2a1b09")


PAPER = UUID("5e0f3f6e-0f0b-5d6b-8a86-7a2f6a1e9b77")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the equipment, for what it is estimated, ordered and delivered at (MAD)."""

    label: str
    price: Decimal


ITEMS = (
    Item("industrial sewing machine", Decimal("21500.50")),
    Item("overlock machine", Decimal("8499.50")),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever uses the example gives the ids of their own ledger, and may give all else."""

    beneficiary_id: UUID = BENEFICIARY
    caseworker: UUID = CASEWORKER
    agreement_id: UUID = AGREEMENT
    ceremony_id: UUID | None = None
    """None: the equipment is handed over without a ceremony."""
    session_id: UUID = SESSION
    cohort_id: UUID = COHORT
    begins: date = date(2023, 1, 10)
    """The day the case is opened."""
    centre: str = "taza"
    province: str = "taza"
    trade: Trade = Trade.SEWING
    items: tuple[Item, ...] = ITEMS
    cash: Decimal = Decimal("2000.00")
    project_id: UUID = PROJECT
    """Known once it is proposed; see `way.of_project`."""
    order_id: UUID = ORDER
    number: int = 1
    """Tells apart the papers of several people: contracts, invoices, cheques, serial numbers."""

    def day(self, days: int) -> date:
        """So many days after the case was opened."""
        return self.begins + timedelta(days=days)

    @property
    def detained_on(self) -> date:
        """Long before the case was opened."""
        return self.day(-588)

    @property
    def released_on(self) -> date:
        return self.day(300)

    @property
    def session_on(self) -> date:
        return self.day(380)

    @property
    def delivered_on(self) -> date:
        return self.day(DELIVERED)

    def visit_due(self, months: int) -> date:
        """When the visit so many months after the delivery falls due, weekends left aside."""
        return months_after(self.delivered_on, months)

    def visit_key(self, months: int) -> str:
        return f"visit/{months}"

    @property
    def prison(self) -> str:
        """Its code, as those of all that stands in the registry for this person's province."""
        return f"prison-{self.province}"

    @property
    def other_prison(self) -> str:
        return f"prison-{self.province}-2"

    @property
    def trainer(self) -> str:
        return f"vocational-centre-{self.province}"

    @property
    def school(self) -> str:
        return f"school-{self.province}"

    @property
    def supplier(self) -> str:
        return f"supplier-{self.province}"

    @property
    def company(self) -> str:
        return f"company-{self.province}"

    @property
    def municipality(self) -> str:
        return f"municipality-{self.province}"

    @property
    def child_protection(self) -> str:
        return f"child-protection-{self.province}"

    @property
    def committee(self) -> str:
        return f"committee-{self.province}"

    @property
    def card(self) -> str:
        """The number of the national card."""
        return f"ZZ{self.number:06}"

    @property
    def goods(self) -> Decimal:
        return total(item.price for item in self.items)

    @property
    def cost(self) -> Decimal:
        return self.goods + self.cash


EXAMPLE = Person(ceremony_id=CEREMONY)
"""The person of the documentation."""
