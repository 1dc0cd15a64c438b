"""The calendar's table is the library's, and an installation can correct it."""

import json
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from service.running.holidays import official_holidays, open_calendar

THRONE_DAY = date(2024, 7, 30)


def test_the_table_is_what_the_library_computes() -> None:
    same = open_calendar().holidays == frozenset(official_holidays())
    assert same, "the library knows better: run python -m service.running.holidays, and say so"


def test_it_knows_morocco_and_the_years_asked_for() -> None:
    calendar = open_calendar()
    assert not calendar.is_working_day(THRONE_DAY)
    assert {day.year for day in calendar.holidays} == set(range(2002, 2046))


def test_an_override_corrects_announced_days_and_changes_the_version(tmp_path: Path) -> None:
    override = tmp_path / "calendar.json"
    override.write_text(json.dumps({"add": ["2026-03-20"], "remove": [str(THRONE_DAY)]}))
    calendar = open_calendar(override)
    assert not calendar.is_working_day(date(2026, 3, 20))
    assert calendar.is_working_day(THRONE_DAY)
    assert calendar.version != open_calendar().version
    assert open_calendar().version == open_calendar().version


def test_an_override_with_a_misspelt_word_is_refused(tmp_path: Path) -> None:
    override = tmp_path / "calendar.json"
    override.write_text('{"adds": []}')
    with pytest.raises(ValidationError):
        open_calendar(override)
