"""What is recorded of it in the case."""

from uuid import UUID

from domain.case.events import CaseEvent
from domain.message import Personal


class OpenedInEmergency(CaseEvent, stored="OpenedInEmergency"):
    """Somebody of another centre read it, for three hours from then on."""

    by_centre: str
    opened_by: UUID
    explanation: Personal[str] = None
