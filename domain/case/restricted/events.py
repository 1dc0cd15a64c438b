"""What a case is told of it."""

from domain.case.events import CaseEvent


class CaseRestricted(CaseEvent, stored="CaseRestricted"):
    """Its data is kept and not used from then on."""


class CaseUnrestricted(CaseEvent, stored="CaseUnrestricted"):
    """It is used again."""
