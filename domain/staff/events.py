"""What is recorded of staff."""

from typing import ClassVar
from uuid import UUID

from domain.message import Event, Personal, Role, StreamKind


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
    digest: str


class AccessKeyRevoked(StaffEvent, stored="AccessKeyRevoked"):
    key_id: UUID
