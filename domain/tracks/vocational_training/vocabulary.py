"""The words of the vocational training track, as codes."""

from enum import StrEnum


class NotAdmitted(StrEnum):
    """Why a centre did not admit somebody."""

    FULL = "full"
    LEVEL = "level"
    """They lack the schooling that is asked for."""
    PAPERS = "papers"
    OTHER = "other"
