"""What is recorded of references."""

from typing import ClassVar
from uuid import UUID

from domain.message import Event, StreamKind


class ReferenceGiven(Event, stored="ReferenceGiven"):
    stream: ClassVar[StreamKind] = StreamKind.REFERENCE

    number: int


class ComplaintKept(Event, stored="ComplaintKept"):
    """Of a case's own series: a complaint is, or was, about the case."""

    stream: ClassVar[StreamKind] = StreamKind.REFERENCE

    complaint_id: UUID
