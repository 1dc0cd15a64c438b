"""School years: what one is called, when it runs by the rules, and which comes after it."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from domain.errors import Unfit
from domain.rules import Rules

WRITTEN = re.compile(r"(\d{4})/(\d{4})", re.ASCII)


def _two_years(name: str) -> str:
    """`2025/2026`, and neither `2025/2027` nor `2025-2026`."""
    found = WRITTEN.fullmatch(name)
    if found is None or int(found[2]) != int(found[1]) + 1:
        raise Unfit("school_year")
    return name


SchoolYear = Annotated[str, Field(max_length=9, examples=["2023/2024"]), AfterValidator(_two_years)]


def number_of(name: str) -> int:
    """The year in which it begins."""
    return int(name.partition("/")[0])


def following(name: str) -> str:
    begins = number_of(name) + 1
    return f"{begins}/{begins + 1}"


def first_day(name: str, rules: Rules) -> date:
    month, day = rules.school_year_begins
    return date(number_of(name), month, day)


def last_day(name: str, rules: Rules) -> date:
    """Of lessons: the results follow it."""
    month, day = rules.school_year_ends
    return date(number_of(name) + 1, month, day)


def year_about(day: date, rules: Rules) -> str:
    """The year whose lessons go on on that day, or that begins next."""
    year = f"{day.year - 1}/{day.year}"
    return year if day <= last_day(year, rules) else following(year)
