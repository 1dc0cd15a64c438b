"""The words of a ceremony, as codes."""

from enum import StrEnum


class SiteKind(StrEnum):
    """What kind of place a ceremony is held at."""

    WILAYA = "wilaya"
    PROVINCE = "province"
    PRISON = "prison"
    CENTRE = "centre"


class LineState(StrEnum):
    """How a person's line stands."""

    LISTED = "listed"
    """Waits for the day."""
    TOLD = "told"
    """Confirmed, with what was handed over on the ceremony's day."""
    ABSENT = "absent"
    REPLACED = "replaced"
    """Somebody else came in their place."""
    LATER = "later"
    """Handed over on another day: outside the ceremony's totals."""


class MissedBecause(StrEnum):
    """Why a line was not told at the ceremony."""

    ABSENT = "absent"
    LATER = "later"


class OffListBecause(StrEnum):
    """Why a person is no longer on a ceremony's list."""

    TAKEN_OFF = "taken_off"
    REPLACED = "replaced"
    CEREMONY_CANCELLED = "ceremony_cancelled"
