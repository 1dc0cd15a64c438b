"""The words of schooling, as codes; their translations are the service's."""

from enum import StrEnum


class SchoolLevel(StrEnum):
    """What somebody is enrolled in."""

    NON_FORMAL = "non_formal"
    """For who left school early: the second chance."""
    PRIMARY = "primary"
    LOWER_SECONDARY = "lower_secondary"
    UPPER_SECONDARY = "upper_secondary"
    UNIVERSITY = "university"


class YearResult(StrEnum):
    """How a school year came out for who stayed to its end."""

    PASSED = "passed"
    REPEATS = "repeats"


class Diploma(StrEnum):
    """What a level ends with."""

    PRIMARY_CERTIFICATE = "primary_certificate"
    LOWER_SECONDARY_CERTIFICATE = "lower_secondary_certificate"
    BACCALAUREATE = "baccalaureate"
    UNIVERSITY_DEGREE = "university_degree"
    OTHER = "other"


class LeavingReason(StrEnum):
    """Why somebody left school within the year."""

    WORK = "work"
    """To earn, or to help at home."""
    DISTANCE = "distance"
    COST = "cost"
    FAMILY = "family"
    HEALTH = "health"
    EXPELLED = "expelled"
    UNWILLING = "unwilling"
    OTHER = "other"


class KitItem(StrEnum):
    """What is handed over to learn with."""

    TABLET = "tablet"
    COMPUTER = "computer"
    BOOKS = "books"
    """And what one writes with."""
    SCHOOLBAG = "schoolbag"
    CLOTHES = "clothes"
    OTHER = "other"


class SignedBy(StrEnum):
    """Who signed for what was handed over."""

    PERSON = "person"
    GUARDIAN = "guardian"
