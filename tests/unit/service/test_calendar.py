"""The calendar's table is the library's, and an installation can correct it."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.upkeep.steps import RecordAct
from domain.upkeep.vocabulary import Act, Fact
from domain.values.calendar import Calendar
from service.running.announced_days import AnnouncedDays
from service.running.faults import OperatorError
from service.running.holidays import (
    MOST,
    TABLES,
    official_holidays,
    open_calendar,
    table_of,
    version_of,
)

THRONE_DAY = date(2024, 7, 30)


def test_the_table_is_what_the_library_computes() -> None:
    same = open_calendar().holidays == frozenset(official_holidays())
    assert same, "the library knows better: run python -m service.running.holidays, and say so"


def test_a_published_table_stays_as_it_was() -> None:
    assert TABLES[0] == "ma-3aec5498b898"
    assert {each: version_of(table_of(each)) for each in TABLES} == {each: each for each in TABLES}


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


@pytest.mark.parametrize("text", ['{"adds": []}', '{"add": ["tomorrow"]}', "", "\xff", "[]"])
def test_an_override_that_is_none_is_refused_in_words(tmp_path: Path, text: str) -> None:
    override = tmp_path / "calendar.json"
    override.write_text(text, "latin-1")
    with pytest.raises(OperatorError, match=r"calendar\.json is no list of announced holidays"):
        open_calendar(override)


def test_an_override_stands_in_one_entry_of_the_ledger(tmp_path: Path) -> None:
    days = [str(date(2030, 1, 1) + timedelta(each)) for each in range(MOST + 1)]
    override = tmp_path / "calendar.json"
    override.write_text(json.dumps({"add": days[:-1], "remove": days[:-1]}))
    longest = " ".join(days[:-1])
    told = {Fact.ADDED: longest}
    RecordAct(occurred_on=date(2030, 1, 1), act=Act.HOLIDAYS_ANNOUNCED, account="a", facts=told)
    assert open_calendar(override).holidays.isdisjoint(map(date.fromisoformat, days[:-1]))
    override.write_text(json.dumps({"add": days}))
    with pytest.raises(OperatorError, match="300 days at most"):
        open_calendar(override)


def test_an_override_that_cannot_be_read_is_said_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"missing\.json: it does not exist"):
        open_calendar(tmp_path / "missing.json")
    with pytest.raises(OperatorError, match="a folder stands where a file should"):
        open_calendar(tmp_path)


def test_a_day_announced_while_we_run_holds_from_then_on(tmp_path: Path) -> None:
    override = tmp_path / "calendar.json"
    override.write_text("{}")
    announced = AnnouncedDays(override, every=0)
    before = announced.current
    assert announced.current is before
    _write(override, json.dumps({"remove": [str(THRONE_DAY)]}))
    assert announced.current.is_working_day(THRONE_DAY)
    _write(override, "{ }")
    assert announced.current == before


def test_what_is_no_list_of_holidays_changes_none_and_is_logged_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    override = tmp_path / "calendar.json"
    override.write_text(json.dumps({"remove": [str(THRONE_DAY)]}))
    announced = AnnouncedDays(override, every=0)
    before = announced.current
    _write(override, "half of a fi")
    assert announced.current is announced.current is before
    override.unlink()
    assert announced.current is before
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]
    _write(override, "{}")
    assert announced.current == open_calendar()


def test_a_file_that_may_be_read_only_later_holds_from_then_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who copies it there as another user gives the permission afterwards; root may read all the same."""
    override = tmp_path / "calendar.json"
    override.write_text("{}")
    announced = AnnouncedDays(override, every=0)
    _write(override, json.dumps({"remove": [str(THRONE_DAY)]}))
    with monkeypatch.context() as forbidden:
        forbidden.setattr("service.running.announced_days.open_calendar", _forbidden)
        assert not announced.current.is_working_day(THRONE_DAY)
    override.chmod(0o600)
    assert announced.current.is_working_day(THRONE_DAY)


def _forbidden(override: Path) -> Calendar:
    message = f"{override}: it may not be read"
    raise OperatorError(message)


def test_the_file_is_looked_at_once_a_second_at_most(tmp_path: Path) -> None:
    override = tmp_path / "calendar.json"
    override.write_text("{}")
    announced = AnnouncedDays(override, every=60)
    _write(override, json.dumps({"remove": [str(THRONE_DAY)]}))
    assert not announced.current.is_working_day(THRONE_DAY)


def _write(override: Path, text: str) -> None:
    """As an editor does, which puts another file in its place."""
    fresh = override.with_suffix(".new")
    fresh.write_text(text)
    fresh.replace(override)
