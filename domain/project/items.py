"""The items of a project in forms: asked for, ordered, handed over. Amounts are in MAD.

Items are named by their place in the proposal: 1 for the first.
"""

from typing import Annotated

from pydantic import Field

from domain.message import Message, ShortText
from domain.project.events import AskedItem, HandedItem, PaidInstalment, PricedItem
from domain.values.money import PositiveAmount

MOST_ITEMS = 60
ItemNumber = Annotated[int, Field(ge=1, le=MOST_ITEMS, examples=[1])]
Reference = Annotated[ShortText, Field(examples=["2024/17"])]


class ItemEstimate(AskedItem, Message):
    """One item a project asks for, with its estimated price in MAD."""

    label: ShortText = Field(examples=["industrial sewing machine"])
    quantity: int = Field(1, ge=1, le=1000)
    estimated: PositiveAmount
    """For the whole line, not a piece."""


class ItemPrice(PricedItem, Message):
    """The price agreed with the supplier for one item, in MAD for the whole line."""

    item: ItemNumber
    price: PositiveAmount


class ItemHandover(HandedItem, Message):
    """One item handed over; what it cost is known from its order."""

    item: ItemNumber
    serials: tuple[ShortText, ...] = Field((), max_length=1000)


class CashInstalment(PaidInstalment, Message):
    """A part of the cash grant, paid by cheque."""

    amount: PositiveAmount
    cheque: Reference
