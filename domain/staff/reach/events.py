"""What is recorded of how staff are reached, in their directory."""

from uuid import UUID

from domain.message import Personal
from domain.staff.events import StaffEvent
from domain.staff.reach.vocabulary import ReaderLanguage, StaffChannel


class ReachChanged(StaffEvent, stored="ReachChanged"):
    """All of it, as it is from then on."""

    staff_id: UUID
    language: ReaderLanguage
    email: Personal[str] = None
    telephone: Personal[str] = None
    channels: tuple[StaffChannel, ...]
    daily_digest: bool


class ReachEnded(StaffEvent, stored="ReachEnded"):
    """From then on they are told in the inbox alone."""

    staff_id: UUID
