"""The working days of Morocco, from tables made once and corrected by hand.

The tables are part of the package (`data/holidays/`, made by `python -m service.running.holidays`
from the library `holidays`; a test compares the newest), so that no process computes it at its
start, and a newer library changes no due date unnoticed. Religious days are estimates until
announced: the override file of an installation corrects them. One that was published stays: by it
a house counted, and what is asked as known on a day of then is counted by it again
(`service/queries/known_days.py`).
"""

import hashlib
import json
from collections.abc import Collection
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from domain.message import Message
from domain.values.calendar import Calendar
from service.running.faults import OperatorError, in_words

FIRST_YEAR, LAST_YEAR = 2002, 2045

TABLES = ("ma-3aec5498b898",)
"""Every table that was ever published, by its version, the newest last."""

MOST = 300
"""Days that an installation adds or removes: the list stands in one entry of the ledger."""

Days = Annotated[frozenset[date], Field(max_length=MOST)]


class Corrections(Message):
    """What an installation knows better than the table."""

    add: Days = frozenset()
    remove: Days = frozenset()


def open_calendar(override: Path | None = None) -> Calendar:
    """The calendar with the corrections of the override file, where there is one.

    Raises `OperatorError` for one that cannot be read.
    """
    corrections = Corrections() if override is None else _corrections(override)
    return corrected(TABLES[-1], corrections.add, corrections.remove)


def corrected(table: str, add: Collection[date], remove: Collection[date]) -> Calendar:
    """A published table with those days more and those less."""
    days = (table_of(table) | frozenset(add)) - frozenset(remove)
    return Calendar(version_of(days), days)


@cache
def table_of(version: str) -> frozenset[date]:
    text = files("service").joinpath(f"data/holidays/{version}.json").read_text(encoding="utf-8")
    return frozenset(date.fromisoformat(day) for day in json.loads(text))


def _corrections(file: Path) -> Corrections:
    try:
        return Corrections.model_validate_json(file.read_bytes())
    except OSError as error:
        raise OperatorError(f"the announced holidays cannot be read: {in_words(error)}") from None
    except ValidationError:
        raise OperatorError(
            f"{file} is no list of announced holidays: it looks like"
            f' {{"add": ["2026-03-21"], "remove": ["2026-03-20"]}}, with {MOST} days at most in each'
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
    days = official_holidays()
    target = Path(__file__).parents[1] / f"data/holidays/{version_of(days)}.json"
    text = json.dumps([str(day) for day in days], indent=0)
    target.write_text(text + "\n", encoding="utf-8")
    print(f"{target}: name it last in TABLES")  # noqa: T201 - run by hand


if __name__ == "__main__":
    main()
