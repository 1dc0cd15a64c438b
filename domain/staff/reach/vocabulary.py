"""The words of reaching staff, as codes."""

from enum import StrEnum


class ReaderLanguage(StrEnum):
    """In which somebody is written to."""

    ARABIC = "arabic"
    FRENCH = "french"
    ENGLISH = "english"

    @property
    def tag(self) -> str:
        """As the texts are kept by: `ar`, `fr`, `en`."""
        return str(self)[:2]


class StaffChannel(StrEnum):
    """By what a member of staff is told besides the inbox, which is everybody's."""

    EMAIL = "email"
    SMS = "sms"
