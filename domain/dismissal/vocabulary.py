"""Why a finding is dismissed, as codes."""

from enum import StrEnum


class DismissedBecause(StrEnum):
    """What came of looking at it."""

    RIGHT_AS_IT_IS = "right_as_it_is"
    """What is recorded is what happened."""
    MENDED = "mended"
    """What was wrong is put right, here or outside."""
    ONE_FAMILY = "one_family"
    """They belong together, and share what they have."""
    ONE_OFFICE = "one_office"
    """Several people work at one computer, each as themselves."""
    DECIDED = "decided"
    """Whoever may has decided so."""
    OTHER = "other"
