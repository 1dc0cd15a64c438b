"""The words of a beneficiary's details, as codes."""

from enum import StrEnum


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


class IdentityKind(StrEnum):
    NATIONAL_CARD = "national_card"
    PASSPORT = "passport"
    RESIDENCE_PERMIT = "residence_permit"


class Language(StrEnum):
    DARIJA = "darija"
    TAMAZIGHT = "tamazight"
    ARABIC = "arabic"
    FRENCH = "french"
    ENGLISH = "english"
    OTHER = "other"
