"""The items of a project in forms: asked for, ordered, handed over. Amounts are in MAD.

Items are named by their place in the proposal: 1 for the first.
"""

from typing import Annotated

from pydantic import Field

from domain.message import Message, NameText, ShortText
from domain.project.events import (
    AskedItem,
    FoundItem,
    HandedItem,
    KeptBackItem,
    PaidInstalment,
    SourcePart,
)
from domain.values.money import NOTHING, Amount, PositiveAmount

MOST_ITEMS = 60
ItemNumber = Annotated[int, Field(ge=1, le=MOST_ITEMS, examples=[1])]
Reference = Annotated[ShortText, Field(examples=["2024/17"])]


class SourceShare(SourcePart, Message):
    """What a source is asked for of an item, in MAD."""

    amount: PositiveAmount


class ItemEstimate(AskedItem, Message):
    """One item a project asks for, and who is to pay what of it, in MAD."""

    label: NameText = Field(examples=["industrial sewing machine"])
    quantity: int = Field(1, ge=1, le=1000)
    estimated: PositiveAmount
    """For the whole line, not a piece."""
    own_cash: Amount = Field(NOTHING, examples=["0.00"])
    """The holder's own part that is paid."""
    own_in_kind: Amount = Field(NOTHING, examples=["0.00"])
    """The holder's own part that is there, or is made: no supplier has it."""
    sources: tuple[SourceShare, ...] = Field((), max_length=4)
    """Who else pays how much; none where one agreement pays all the rest."""


class ItemHandover(HandedItem, Message):
    """One item handed over; what it cost is known from its order."""

    item: ItemNumber
    serials: tuple[ShortText, ...] = Field((), max_length=1000)


class ItemKeptBack(KeptBackItem, Message):
    """Why one item that had come in was not handed over this time."""

    item: ItemNumber


class ItemFound(FoundItem, Message):
    """How a visit found one item that was handed over."""

    item: ItemNumber


class CashInstalment(PaidInstalment, Message):
    """A part of the cash grant, paid by cheque."""

    amount: PositiveAmount
    cheque: Reference
