"""Checks that steps of several parts share."""

from datetime import date
from typing import TypeVar

from domain.errors import Refused

FOUNDED = date(2002, 1, 1)
"""The Foundation began in 2002: nothing of the programme happened before."""

FARTHEST_YEARS = 60
"""How far ahead a planned date may lie, in years: beyond it is a typing error."""


T = TypeVar("T")


def known(value: T | None) -> T:
    """What the step's conditions promise is there; raises `Refused` where it is not."""
    if value is None:
        raise Refused("history_incomplete")
    return value


def not_in_future(day: date, today: date) -> None:
    if day > today:
        raise Refused("date_in_future", date=str(day), latest=str(today))


def not_too_early(day: date) -> None:
    if day < FOUNDED:
        raise Refused("date_too_early", date=str(day), earliest=str(FOUNDED))


def happened(day: date, today: date) -> None:
    """A day on which something of the programme can have happened."""
    not_in_future(day, today)
    not_too_early(day)


def not_before(day: date, earliest: date | None) -> None:
    """What follows something cannot have happened before it."""
    if earliest is not None and day < earliest:
        raise Refused("date_before_earlier_step", date=str(day), earliest=str(earliest))


def plausible_plan(day: date, today: date) -> None:
    """A planned date: neither ancient nor absurdly far ahead."""
    not_too_early(day)
    if day.year > today.year + FARTHEST_YEARS:
        latest = f"{today.year + FARTHEST_YEARS}-12-31"
        raise Refused("date_too_far", date=str(day), latest=latest)
