"""What is recorded of a version of the rules."""

from datetime import date

from domain.registry.events import RegistryEvent
from domain.rules import Terms


class RulesAdded(RegistryEvent, stored="RulesAdded"):
    version: str
    base: str
    """From which version it was made."""
    terms: Terms
    digest: str
    """SHA-256 of all that it says."""
    since: date
    explanation: str
