"""What is recorded when a case is moved to another version of the rules."""

from domain.case.events import CaseEvent
from domain.message import Personal
from domain.rules import Terms


class RulesAdopted(CaseEvent, stored="RulesAdopted"):
    version: str
    terms: Terms | None = None
    """What that version changes, where the Foundation set it."""
    explanation: Personal[str] = None
