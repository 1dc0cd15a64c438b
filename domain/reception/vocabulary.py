"""Why somebody comes to a centre without a case, as codes."""

from enum import StrEnum


class ReceptionReason(StrEnum):
    """What they came for."""

    INFORMATION = "information"
    FAMILY_OF_DETAINEE = "family_of_detainee"
    FORMER_DETAINEE = "former_detainee"
    DOCUMENTS = "documents"
    WORK_OR_TRAINING = "work_or_training"
    HOUSING = "housing"
    HEALTH = "health"
    LEGAL_QUESTION = "legal_question"
    OTHER = "other"
