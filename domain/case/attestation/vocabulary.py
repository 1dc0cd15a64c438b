"""What the centre attests, as codes."""

from enum import StrEnum


class AttestationKind(StrEnum):
    """What is attested; the texts are the papers'."""

    REGISTRATION = "registration"
    """That the person is registered at the centre."""
    FOLLOW_UP = "follow_up"
    """That the centre accompanies them."""
    TRAINING_FOLLOWED = "training_followed"
    FOR_THIRD_PARTY = "for_third_party"
    """That the centre knows them, for somebody who asks."""
    FOR_COURT = "for_court"
    """The only one whose text is judicial."""


FIRST_WORDING = "v1"
"""Of the texts on paper: a copy has those of its own wording for good."""
