"""The words of consent, as codes."""

from enum import StrEnum


class Purpose(StrEnum):
    """What consent is asked for."""

    MESSAGES = "messages"
    SHARING_WITH_EMPLOYERS = "sharing_with_employers"
    CEREMONY_PHOTOGRAPHS = "ceremony_photographs"
    THROUGH_GUARDIAN = "through_guardian"
    """Of somebody who has come of age: that their guardian is still told. A minor's always is."""


class ConsentForm(StrEnum):
    """How it was given."""

    SIGNED = "signed"
    THUMBPRINT = "thumbprint"
    SPOKEN = "spoken"
