"""What is recorded of references."""

from typing import ClassVar

from domain.message import Event, StreamKind


class ReferenceGiven(Event, stored="ReferenceGiven"):
    stream: ClassVar[StreamKind] = StreamKind.REFERENCE

    number: int
