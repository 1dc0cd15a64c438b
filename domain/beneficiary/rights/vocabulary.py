"""The words of people's requests about their data, as codes."""

from enum import StrEnum


class DataRequestKind(StrEnum):
    """What is asked for."""

    SEE = "see"
    """All that is kept of them."""
    CORRECT = "correct"
    ERASE = "erase"
    RESTRICT = "restrict"
    """That it is kept and not used, for a time."""
    OBJECT = "object"
    """That something is done with their data."""
    WITHDRAW_CONSENT = "withdraw_consent"


class DataRequestedBy(StrEnum):
    """Who asks, for the person."""

    PERSON = "person"
    GUARDIAN = "guardian"
    PROXY = "proxy"
    """With a written power."""


class DataRequestAnswer(StrEnum):
    """What came of a request."""

    GRANTED = "granted"
    IN_PART = "in_part"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    IN_ERROR = "in_error"
    """It was recorded by mistake: nobody had asked."""


GIVEN = frozenset({DataRequestAnswer.GRANTED, DataRequestAnswer.IN_PART})
"""What was asked for is done, all of it or some."""
