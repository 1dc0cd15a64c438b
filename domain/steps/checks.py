"""Checks that steps of several parts share."""

from datetime import date
from typing import TypeVar

from domain.errors import Refused

T = TypeVar("T")


def known(value: T | None) -> T:
    """What the step's conditions promise is there; raises `Refused` where it is not."""
    if value is None:
        raise Refused("history_incomplete")
    return value


def not_before(day: date, earliest: date | None) -> None:
    """What follows something cannot have happened before it."""
    if earliest is not None and day < earliest:
        raise Refused("date_before_earlier_step", date=str(day), earliest=str(earliest))


def not_after(day: date, latest: date | None) -> None:
    """What something follows cannot have happened after it."""
    if latest is not None and day > latest:
        raise Refused("date_after_later_step", date=str(day), latest=str(latest))


def alive_on(day: date, died: date | None) -> None:
    """Nothing is done with a person after their death."""
    if died is not None and day > died:
        raise Refused("person_died", date=str(day))


def born_by(day: date, born: date | None) -> None:
    """Nobody does or suffers anything before they are born; a year alone is its last day."""
    if born is not None and day < born:
        raise Refused("date_before_birth", date=str(day))
