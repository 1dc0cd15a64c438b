"""What benchmarks find comes out as one table."""

from pathlib import Path

import pytest

from bench.findings import NOTED_IN, POSTGRESQL, SQLITE, Finding, noted, ranged, table


def test_what_was_found_on_both_databases_stands_in_one_row() -> None:
    found = [
        Finding("steps", SQLITE, "0.72", "0.70"),
        Finding("start", SQLITE, "3 s"),
        Finding("steps", POSTGRESQL, "0.74", "0.70"),
    ]
    assert list(table(found))[2:] == ["| steps | 0.72 | 0.74 | 0.70 |", "| start | 3 s |  |  |"]


def test_what_is_noted_can_be_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = Finding("steps", SQLITE, "0.72", "0.70")
    found.note()
    monkeypatch.setenv(NOTED_IN, str(tmp_path / "findings"))
    found.note()
    assert noted(tmp_path / "findings") == [found]
    assert capsys.readouterr().out == "steps, SQLite: 0.72 (aim 0.70)\n" * 2


def test_rounds_are_told_by_their_median_and_how_far_they_were_apart() -> None:
    assert ranged([0.8, 0.6, 0.7]) == "0.70 (0.60 to 0.80)"
    assert ranged([3.14], ".1f") == "3.1"
