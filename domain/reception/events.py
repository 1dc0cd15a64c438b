"""What is recorded of a reception."""

from typing import ClassVar

from domain.message import Event, Personal, StreamKind
from domain.reception.vocabulary import ReceptionReason


class ReceptionEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.RECEPTION


class ReceptionRecorded(ReceptionEvent, stored="ReceptionRecorded"):
    centre: str
    reason: ReceptionReason
    sent_to: str | None = None
    sent_elsewhere: Personal[str] = None
    """It is typed freely, so it may tell of somebody."""


class ReceptionCancelled(ReceptionEvent, stored="ReceptionCancelled"):
    explanation: Personal[str] = None
