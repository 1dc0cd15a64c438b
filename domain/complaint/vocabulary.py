"""The words of a complaint, as codes; their translations are the service's."""

from enum import StrEnum


class Complainant(StrEnum):
    """Who complains."""

    BENEFICIARY = "beneficiary"
    RELATIVE = "relative"
    ANYBODY = "anybody"
    """Somebody else, who says who they are."""
    ANONYMOUS = "anonymous"


class ComplaintChannel(StrEnum):
    """How a complaint came in, or how it was answered."""

    ORAL = "oral"
    """Taken down by a member of staff, or told."""
    LETTER = "letter"
    TELEPHONE = "telephone"
    MESSAGE = "message"


class ComplaintOutcome(StrEnum):
    """What looking into it came to."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    NOT_EXAMINABLE = "not_examinable"
    """Nothing in it can be looked into."""


class ComplaintStatus(StrEnum):
    """How far it is, derived."""

    WAITING = "waiting"
    """Nobody was named who handles it."""
    HANDLED = "handled"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    PASSED_ON = "passed_on"
    """To another body."""
