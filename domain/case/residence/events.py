"""What is recorded of where the person lives, in the case."""

from domain.case.events import CaseEvent
from domain.message import Personal, Statistical


class ResidenceMoved(CaseEvent, stored="ResidenceMoved"):
    province: Statistical[str]
    address: Personal[str] = None
    commune: Personal[str] = None
