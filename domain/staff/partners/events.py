"""What is recorded of partners' systems, in the directory of staff."""

from uuid import UUID

from domain.staff.events import StaffEvent
from domain.staff.partners.heard import Heard


class PartnerRegistered(StaffEvent, stored="PartnerRegistered"):
    """Where a partner's system is told of what; what it says takes the place of what was said."""

    partner: str
    partner_id: UUID
    """The same for good: messages are kept for it."""
    name: str
    url: str
    hears: tuple[Heard, ...]
    secret_id: UUID
    """From which its secret follows."""


class PartnerEnded(StaffEvent, stored="PartnerEnded"):
    partner: str


class PartnerGone(StaffEvent, stored="PartnerGone"):
    """It wants to hear nothing any more."""

    partner: str
    message_id: UUID
