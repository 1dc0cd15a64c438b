"""The working days of Morocco, from a table made once and corrected by hand.

The table is part of the package (`data/holidays.json`, made by `python -m service.running.holidays`
from the library `holidays`; a test compares them), so that no process computes it at its
start, and a newer library changes no due date unnoticed. Religious days are estimates until
announced: the override file of an installation corrects them.
"""

import hashlib
import json
from collections.abc import Collection
from datetime import date
from importlib.resources import files
from pathlib import Path

from pydantic import Field, ValidationError

from domain.message import Message
from domain.values.calendar import Calendar
from service.running.faults import OperatorError, in_words

FIRST_YEAR, LAST_YEAR = 2002, 2045


class Corrections(Message):
    """What an installation knows better than the table."""

    add: frozenset[date] = Field(frozenset())
    remove: frozenset[date] = Field(frozenset())


def open_calendar(override: Path | None = None) -> Calendar:
    """The calendar with the corrections of the override file, where there is one.

    Raises `OperatorError` for one that cannot be read.
    """
    text = files("service").joinpath("data/holidays.json").read_text(encoding="utf-8")
    days = {date.fromisoformat(day) for day in json.loads(text)}
    if override is not None:
        corrections = _corrections(override)
        days = (days | corrections.add) - corrections.remove
    return Calendar(version_of(days), frozenset(days))


def _corrections(file: Path) -> Corrections:
    try:
        return Corrections.model_validate_json(file.read_bytes())
    except OSError as error:
        raise OperatorError(f"the announced holidays cannot be read: {in_words(error)}") from None
    except ValidationError:
        raise OperatorError(
            f"{file} is no list of announced holidays: it looks like"
            ' {"add": ["2026-03-21"], "remove": ["2026-03-20"]}'
        ) from None


def version_of(days: Collection[date]) -> str:
    """`ma-` and the beginning of the table's hash: the same days are the same version."""
    listed = "\n".join(sorted(map(str, days)))
    return f"ma-{hashlib.sha256(listed.encode()).hexdigest()[:12]}"


def official_holidays() -> list[date]:
    """The table as the library computes it."""
    import holidays  # noqa: PLC0415 - slow to load, and needed only to make the table

    return sorted(holidays.country_holidays("MA", years=range(FIRST_YEAR, LAST_YEAR + 1)))


def main() -> None:
    target = Path(__file__).parents[1] / "data/holidays.json"
    text = json.dumps([str(day) for day in official_holidays()], indent=0)
    target.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
