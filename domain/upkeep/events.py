"""What is recorded of the engine's upkeep."""

from typing import ClassVar

from domain.message import Event, StreamKind


class UpkeepEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.UPKEEP


class OperatorActed(UpkeepEvent, stored="OperatorActed"):
    """Something was done to the engine, by somebody at the machine."""

    act: str
    """As of `domain.upkeep.vocabulary.Act`; read as it stands, so that one more breaks nothing."""
    account: str
    """Under which the command ran there."""
    facts: dict[str, str]
    """As of `Fact`, by name."""
