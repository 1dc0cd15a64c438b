"""What is recorded of calendar links, in the directory of staff."""

from uuid import UUID

from domain.message import Hidden
from domain.staff.events import StaffEvent


class CalendarLinkMade(StaffEvent, stored="CalendarLinkMade"):
    """From then on the one before opens nothing."""

    link_id: UUID
    staff_id: UUID
    digest: Hidden[str]


class CalendarLinkEnded(StaffEvent, stored="CalendarLinkEnded"):
    link_id: UUID
    staff_id: UUID
