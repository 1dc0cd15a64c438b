"""What is recorded of centres, and of the other entries of the registry."""

from datetime import date
from typing import ClassVar

from domain.message import Event, Record, StreamKind
from domain.values.codes import EntryKind


class RegistryEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.REGISTRY


class ServedProvince(Record):
    """A province a centre serves, between two days; open at the end while it does."""

    province: str
    since: date
    until: date | None = None


class CentreRegistered(RegistryEvent, stored="CentreRegistered"):
    centre: str
    code: str
    name_fr: str
    name_ar: str
    catchment: tuple[ServedProvince, ...]


class EntriesMerged(RegistryEvent, stored="EntriesMerged"):
    """Two entries that are one: what names the first from now on names the other."""

    entry: str
    goes_by: str
    along: tuple[str, ...] = ()
    """What went by the first already, and goes by the other with it."""
    explanation: str


class EntryMergeUndone(RegistryEvent, stored="EntryMergeUndone"):
    """An entry stands for itself again. What was recorded since names the other."""

    entry: str
    along: tuple[str, ...] = ()
    """What goes by it, and so by the other no more."""
    explanation: str


class EntryRegistered(RegistryEvent, stored="EntryRegistered"):
    """An entry, or its other names and days: what it says takes the place of what was said."""

    kind: EntryKind
    entry: str
    name_fr: str
    name_ar: str
    name_tifinagh: str | None = None
    province: str | None = None
    since: date
    until: date | None = None
