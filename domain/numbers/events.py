"""What is recorded of the numbers that people are known by."""

from typing import ClassVar
from uuid import UUID

from domain.message import Event, Personal, StreamKind


class NumbersEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.NUMBERS

    mark: Personal[str] = None
    """The number's, encrypted under its person's key."""
    beneficiary_id: UUID


class NumberKnown(NumbersEvent, stored="NumberKnown"):
    """It is that person's, for good: who gets another passport had this one."""


class NumberReleased(NumbersEvent, stored="NumberReleased"):
    """It was never that person's: it was typed in error."""
