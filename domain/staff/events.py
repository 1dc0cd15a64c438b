"""What is recorded of staff."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.message import Event, Hidden, Personal, Role, StreamKind


class StaffEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.STAFF


class StaffRegistered(StaffEvent, stored="StaffRegistered"):
    staff_id: UUID
    label: Personal[str] = None
    role: Role
    centre: str | None = None


class AccessKeyIssued(StaffEvent, stored="AccessKeyIssued"):
    key_id: UUID
    staff_id: UUID
    digest: Hidden[str]
    expires_on: date
    """The last day on which it opens anything."""


class AccessKeyAnnounced(StaffEvent, stored="AccessKeyAnnounced"):
    """A notice of a key that was issued, for those who were here before and must know of it.

    Who comes to be one of them later is told too, while the key opens anything.
    """

    notice_id: UUID
    key_id: UUID
    staff_id: UUID
    """Whose key it is."""
    told: tuple[UUID, ...]


class NoticesAcknowledged(StaffEvent, stored="NoticesAcknowledged"):
    """Whoever recorded it has seen these notices."""

    notices: tuple[UUID, ...]


class AccessKeyRevoked(StaffEvent, stored="AccessKeyRevoked"):
    key_id: UUID
