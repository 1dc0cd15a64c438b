"""What is recorded of it in the directory of staff: nothing of the person."""

from uuid import UUID

from domain.staff.events import StaffEvent


class OpenedCaseInEmergency(StaffEvent, stored="OpenedCaseInEmergency"):
    """From when it was recorded on they may read the case, for some hours."""

    staff_id: UUID
    case_id: UUID
    of_centre: str
    by_centre: str
    hours: int
    """By the case's rules on the day."""
