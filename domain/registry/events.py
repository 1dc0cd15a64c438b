"""What is recorded of centres."""

from typing import ClassVar

from domain.message import Event, StreamKind
from domain.registry.steps import Catchment


class CentreRegistered(Event):
    stream: ClassVar[StreamKind] = StreamKind.REGISTRY

    centre: str
    name_fr: str
    name_ar: str
    catchment: tuple[Catchment, ...]
