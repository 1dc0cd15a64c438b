"""What is recorded of staff."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.message import Event, Hidden, Personal, Role, StreamKind
from domain.values.looking import ReadingPurpose


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
    purpose: ReadingPurpose | None = None
    """For what it reads of people, where that was said once for all its requests."""


class PasswordInvited(StaffEvent, stored="PasswordInvited"):
    """Somebody may set a password, who shows the code of this digest."""

    credential_id: UUID
    staff_id: UUID
    name: Personal[str] = None
    """What they sign in under."""
    digest: Hidden[str]
    invited_until: date
    """The last day on which it can be set."""


class PasswordSet(StaffEvent, stored="PasswordSet"):
    """What is kept of it is kept elsewhere, under this name alone."""

    credential_id: UUID
    staff_id: UUID
    password: UUID


class SecondFactorSet(StaffEvent, stored="SecondFactorSet"):
    credential_id: UUID
    staff_id: UUID
    second_factor: UUID


class RecoverySheetMade(StaffEvent, stored="RecoverySheetMade"):
    credential_id: UUID
    staff_id: UUID
    recovery_sheet: UUID


class PasswordEnded(StaffEvent, stored="PasswordEnded"):
    """A password, or an invitation to set one, opens nothing any more."""

    credential_id: UUID
    staff_id: UUID


class StaffLeft(StaffEvent, stored="StaffLeft"):
    """They work here no more."""

    staff_id: UUID


class CredentialAnnounced(StaffEvent, stored="CredentialAnnounced"):
    """A notice of a key, or an invitation to set a password, for those who were here before and
    must know of it.

    Who comes to be one of them later is told too, while it opens anything.
    """

    notice_id: UUID
    credential_id: UUID
    staff_id: UUID
    """Whose it is."""
    told: tuple[UUID, ...]


class NoticesAcknowledged(StaffEvent, stored="NoticesAcknowledged"):
    """Whoever recorded it has seen these notices."""

    notices: tuple[UUID, ...]


class AccessKeyRevoked(StaffEvent, stored="AccessKeyRevoked"):
    key_id: UUID


class AskedForReferral(StaffEvent, stored="AskedForReferral"):
    """They asked another centre, by a number, to refer somebody: nothing of whom stands here."""

    staff_id: UUID
    of_centre: str
