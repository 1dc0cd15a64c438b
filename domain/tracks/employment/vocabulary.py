"""The words of the employment track, as codes."""

from enum import StrEnum


class EmployerKind(StrEnum):
    """How the employer and the person came together."""

    PARTNER = "partner"
    """A partner company, which the registry lists."""
    OTHER = "other"
    """Found by the centre, ANAPEC or another who helps."""
    SELF_FOUND = "self_found"
    """Found by the person, or their family."""


class ContractKind(StrEnum):
    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    INSERTION = "insertion"
    """Of ANAPEC, for who begins to work."""
    TEMPORARY = "temporary"
    """Through an agency."""
    SEASONAL = "seasonal"
    APPRENTICESHIP = "apprenticeship"
    UNWRITTEN = "unwritten"
