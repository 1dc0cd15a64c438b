"""The words of reaching staff, as codes."""

from enum import StrEnum


class ReaderLanguage(StrEnum):
    """In which somebody is written to."""

    ARABIC = "ar"
    FRENCH = "fr"
    ENGLISH = "en"


class StaffChannel(StrEnum):
    """By what a member of staff is told besides the inbox, which is everybody's."""

    EMAIL = "email"
    SMS = "sms"
