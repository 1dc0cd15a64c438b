"""The words of a restriction, as codes."""

from enum import StrEnum


class RestrictionGround(StrEnum):
    """Why somebody may ask for it; law 09-08 art. 8, GDPR 18 (1) a–d."""

    ACCURACY_CONTESTED = "accuracy_contested"
    """Until it is found out who is right."""
    UNLAWFUL = "unlawful"
    """It should not be used, and they want it kept all the same."""
    NEEDED_FOR_CLAIM = "needed_for_claim"
    """We need it no more, and they do, before a court."""
    OBJECTION_PENDING = "objection_pending"
    """Until their objection is answered."""
