"""Holidays as a test announces them."""

from dataclasses import dataclass

from domain.values.calendar import Calendar


@dataclass
class Announced:
    """In place of the file that an installation writes."""

    current: Calendar
