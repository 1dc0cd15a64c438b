"""The words of support, as codes."""

from enum import StrEnum


class SupportKind(StrEnum):
    """What somebody is helped with."""

    HOUSING = "housing"
    ADMINISTRATIVE_DOCUMENTS = "administrative_documents"
    JOB_SEARCH = "job_search"
    FAMILY_MEDIATION = "family_mediation"
    HEALTH = "health"
    PSYCHOLOGICAL = "psychological"
    LEGAL = "legal"
    JUDICIAL_REHABILITATION = "judicial_rehabilitation"
    LEARNING_KIT = "learning_kit"


class SupportStatus(StrEnum):
    """How far an item is."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    DECLINED = "declined"


class DeclinedBy(StrEnum):
    """Who said no."""

    PERSON = "person"
    """Who was to be helped."""
    PROVIDER = "provider"
    HOUSE = "house"
    """The centre cannot help with it."""
