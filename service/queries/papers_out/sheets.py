"""The papers: what each sheet tells. Amounts are in MAD.

Nothing here tells of custody, whoever reads: a paper is seen by more people than a page.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.beneficiary.events import KnownPaper
from domain.message import FieldClass, Message
from domain.values.trades import Trade


class Paper(StrEnum):
    """The kinds of papers, as files are named."""

    DELIVERY_SLIP = "delivery_slip"


class Collection(StrEnum):
    """What a paper is about, as addresses name it."""

    CASES = "cases"
    CEREMONIES = "ceremonies"
    SESSIONS = "sessions"
    ORDERS = "orders"


class Person(Message):
    """Whom a sheet or a line is about."""

    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    erased_on: date | None
    key_lost: bool


class Sheet(Message):
    """One sheet, about one thing."""

    collection: Collection
    thing_id: UUID
    reference: str | None
    """Of the case; null for what has none."""


class SlipItem(Message):
    """An item that is handed over, by its number in the proposal."""

    item: int
    label: Annotated[str | None, FieldClass.PERSONAL]
    quantity: int
    serials: tuple[str, ...]
    """Of one that was handed over."""
    handed: bool


class Site(Message):
    """Where and when it is handed over: at a ceremony. Of a prison nothing is said but the town."""

    name: str | None
    city: str
    held_on: date


class Slip(Sheet):
    """A delivery slip: what somebody signs for."""

    person: Person
    identity: Annotated[KnownPaper | None, FieldClass.PERSONAL]
    minor: Annotated[bool | None, FieldClass.PERSONAL]
    """Then a guardian signs, and no cash is handed over."""
    guardian: Annotated[str | None, FieldClass.PERSONAL]
    trade: Trade | None
    site: Site | None
    handed_on: date | None
    """The day of the handover, where it was told."""
    items: tuple[SlipItem, ...]
    cash: Decimal | None


class Printout(Message):
    """What is printed in one go: sheets of one kind of paper, as of one entry of the ledger."""

    paper: Paper
    position: int
    printed_at: datetime
    printed_by: str | None
    """The label of the post."""
    house_ar: str | None
    """The centre that prints; null for who is of none."""
    house_fr: str | None
    sheets: tuple[Slip, ...]
