"""What is recorded of centres."""

from datetime import date
from typing import ClassVar

from domain.message import Event, Record, StreamKind


class ServedProvince(Record):
    """A province a centre serves, between two days; open at the end while it does."""

    province: str
    since: date
    until: date | None = None


class CentreRegistered(Event, stored="CentreRegistered"):
    stream: ClassVar[StreamKind] = StreamKind.REGISTRY

    centre: str
    code: str
    name_fr: str
    name_ar: str
    catchment: tuple[ServedProvince, ...]
