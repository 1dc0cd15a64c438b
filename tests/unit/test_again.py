"""A test that failed beside others gets one more chance, and no more."""

from pathlib import Path

import pytest

from tests.support.again import failed, tried_again


@pytest.fixture
def tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One that passes and one that fails, in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    text = "def test_right() -> None: pass\ndef test_wrong() -> None: assert 0\n"
    (tmp_path / "test_two.py").write_text(text)
    return ["test_two.py::test_right", "test_two.py::test_wrong"]


def test_what_passes_alone_is_named(tests: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert tried_again(tests[:1]) == 0
    assert tests[0] in capsys.readouterr().out.splitlines()[-1]


def test_what_fails_alone_too_is_red(tests: list[str]) -> None:
    assert tried_again(tests) == 1


def test_nothing_is_tried_where_none_failed_or_many_did(tests: list[str]) -> None:
    assert tried_again([]) == 1
    assert tried_again(tests[:1] * 4) == 1


def test_what_failed_is_read_from_the_last_run(tmp_path: Path) -> None:
    (tmp_path / "lastfailed").write_text('{"b": true, "a": true}')
    assert failed(tmp_path / "lastfailed") == ["a", "b"]
    assert failed(tmp_path / "none") == []
