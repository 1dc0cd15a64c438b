"""Bands in which people are counted: wide enough to say nothing of one of them."""

from datetime import date
from enum import StrEnum

from domain.values.calendar import months_after


class AgeBand(StrEnum):
    """In full years, on the day counted."""

    UNDER_18 = "under_18"
    FROM_18_TO_24 = "18_to_24"
    FROM_25_TO_34 = "25_to_34"
    FROM_35_TO_44 = "35_to_44"
    FROM_45_TO_59 = "45_to_59"
    FROM_60 = "60_and_over"


class SinceRelease(StrEnum):
    """In full months from the release to the day counted."""

    UNDER_6 = "under_6_months"
    FROM_6_TO_11 = "6_to_11_months"
    FROM_12_TO_23 = "12_to_23_months"
    FROM_24 = "24_months_and_over"


_YEARS = (18, 25, 35, 45, 60)
_MONTHS = (6, 12, 24)


def age_band(born: date, on: date) -> AgeBand:
    """How old somebody is on a day; a birthday on 29 February is on the 28th in other years."""
    passed = sum(months_after(born, 12 * years) <= on for years in _YEARS)
    return list(AgeBand)[passed]


def since_release(released: date, on: date) -> SinceRelease:
    """How long ago the release was on a day not before it."""
    passed = sum(months_after(released, months) <= on for months in _MONTHS)
    return list(SinceRelease)[passed]
